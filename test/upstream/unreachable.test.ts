import { expect, test } from 'vitest'
import type { AuthScheme } from '../../src/upstream/auth-scheme.ts'
import { certificate } from '../support/certificates.ts'
import { FaultServer } from '../support/fault-server.ts'
import { problemOf, withRow } from './row.ts'

const day = 86_400_000

const schemeAt = (url: string): AuthScheme => ({
  tokenUrl: url,
  fetchToken: ({ postTokenRequest: request }) => request({ form: { grant_type: 'client_credentials' } }),
})

/** Returns the problem of a read whose token endpoint is at `url`. The API receives no request. */
async function problemAt(url: string): Promise<{ code: string; message: string; retryable: boolean }> {
  let found: Awaited<ReturnType<typeof problemOf>> | undefined
  await withRow({ authScheme: schemeAt(url) }, async (row) => {
    found = await problemOf(row.read())
    expect(row.server.ledger.requests).toEqual([])
  })
  return found!
}

test.each([
  ['http://127.0.0.1:9/token', 'VENDOR_AUTH_FAILED', /cannot be reached: the connection was refused\.$/],
  [
    'http://no-such-host.invalid/token',
    'VENDOR_AUTH_FAILED',
    /cannot be reached: its host name was not found \(DNS\)\.$/,
  ],
])('reports why the token endpoint is unreachable without its address: %s', async (url, code, message) => {
  const problem = await problemAt(url)
  expect(problem).toMatchObject({ code, message: expect.stringMatching(message), retryable: true })
  expect(problem.message).not.toMatch(/127\.0\.0\.1|invalid|http/)
})

test.each([
  ['expired', certificate({ from: new Date(Date.now() - 9 * day), until: new Date(Date.now() - day) }), /has expired/],
  [
    'not valid yet',
    certificate({ from: new Date(Date.now() + day), until: new Date(Date.now() + 9 * day) }),
    /not valid yet/,
  ],
  ['of an unknown authority', certificate(), /unknown authority.*"ca"/],
  ['for another host', certificate({ host: 'elsewhere.example' }), /another host name/],
])('reports a TLS certificate that is %s', async (kind, tls, message) => {
  await withRow({ tls, ...(kind === 'of an unknown authority' ? {} : { ca: tls.cert }) }, async (row) => {
    const problem = await problemOf(row.write())
    expect(problem).toMatchObject({
      code: 'VENDOR_TLS_ERROR',
      message: expect.stringMatching(message),
      delivery: 'not-sent',
    })
    expect(row.server.ledger.requests).toEqual([])
  })
})

test('reports a server without TLS', () =>
  withRow({}, async (row) => {
    row.server.scriptConnections({ kind: (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n') })
    const problem = await problemAt(`${row.server.url.replace('http:', 'https:')}/token`)
    expect(problem).toMatchObject({ code: 'VENDOR_TLS_ERROR', message: expect.stringMatching(/no TLS on this port/) })
  }))

test.each([
  [404, {}, /no token endpoint at the configured URL.*"tokenUrl"/],
  [405, {}, /no token endpoint/],
  [404, { error: 'invalid_client' }, /rejected the configured credentials/],
  [401, {}, /rejected the configured credentials/],
])('names the wrong setting after a %i at the token URL with %j', async (status, body, message) => {
  const endpoint = await FaultServer.start({ respond: () => ({ status, body }) })
  const problem = await problemAt(`${endpoint.url}/token`)
  expect(problem).toMatchObject({
    code: 'VENDOR_AUTH_FAILED',
    retryable: false,
    message: expect.stringMatching(message),
  })
  expect(endpoint.ledger.requests).toHaveLength(1)
  await endpoint.close()
})

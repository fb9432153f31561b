import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import type { ErrorParser } from '../../src/upstream/vendor-client.ts'
import { path } from '../../src/upstream/path.ts'
import { TokenProvider } from '../../src/upstream/token-provider.ts'
import * as faults from '../support/faults.ts'
import type { VendorRequest } from '../support/raw-http.ts'
import { problemOf, steppedClock, withRow, type RowOptions } from './row.ts'

const token = 'canary-access-token-7f3a9b2c'
const secret = 'canary-client-secret-51d0e6'
const everything = (value: unknown): string =>
  inspect(value, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null })

const errorParser: ErrorParser = {
  parseError: ({ status, body }) =>
    status < 400
      ? null
      : { code: 'VENDOR_REJECTED', vendorCode: echo(body), vendorMessage: echo(body), message: echo(body) },
}
const echo = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body))
const options: RowOptions = {
  errorParser,
  secrets: [secret],
  authScheme: { fetchToken: async () => ({ value: token, expiresAt: null }) },
}

/** Parts of 12 characters of the secret, in each encoding that is redacted. */
function expectClean(text: string): void {
  for (const canary of [token, secret]) {
    const bytes = Buffer.from(canary)
    for (const form of [canary, bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')])
      for (let at = 0; at + 12 <= form.length; at++) expect(text).not.toContain(form.slice(at, at + 12))
  }
}

test.each<[string, (request: VendorRequest) => unknown]>([
  ['whole', ({ headers }) => ({ message: `bad header ${headers['authorization']} of ${secret}` })],
  [
    'encoded',
    () => ({ message: `${Buffer.from(token).toString('base64')} ${Buffer.from(`id:${secret}`).toString('base64')}` }),
  ],
  ['in pieces', () => ({ message: `${token.slice(0, 16)}… ${secret.slice(-13)}` })],
  ['as text', () => `no such token: ${token}`],
])('redacts secrets that the vendor echoes, %s', (_, body) =>
  withRow(options, async (row) => {
    row.server.script({
      kind: ({ socket, request }) =>
        faults.reply({ status: 400, body: body(request) })({ socket, request, response: {} }),
    })
    const problem = await problemOf(row.write())
    expect(problem).toMatchObject({ code: 'VENDOR_REJECTED', vendorStatus: 400 })
    expectClean(everything(problem))
    expectClean(everything(row.upstream.getHealth()))
  }),
)

test.each<[string, faults.Kind]>([
  ['closed', faults.closed],
  ['reset', faults.reset],
  ['not HTTP, with the token in it', ({ socket }) => void socket.end(`ERROR ${token} ${secret}\r\n`)],
  [
    'a body cut after the token',
    ({ socket }) => void socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n${token}`),
  ],
  ['broken JSON', faults.reply({ body: `{"token": "${token}` })],
  ['another shape', faults.reply({ body: { items: token, id: { [token]: secret } } })],
  ['gzip in name only', ({ socket, request }) => faults.gzipInNameOnly({ socket, request, response: { body: token } })],
  ['401', faults.reply({ status: 401, body: token })],
])('keeps secrets out of the cause of a problem: %s', (_, kind) =>
  withRow({ ...options, errorParser: { parseError: () => null }, clock: steppedClock() }, async (row) => {
    row.server.script({ kind })
    expectClean(everything(await problemOf(row.read())))
    expectClean(everything(await problemOf(row.write())))
    expectClean(everything(row.upstream))
  }),
)

test('redacts credentials that the token endpoint echoes', () =>
  withRow(
    {
      ...options,
      authScheme: {
        get tokenUrl() {
          return url()
        },
        fetchToken: ({ postTokenRequest: request }) =>
          request({ form: { client_secret: secret }, headers: { authorization: basic } }),
      },
    },
    async (row) => {
      url = () => `${row.server.url}/token`
      row.server.script({
        kind: faults.reply({ status: 400, body: { error: secret, error_description: `${basic} ${secret}` } }),
      })
      expectClean(everything(await problemOf(row.write())))
    },
  ))
const basic = `Basic ${Buffer.from(`id:${secret}`).toString('base64')}`
let url = (): string => ''

test('hides the credentials of objects that are printed', async () => {
  const cell = new TokenProvider({
    fetchToken: async () => ({ value: token, expiresAt: null }),
    clock: { now: () => 0, sleep: async () => undefined },
  })
  const accessToken = await cell.getToken(new AbortController().signal)
  expect(accessToken.value).toBe(token)
  for (const holder of [cell, accessToken]) {
    expect(inspect(holder)).toContain('[redacted]')
    expect(JSON.stringify(holder)).toBe('"[redacted]"')
    expectClean(everything(structuredClone(holder)) + everything({ ...holder }) + String(holder))
  }
})

test('sends the token only to configured origins', () =>
  withRow(options, (row) =>
    withRow({}, async (other) => {
      const sending = row.upstream.client.write('POST', path`/items`, { baseUrl: other.server.url }, row.call())
      expect(await problemOf(sending)).toMatchObject({ code: 'INTERNAL', delivery: 'not-sent' })
      expect(other.server.ledger.connects).toBe(0)
    }),
  ))

import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createProxyServer } from '../../src/config/proxies.ts'
import { certificate } from '../support/certificates.ts'
import { startConnectProxy, type ConnectProxy, type ProxyFault } from '../support/connect-proxy.ts'
import * as faults from '../support/faults.ts'
import { upstreamLimits } from '../../src/upstream/limits.ts'
import { expire, fakeCallTimers, onceForEach } from './expire.ts'
import { fiveIds, openRow, problemOf, type Row, type RowOptions } from './row.ts'

const tls = certificate({ host: 'vendor.test' })
const credentials = 'someone:p%40ss-canary'
const authorization = `Basic ${Buffer.from('someone:p@ss-canary').toString('base64')}`

/** Opens an account whose vendor is behind a proxy. Only the proxy can resolve the name of the vendor. */
async function open(options: RowOptions = {}, user = ''): Promise<Row & { proxy: ConnectProxy }> {
  const portByHost: Record<string, number> = {}
  const proxy = await startConnectProxy(portByHost)
  onTestFinished(() => proxy.close())
  const server = createProxyServer(`http://${user}${proxy.host}`, 'HTTPS_PROXY')
  const row = await openRow({
    tls,
    ca: tls.cert,
    url: 'https://vendor.test/v1',
    findProxy: () => server,
    ...options,
  })
  onTestFinished(() => row.close())
  portByHost['vendor.test'] = Number(new URL(row.server.url).port)
  return { ...row, proxy }
}

describe('a proxy', () => {
  test.each(['read', 'write'] as const)(
    'opens the connection of a %s to a vendor with the ca of the account',
    async (kind) => {
      const row = await open({}, `${credentials}@`)
      expect(await row[kind]()).toEqual(kind === 'read' ? fiveIds : 'new')
      expect(row.proxy.requests).toEqual([
        { method: 'CONNECT', target: 'vendor.test:443', headerNames: expect.any(Array), authorization },
      ])
      expect(row.proxy.requests[0]?.headerNames.toSorted()).toEqual(['connection', 'host', 'proxy-authorization'])
      const [received] = row.server.ledger.requests
      expect(received?.headerNames).toContain('authorization')
      expect(received?.headerNames).not.toContain('proxy-authorization')
    },
  )

  test('opens one connection for reads that follow each other, and one for each write', async () => {
    const row = await open()
    await row.read()
    await row.read()
    expect(row.proxy.requests).toHaveLength(1)
    await row.write()
    await row.write()
    expect(row.proxy.requests).toHaveLength(3)
    expect(row.proxy.requests.every(({ authorization: sent }) => sent === undefined)).toBe(true)
  })

  test('opens connections to a vendor without TLS', async () => {
    const proxy = await startConnectProxy()
    onTestFinished(() => proxy.close())
    const row = await openRow({ findProxy: () => createProxyServer(proxy.host, 'proxy') })
    onTestFinished(() => row.close())
    expect(await row.read()).toEqual(fiveIds)
    expect(await row.write()).toBe('new')
    const target = new URL(row.server.url).host
    expect(proxy.requests.map((request) => request.target)).toEqual([target, target])
  })

  test('is not trusted with the identity of the vendor', async () => {
    const row = await open({ ca: certificate({ host: 'vendor.test' }).cert })
    const problem = await problemOf(row.write())
    expect(problem).toMatchObject({ code: 'VENDOR_TLS_ERROR', delivery: 'not-sent' })
    expect(row.server.ledger.requests).toEqual([])
  })

  test('reports errors of the vendor as such', async () => {
    const row = await open()
    row.server.script({ kind: faults.closed, applied: true })
    const problem = await problemOf(row.write())
    expect(problem).toMatchObject({ code: 'VENDOR_UNAVAILABLE', delivery: 'unknown' })
    expect(problem.message).not.toMatch(/proxy/i)
  })
})

describe('a proxy that fails', () => {
  test.each<[fault: ProxyFault, code: string, retryable: boolean, message: RegExp, attempts: number]>([
    [407, 'VENDOR_UNAVAILABLE', false, /credentials with status 407/, 1],
    [403, 'VENDOR_UNAVAILABLE', false, /rejected the connection with status 403/, 1],
    [502, 'VENDOR_UNAVAILABLE', true, /status 502/, 3],
    [503, 'VENDOR_UNAVAILABLE', true, /status 503/, 3],
    ['close', 'VENDOR_UNAVAILABLE', true, /closed/, 3],
    ['garbage', 'VENDOR_UNAVAILABLE', true, /valid response/, 3],
    ['hang', 'VENDOR_TIMEOUT', true, /in time/, 3],
    ['hang after 200', 'VENDOR_TIMEOUT', true, /in time/, 3],
    ['close after 200', 'VENDOR_UNAVAILABLE', true, /closed before the TLS handshake/, 3],
  ])('is named in the error, and the vendor is not (%s)', async (fault, code, retryable, message, attempts) => {
    if (code === 'VENDOR_TIMEOUT') fakeCallTimers()
    const row = await open({}, `${credentials}@`)
    row.proxy.fault = fault
    for (const kind of ['read', 'write'] as const) {
      row.proxy.requests.length = 0
      const hangs = onceForEach(() => row.proxy.requests.length)
      const failing = problemOf(row[kind]())
      const problem = await (code === 'VENDOR_TIMEOUT'
        ? expire(failing, upstreamLimits.connectTimeout, hangs)
        : failing)
      expect(problem).toMatchObject({ code, retryable, delivery: 'not-sent', vendorStatus: null })
      expect(problem.message).toMatch(/^The proxy in "HTTPS_PROXY"/)
      expect(problem.message).toMatch(message)
      expect(row.proxy.requests).toHaveLength(attempts)
      const everything = [problem, problem.cause].map((error) => `${String(error)} ${(error as Error).stack}`)
      expect(everything.join() + JSON.stringify(problem)).not.toMatch(/canary|someone|secret|127\.0\.0\.1/)
    }
    expect(row.server.ledger.connects).toBe(0)
    row.proxy.fault = null
    expect(await row.write()).toBe('new')
    expect(row.server.ledger.effects).toEqual(['created'])
  })

  test.each([
    ['refuses connections', 'http://127.0.0.1:1', /cannot be reached: the connection was refused/],
    ['has an unknown name', 'http://proxy.invalid:3128', /cannot be reached: its host name was not found/],
  ])('is named in the error if it %s', async (_name, url, message) => {
    const row = await open({ findProxy: () => createProxyServer(url, 'accounts.berlin.proxy') })
    const problem = await problemOf(row.read())
    expect(problem).toMatchObject({ code: 'VENDOR_UNAVAILABLE', delivery: 'not-sent', retryable: true })
    expect(problem.message).toMatch(/^The proxy in "accounts\.berlin\.proxy"/)
    expect(problem.message).toMatch(message)
  })

  test('is named in the error if its certificate is rejected', async () => {
    const proxy = await startConnectProxy({}, certificate())
    onTestFinished(() => proxy.close())
    const row = await open({ findProxy: () => createProxyServer(`https://${proxy.host}`, 'https_proxy') })
    const { message } = await problemOf(row.read())
    expect(message).toMatch(/^The proxy in "https_proxy" cannot be reached: its TLS certificate/)
    expect(proxy.requests).toEqual([])
  })

  test('closes the connection if the client disconnects', async () => {
    const row = await open()
    row.proxy.fault = 'hang'
    const leaving = new AbortController()
    const reading = problemOf(row.read(row.call().fork({ signal: leaving.signal })))
    await vi.waitFor(() => expect(row.proxy.requests).toHaveLength(1))
    leaving.abort()
    expect(await reading).toMatchObject({ code: 'DEADLINE_EXCEEDED', delivery: 'not-sent' })
    await vi.waitFor(() => expect(row.proxy.openConnections()).toBe(0))
  })
})

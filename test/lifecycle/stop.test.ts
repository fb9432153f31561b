import { rmSync } from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { startProcess, type ServerProcess, type ProcessOptions } from '../support/server.ts'
import { SqliteOperationStore } from '../../src/operations/sqlite-store.ts'
import { createDataFolder } from '../operations/open.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

const sandbox = await startSandbox('trueconf', { port: 0, latency: () => 5 })
afterAll(() => sandbox.close())

let parley: ServerProcess
afterEach(async () => {
  sandbox.clearFaults()
  await parley.dispose()
})

async function start(options: ProcessOptions = {}): Promise<void> {
  parley = await startProcess({ accounts: { berlin: sandbox.account } }, options)
}

const logged = (message: string): boolean => parley.lines().some(({ msg }) => msg === message)
const users = '{ users(first: 5) { nodes { id } sources { status } } }'

interface ReceivedResponse {
  status: number
  close: boolean
  body: string
}

function sendRequest(path: string, query: string | null, agent?: http.Agent): Promise<ReceivedResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<ReceivedResponse>()
  const options = { method: query === null ? 'GET' : 'POST', ...(agent && { agent }) }
  const request = http.request(`${parley.url}${path}`, options, (response) => {
    let body = ''
    response.setEncoding('utf8').on('data', (text: string) => (body += text))
    response.on('error', reject)
    response.on('end', () =>
      resolve({ status: response.statusCode!, close: response.headers.connection === 'close', body }),
    )
  })
  request.on('error', reject)
  if (query !== null) request.setHeader('content-type', 'application/json')
  request.end(query === null ? undefined : JSON.stringify({ query }))
  return promise
}

/** Sends a query to which the vendor responds late. Resolves when the vendor has received the call. */
async function stuck(query: string): Promise<{ result: Promise<ReceivedResponse | Error> }> {
  sandbox.fault({ match: { path: /users|conferences/ }, kind: 'delay', ms: 20_000 })
  const from = sandbox.ledger.length
  const result = sendRequest('/graphql', query).catch((error: Error) => error)
  await vi.waitFor(() =>
    expect(sandbox.ledger.slice(from).some(({ path }) => /users|conferences/.test(path))).toBe(true),
  )
  return { result }
}

/** Sends requests one after another until a response has `Connection: close`. Returns the number of failed requests. */
async function loop(count: () => void): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  let failed = 0
  for (let going = true; going;) {
    const result = await sendRequest('/graphql', users, agent).catch(() => null)
    if (result?.status === 200 && result.body.includes('"OK"')) count()
    else failed++
    going = result !== null && !result.close
  }
  agent.destroy()
  return failed
}

test('is not ready at once after SIGTERM, responds to all requests of 50 keep-alive clients, and exits with 0', async () => {
  await start()
  let completed = 0
  const clients = Array.from({ length: 50 }, () => loop(() => completed++))
  await vi.waitFor(() => expect(completed).toBeGreaterThan(200), 10_000)
  parley.kill('SIGTERM')
  const signalled = performance.now()
  let ready = await sendRequest('/readyz', null)
  while (ready.status === 200) ready = await sendRequest('/readyz', null)
  console.info(`503 after ${Math.round(performance.now() - signalled)} ms, under load`)
  expect(ready).toMatchObject({ status: 503, close: true, body: 'draining\n' })
  const failed = await Promise.all(clients)
  expect(failed.filter((count) => count > 0)).toEqual([])
  expect(await parley.exited).toBe(0)
  expect(performance.now() - signalled).toBeLessThan(27_000)
  expect(parley.lines().filter(({ level }) => level > 30)).toEqual([])
})

test('responds to operations that run at the signal, also if a vendor is slower than the announcement', async () => {
  await start()
  sandbox.fault({ match: { path: /users/ }, kind: 'delay', ms: 3_000, times: 1 })
  const running = sendRequest('/graphql', users)
  await vi.waitFor(() =>
    expect(sandbox.ledger.some(({ status, path }) => status === null && /users/.test(path))).toBe(true),
  )
  parley.kill('SIGTERM')
  expect(await running).toMatchObject({ status: 200, body: expect.stringContaining('"OK"') })
  expect(await parley.exited).toBe(0)
})

test('stops immediately after a second signal', async () => {
  await start()
  const { result } = await stuck(users)
  parley.kill('SIGTERM')
  await vi.waitFor(() => expect(logged('stopping')).toBe(true))
  parley.kill('SIGTERM')
  expect(await parley.exited).toBe(1)
  expect(await result).toBeInstanceOf(Error)
  await vi.waitFor(() => expect(logged('stopping at once')).toBe(true))
})

const creation = `mutation { createConference(input: {
  account: "berlin", title: "Cut off", owner: { vendorId: "helen" }, idempotencyKey: "key"
}) { outcome } }`

test.each([
  { what: 'a second signal', limits: {}, code: 1, signals: 2 },
  { what: 'the end of shutdownGrace', limits: { shutdownGrace: 1_100 }, code: 0, signals: 1 },
])('records a running mutation as UNKNOWN at $what', async ({ limits, code, signals }) => {
  const data = createDataFolder()
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  parley = await startProcess({ accounts: { berlin: sandbox.account }, data, limits })
  const { result } = await stuck(creation)
  parley.kill('SIGTERM')
  if (signals === 2) {
    await vi.waitFor(() => expect(logged('stopping')).toBe(true))
    parley.kill('SIGTERM')
  }
  expect(await parley.exited).toBe(code)
  const response = await result
  if (signals === 1) expect(response).toMatchObject({ status: 200, body: expect.stringContaining('"UNKNOWN"') })
  const journal = new SqliteOperationStore(join(data, 'operations.sqlite'))
  expect(await journal.listUnresolved(0, new Set())).toMatchObject([
    { key: 'key', outcome: 'UNKNOWN', problems: [{ code: 'OUTCOME_UNKNOWN' }, { code: 'SHUTTING_DOWN' }] },
  ])
  await journal.close()
})

/** Makes the process fail when it receives SIGUSR2. */
function saboteur(deed: string): ProcessOptions {
  return { node: ['--import', `data:text/javascript,process.on('SIGUSR2', () => { ${deed} })`] }
}

test('logs and counts an unhandled rejection, and continues', async () => {
  await start(saboteur("Promise.reject(new Error('forgotten'))"))
  parley.kill('SIGUSR2')
  await vi.waitFor(() => expect(logged('unhandled rejection')).toBe(true))
  expect(parley.lines().find(({ msg }) => msg === 'unhandled rejection')).toMatchObject({
    level: 50,
    err: { name: 'Error', message: 'forgotten' },
  })
  expect(await sendRequest('/graphql', users)).toMatchObject({ status: 200, body: expect.stringContaining('"OK"') })
  expect((await sendRequest('/metrics', null)).body).toContain('parley_unhandled_errors_total{kind="rejection"} 1')
  expect(await sendRequest('/readyz', null)).toMatchObject({ status: 200 })
})

test('logs and counts an uncaught exception, finishes work in flight, and exits with 1', async () => {
  await start(saboteur("setTimeout(() => { throw new Error('in a timer') })"))
  sandbox.fault({ match: { path: /users/ }, kind: 'delay', ms: 1_000, times: 1 })
  const running = sendRequest('/graphql', users)
  await vi.waitFor(() =>
    expect(sandbox.ledger.some(({ status, path }) => status === null && /users/.test(path))).toBe(true),
  )
  parley.kill('SIGUSR2')
  await vi.waitFor(() => expect(logged('uncaught exception')).toBe(true))
  expect(await sendRequest('/readyz', null)).toMatchObject({ status: 503 })
  expect((await sendRequest('/metrics', null)).body).toContain('parley_unhandled_errors_total{kind="exception"} 1')
  expect(await sendRequest('/graphql', '{ accounts { key } }')).toMatchObject({ status: 200, close: true })
  expect(await running).toMatchObject({ status: 200, body: expect.stringContaining('"OK"') })
  expect(await parley.exited).toBe(1)
})

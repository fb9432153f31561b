import http from 'node:http'
import net from 'node:net'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { startSandbox } from '../../src/sandboxes/index.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'

const sandbox = await startSandbox('imeetcentral')
afterAll(() => sandbox.close())

let parley: ServerProcess
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
afterEach(async () => {
  agent.destroy()
  await parley.dispose()
})
const start = async (options: Parameters<typeof startProcess>[1]): Promise<void> => {
  parley = await startProcess({ accounts: { central: sandbox.account } }, options)
}

interface ReceivedResponse {
  status: number
  headers: http.IncomingHttpHeaders
  body: any
}

/** Sends requests on one kept connection, which needs no new file descriptor. */
function sendQuery(query: string): Promise<ReceivedResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<ReceivedResponse>()
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' }
  const request = http.request(`${parley.url}/graphql`, { method: 'POST', agent, headers }, (response) => {
    let body = ''
    response.setEncoding('utf8').on('data', (text: string) => (body += text))
    response.on('end', () =>
      resolve({ status: response.statusCode!, headers: response.headers, body: JSON.parse(body) }),
    )
  })
  request.on('error', reject)
  request.end(JSON.stringify({ query }))
  return promise
}
const users = '{ users(first: 3) { nodes { id } } }'
const overloaded = [{ extensions: { code: 'OVERLOADED', retryable: true } }]

/**
 * Uses every free file descriptor of a server, also those that it frees later. Resolves when the server could not
 * accept a connection.
 */
async function occupy(port: number): Promise<{ leave(): void }> {
  const full = Promise.withResolvers<void>()
  const sockets = new Set<net.Socket>()
  let over = false
  const knock = (): void => {
    if (over) return
    const socket = net.connect(port, '127.0.0.1').on('error', () => {})
    sockets.add(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      full.resolve()
      setImmediate(knock)
    })
  }
  for (let number = 0; number < 100; number++) knock()
  await full.promise
  return {
    leave: () => {
      over = true
      for (const socket of sockets) socket.destroy()
    },
  }
}

test('rejects mutations with OVERLOADED while there are no file descriptors, and recovers', async () => {
  await start({ openFiles: 64 })
  expect(await sendQuery('{ accounts { key } }')).toMatchObject({ status: 200 })
  const crowd = await occupy(Number(new URL(parley.url).port))
  expect(await sendQuery(users)).toMatchObject({ body: { errors: overloaded } })
  const mutation =
    'mutation { createConference(input: { account: "central", title: "x" }) { outcome problems { code } } }'
  const { body } = await sendQuery(mutation)
  expect(body.data.createConference.outcome).toBe('NOT_SENT')
  expect(sandbox.ledger).toEqual([])
  crowd.leave()
  // A failed token fetch is shared for 3 s.
  await vi.waitFor(async () => expect((await sendQuery(users)).body.data?.users.nodes).toHaveLength(3), 10_000)
})

/** Fills the heap to 88 % on the first SIGUSR2 (Parley rejects operations from 85 % on) and frees it on the second. */
const hoard = `
  import { getHeapStatistics } from 'node:v8'
  let values = null
  process.on('SIGUSR2', () => {
    if (values) {
      values = null
      gc()
      return
    }
    values = []
    const full = () => getHeapStatistics().used_heap_size > 0.88 * getHeapStatistics().heap_size_limit
    do {
      while (!full()) values.push(Array.from({ length: 20_000 }, (_, index) => index + 0.5))
      gc()
    } while (!full())
  })`

test('rejects operations with OVERLOADED while the heap is nearly full, and recovers', async () => {
  const heap = ['--max-old-space-size=200', '--max-semi-space-size=1', '--expose-gc']
  // On a busy machine, V8 ends a process above 80 % of the heap if garbage collection takes more time than the rest.
  const patience = '--no-detect-ineffective-gcs-near-heap-limit'
  const node = [...heap, patience, '--import', `data:text/javascript,${encodeURIComponent(hoard)}`]
  await start({ node })
  expect((await sendQuery(users)).body.data.users.nodes).toHaveLength(3)
  const before = sandbox.ledger.length
  parley.kill('SIGUSR2')
  await vi.waitFor(
    async () => expect(await sendQuery(users)).toMatchObject({ status: 503, body: { errors: overloaded } }),
    10_000,
  )
  const { headers } = await sendQuery(users)
  expect(headers['retry-after']).toBe('1')
  expect((await fetch(`${parley.url}/healthz`)).status).toBe(200)
  const sent = sandbox.ledger.length
  await Promise.all(Array.from({ length: 20 }, () => sendQuery(users)))
  expect(sandbox.ledger).toHaveLength(sent)
  expect(sent).toBeGreaterThanOrEqual(before)
  parley.kill('SIGUSR2')
  await vi.waitFor(async () => expect((await sendQuery(users)).body.data?.users.nodes).toHaveLength(3), 10_000)
})

test('streams an upload without a temporary folder', async () => {
  await start({ environment: { TMPDIR: '/dev/null/none' } })
  const document = `mutation ($file: File!) {
    uploadFile(input: { file: $file, target: { account: "central" } }) { outcome file { size } }
  }`
  const bytes = Buffer.alloc(1_000_000, 1)
  const body = new FormData()
  body.append('operations', JSON.stringify({ query: document, variables: { file: null } }))
  body.append('map', '{"0":["variables.file"]}')
  body.append('0', new Blob([bytes]), 'a.bin')
  const response = await fetch(`${parley.url}/graphql`, { method: 'POST', headers: { 'x-parley-csrf': '1' }, body })
  expect(await response.json()).toEqual({
    data: { uploadFile: { outcome: 'SUCCEEDED', file: { size: bytes.length } } },
  })
})

import net from 'node:net'
import { expect, test, vi } from 'vitest'
import { sendRequest, raw, startServer } from './harness.ts'

test('aborts an operation at its deadline and reports DEADLINE_EXCEEDED', async () => {
  const server = await startServer({ limits: { operationDeadline: 50 } })
  const response = await server.post({ query: '{ wait hello }' })
  expect(response).toMatchObject({
    status: 200,
    code: 'DEADLINE_EXCEEDED',
    json: { data: { wait: null, hello: 'hello fixture' } },
  })
  expect(response.json.errors?.[0]?.extensions).toMatchObject({ retryable: true })
  expect(server.problems).toMatchObject([{ code: 'DEADLINE_EXCEEDED' }])
  await server.http.drain()
})

test('responds after the grace period if an operation ignores its signal', async () => {
  const never = new Promise(() => {})
  const server = await startServer({
    limits: { operationDeadline: 20, deadlineGrace: 20 },
    createContext: () => ({ signal: { addEventListener: () => never } }),
  })
  expect(await server.post({ query: '{ wait }' })).toMatchObject({ status: 504, code: 'DEADLINE_EXCEEDED' })
  await server.http.drain()
})

test('aborts a query when its client disconnects, but finishes a mutation', async () => {
  const server = await startServer({ limits: { shutdownGrace: 20, deadlineGrace: 20 } })
  const leave = async (query: string, field: string) => {
    const gone = new AbortController()
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: gone.signal,
    }
    const response = sendRequest(`${server.url}/graphql`, init).catch(() => null)
    await vi.waitFor(() => expect(server.calls).toContain(field))
    gone.abort()
    await response
  }
  await leave('mutation { waitWrite }', 'waitWrite')
  await leave('{ wait }', 'wait')
  await vi.waitFor(() => expect(server.problems).toHaveLength(1))
  expect(server.contexts[0]?.signal.aborted).toBe(false)
  await server.http.drain()
  expect(server.problems).toMatchObject([{ code: 'DEADLINE_EXCEEDED' }, { code: 'SHUTTING_DOWN' }])
})

test('does not begin a pipelined operation if the connection closes before its turn', async () => {
  const server = await startServer()
  // The operation starts to wait for the end of the turn in the first `setImmediate` after the earlier response.
  server.http.server.once('request', ({ socket }, response) =>
    response.once('close', () => setImmediate(() => socket.destroy())),
  )
  const body = '{"query":"{ hello }"}'
  const headers = `Host: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`
  await raw(server.port, `GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nPOST /graphql HTTP/1.1\r\n${headers}\r\n\r\n${body}`)
  await vi.waitFor(() => expect(server.logs).toMatchObject([{ fields: { code: 'DEADLINE_EXCEEDED' } }]))
  expect(server.calls).toEqual([])
  expect(server.http.budget.usedBytes).toBe(0)
  await server.http.drain()
})

test('rejects operations over operationsInFlight with 503 and Retry-After, and accepts operations again afterwards', async () => {
  const server = await startServer({ limits: { operationsInFlight: 2, shutdownGrace: 20, deadlineGrace: 20 } })
  const leaving = new AbortController()
  const waiting = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ wait }"}',
    signal: leaving.signal,
  }
  const responses = Array.from({ length: 2 }, () => sendRequest(`${server.url}/graphql`, waiting).catch(() => null))
  await vi.waitFor(() => expect(server.calls).toHaveLength(2))
  const response = await server.post({ query: '{ hello }' })
  expect(response).toMatchObject({ status: 503, code: 'OVERLOADED' })
  expect(response.headers.get('retry-after')).toBe('1')
  expect(server.problems).toEqual([])
  leaving.abort()
  await Promise.all(responses)
  await vi.waitFor(async () => expect(await server.post({ query: '{ hello }' })).toMatchObject({ status: 200 }))
  await server.http.drain()
})

test('keeps the connection open after a rejected request that was complete', async () => {
  const server = await startServer({ limits: { operationsInFlight: 0 } })
  const body = '{"query":"{ hello }"}'
  const head = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: '
  const once = `${head}${body.length}\r\n\r\n${body}`
  const half = `${head}${body.length + 1}\r\n\r\n${body}`
  const responses = await raw(server.port, once + once + half)
  expect(responses.match(/HTTP\/1.1 503/g)).toHaveLength(3)
  expect(responses.match(/connection: close/gi)).toHaveLength(1)
  await server.http.drain()
})

test('reports that it is not ready, closes connections, and finishes running operations when it drains', async () => {
  // Without the announcement, the sockets can close before the next two clients connect.
  const server = await startServer({ limits: { operationDeadline: 400, drainAnnounce: 1_000 } })
  const running = server.post({ query: '{ wait }' })
  await vi.waitFor(() => expect(server.calls).toHaveLength(1))
  const drained = server.http.drain()
  const ready = await sendRequest(`${server.url}/readyz`)
  expect(ready).toMatchObject({ status: 503 })
  expect(ready.headers.get('connection')).toBe('close')
  expect(await server.post({ query: '{ hello }' })).toMatchObject({ status: 200 })
  expect(await running).toMatchObject({ code: 'DEADLINE_EXCEEDED' })
  await drained
  await expect(sendRequest(`${server.url}/healthz`)).rejects.toThrow()
})

test('responds to every request of clients that respect Connection: close while it drains', async () => {
  const server = await startServer({ limits: { drainAnnounce: 300 } })
  let failed = 0
  let served = 0
  let stopped = false
  const client = async () => {
    while (!stopped) {
      const response = await server.post({ query: '{ hello }' }).catch(() => null)
      if (response?.status === 200) served += 1
      else failed += 1
      stopped ||= response?.headers.get('connection') === 'close'
    }
  }
  const clients = Array.from({ length: 20 }, client)
  await vi.waitFor(() => expect(served).toBeGreaterThan(100), 20_000)
  await Promise.all([...clients, server.http.drain()])
  expect(failed).toBe(0)
})

test('rejects slow headers and slow bodies with 408', async () => {
  const server = await startServer({ limits: { socketHeadersTimeout: 100, socketRequestTimeout: 100 } })
  const head = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n'
  const [headers, body] = await Promise.all([raw(server.port, head), raw(server.port, `${head}\r\n{"query":`)])
  expect(headers).toMatch(/^HTTP\/1.1 408 /)
  expect(body).toMatch(/^HTTP\/1.1 408 [\s\S]*connection: close/i)
  expect(server.calls).toEqual([])
  await server.http.drain()
})

test('sets the socket timeouts of the limits', async () => {
  const { http } = await startServer()
  const { headersTimeout, keepAliveTimeout } = http.server
  expect({ headersTimeout, keepAliveTimeout }).toEqual({ headersTimeout: 10_000, keepAliveTimeout: 65_000 })
  await http.drain()
})

test('releases all resources after 500 clients disconnected during a response', async () => {
  const server = await startServer()
  const request =
    'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"query":"{ hello }"'
  const hangUp = () =>
    new Promise<void>((resolve) => {
      const socket = net.connect(server.port, '127.0.0.1', () => socket.write(request, () => socket.resetAndDestroy()))
      socket.on('error', () => {})
      socket.on('close', () => resolve())
    })
  await Promise.all(Array.from({ length: 500 }, hangUp))
  expect(await server.post({ query: '{ hello }' })).toMatchObject({ status: 200 })
  expect(server.logs.filter(({ level }) => level === 'error')).toEqual([])
  await server.http.drain()
})

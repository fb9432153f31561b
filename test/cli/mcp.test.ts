import { describe, expect, test, vi } from 'vitest'
import { findFreePort } from '../support/free-port.ts'
import { openMcp, toLine } from './open-mcp.ts'
import { linesOf, parseLines, run, start } from './run.ts'
import { echo, respondWith, startScriptedMcpServer, type McpMessage } from './scripted-mcp-server.ts'

const modern = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' }

const byId = (stdout: string): Record<string, any> =>
  Object.fromEntries(parseLines(stdout).map((message) => [String(message.id), message]))

describe('at the start', () => {
  test('[M17] exits with 1 if the API key is rejected', async () => {
    const message = 'Unknown API key.'
    const { url, received } = await startScriptedMcpServer(echo, (_, response) =>
      respondWith(
        response,
        { jsonrpc: '2.0', id: null, error: { code: -32_600, message, data: { code: 'UNAUTHENTICATED' } } },
        401,
      ),
    )
    const ran = await run(['mcp', '--url', url, '--key', 'wrong-key'], {
      input: toLine({ id: 1, method: 'tools/list' }),
    })
    expect(ran).toEqual({ code: 1, stdout: '', stderr: 'UNAUTHENTICATED: Unknown API key.\n' })
    expect(received).toEqual([])
  })

  test.each([
    [404, '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Not found."}}'],
    [404, 'Not found'],
    [200, '<html></html>'],
    [301, ''],
    [405, '{"errors":[{"message":"POST only"}]}'],
  ])('[M17] exits with 1 if the server has no /mcp and responds with %i %s', async (status, body) => {
    const { url } = await startScriptedMcpServer(echo, (_, response) => {
      response.writeHead(status, { location: '/elsewhere' }).end(body)
    })
    const ran = await run(['mcp', '--url', url])
    expect(ran).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^NOT_FOUND: The server has no MCP endpoint\. .*\n$/),
    })
  })

  test('[M17] exits with 4 if there is no server, or a proxy whose server is gone', async () => {
    const away = await run(['mcp'], {
      env: { PARLEY_URL: `http://127.0.0.1:${await findFreePort()}/graphql` },
      input: toLine({ id: 1, method: 'ping' }),
    })
    expect(away).toMatchObject({
      code: 4,
      stdout: '',
      stderr: expect.stringMatching(/^UNREACHABLE: .*Check the URL, and whether the server is running\.\n$/),
    })
    const { url } = await startScriptedMcpServer(echo, (_, response) => response.writeHead(502).end('Bad gateway'))
    expect(await run(['mcp', '--url', url])).toMatchObject({
      code: 4,
      stdout: '',
      stderr: expect.stringMatching(/^UNREACHABLE: .*\n$/),
    })
  })

  test('continues with a server that is overloaded', async () => {
    const error = { code: -32_600, message: 'Overloaded.', data: { code: 'OVERLOADED', retryable: true } }
    const { url } = await startScriptedMcpServer(echo, (_, response) =>
      respondWith(response, { jsonrpc: '2.0', id: null, error }, 503),
    )
    const ran = await run(['mcp', '--url', url], { input: toLine({ id: 1, method: 'tools/list', params: { a: 1 } }) })
    expect(ran).toEqual({ code: 0, stdout: toLine({ id: 1, result: { a: 1 } }), stderr: '' })
  })

  test('stops on SIGINT while the server does not respond', async () => {
    let isChecked = false
    const { url } = await startScriptedMcpServer(echo, () => {
      isChecked = true
    })
    const { child, ended, stderr } = openMcp(url)
    await vi.waitFor(() => expect(isChecked).toBe(true))
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 130, signal: null })
    expect(await stderr).toBe('')
  })

  test('exits with 2 if the URL or an option is invalid', async () => {
    for (const args of [['--url', 'ftp://x'], ['--url', 'http://name:pass@127.0.0.1:1/'], ['--nope'], ['file']])
      expect(await run(['mcp', ...args])).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.not.stringContaining('pass@'),
      })
  })

  test.each(['/graphql', '/graphql/', '/mcp', '/', ''])(
    'finds the endpoint of a URL that ends in "%s"',
    async (end) => {
      const { url, received } = await startScriptedMcpServer()
      const env = { PARLEY_URL: `${new URL(url).origin}/some/path${end}`, PARLEY_API_KEY: 'a-key' }
      expect(await run(['mcp'], { env, input: toLine({ id: 1, method: 'tools/list' }) })).toMatchObject({ code: 0 })
      expect(received).toMatchObject([{ path: '/some/path/mcp', headers: { authorization: 'Bearer a-key' } }])
    },
  )
})

describe('messages', () => {
  test('sends the headers of the protocol 2026-07-28', async () => {
    const { url, received } = await startScriptedMcpServer()
    const call = (id: string, name: string) => toLine({ id, method: 'tools/call', params: { name, _meta: modern } })
    const input = [
      toLine({ id: 'd', method: 'server/discover', params: { _meta: modern } }),
      call('c', 'list_users'),
      call('n', 'Übersicht'),
    ].join('')
    const { code, stdout, stderr } = await run(['mcp', '--url', url], { input })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(byId(stdout)['c'].result).toEqual({ name: 'list_users', _meta: modern })
    const headers = Object.fromEntries(received.map(({ message, headers }) => [message.id, headers]))
    expect(headers['d']).toMatchObject({ 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'server/discover' })
    expect(headers['d']).not.toHaveProperty('mcp-name')
    expect(headers['c']).toMatchObject({ 'mcp-method': 'tools/call', 'mcp-name': 'list_users' })
    expect(headers['n']).toMatchObject({ 'mcp-name': `=?base64?${Buffer.from('Übersicht').toString('base64')}?=` })
  })

  test('sends the negotiated version with each request after initialize, also if the client does not wait for it', async () => {
    const { url, received } = await startScriptedMcpServer((message, response) =>
      message.method === 'initialize'
        ? respondWith(response, { jsonrpc: '2.0', id: message.id, result: { protocolVersion: '2025-06-18' } })
        : echo(message, response),
    )
    const input = [
      toLine({ id: 0, method: 'initialize', params: { protocolVersion: '2025-11-25' } }),
      toLine({ method: 'notifications/initialized' }),
      toLine({ id: 1, method: 'tools/list' }),
    ].join('')
    expect(await run(['mcp', '--url', url], { input })).toMatchObject({ code: 0, stderr: '' })
    expect(received.map(({ message }) => message.method)).toEqual(['initialize', 'tools/list'])
    expect(received[0]!.headers).not.toHaveProperty('mcp-protocol-version')
    expect(received[1]!.headers).toMatchObject({ 'mcp-protocol-version': '2025-06-18' })
    expect(received[1]!.headers).not.toHaveProperty('mcp-method')
  })

  test('passes the text of a message on unchanged, in one line', async () => {
    const { url, received } = await startScriptedMcpServer(({ id }, response) =>
      response.end(`{\r\n "jsonrpc": "2.0",\n "id": ${id}, "result": {"large": 12345678901234567890}\n}\n`),
    )
    const line = '{"jsonrpc":"2.0", "id": 7, "method":"tools/list","params":{"large":12345678901234567890}}'
    const { stdout } = await run(['mcp', '--url', url], { input: `${line}\r\n` })
    expect(received[0]!.body.trimEnd()).toBe(line)
    expect(linesOf(stdout)).toHaveLength(1)
    expect(stdout).toContain('{"large": 12345678901234567890}')
  })

  test('passes on every message of an event stream', async () => {
    const { url } = await startScriptedMcpServer(({ id }, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(': comment\n\nid: 1\ndata:\n\n')
      response.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message' })}\n\n`)
      response.end(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result: {} })}\n\n`)
    })
    const { stdout } = await run(['mcp', '--url', url], { input: toLine({ id: 1, method: 'tools/list' }) })
    expect(parseLines(stdout)).toMatchObject([{ method: 'notifications/message' }, { id: 1, result: {} }])
  })

  test('reads lines that are split anywhere', async () => {
    const { url } = await startScriptedMcpServer()
    const { child, lines, ended } = openMcp(url)
    const bytes = Buffer.from(toLine({ id: 'ü', method: 'tools/list', params: { title: '日本語 🙂' } }))
    for (const byte of bytes) {
      child.stdin.write(Buffer.of(byte))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await vi.waitFor(() => expect(lines).toEqual([{ jsonrpc: '2.0', id: 'ü', result: { title: '日本語 🙂' } }]))
    child.stdin.end()
    expect(await ended).toEqual({ code: 0, signal: null })
  })

  test('[M17] responds to garbage with an error, and continues', async () => {
    const { url, received } = await startScriptedMcpServer()
    const input = Buffer.concat([
      Buffer.from('garbage\n\n  \r\n[{"jsonrpc":"2.0","id":1,"method":"ping"}]\n"text"\nnull\n'),
      Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
      Buffer.from(toLine({ id: 2, method: 5 })),
      Buffer.from(toLine({ id: true, method: 'tools/list' })),
      Buffer.alloc(5 * 1024 ** 2, 'x'),
      Buffer.from(`\n${toLine({ id: 3, result: {} })}${toLine({ id: 4, method: 'tools/list', params: {} })}`.trimEnd()),
    ])
    const { code, stdout, stderr } = await run(['mcp', '--url', url], { input })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(parseLines(stdout).map(({ id, error, result }) => [id, error?.code ?? result])).toEqual([
      [null, -32_700],
      [null, -32_600],
      [null, -32_600],
      [null, -32_600],
      [null, -32_700],
      [2, -32_600],
      [null, -32_600],
      [null, -32_600],
      [4, {}],
    ])
    expect(received).toHaveLength(1)
  })

  test('gives the error of a rejected request its ID', async () => {
    const error = { code: -32_600, message: 'Too large.', data: { code: 'PAYLOAD_TOO_LARGE' } }
    const { url } = await startScriptedMcpServer((_, response) =>
      respondWith(response, { jsonrpc: '2.0', id: null, error }, 413),
    )
    const { code, stdout } = await run(['mcp', '--url', url], { input: toLine({ id: 'a', method: 'tools/call' }) })
    expect({ code, messages: parseLines(stdout) }).toEqual({ code: 0, messages: [{ jsonrpc: '2.0', id: 'a', error }] })
  })

  test.each(['reset', 'page', 'early end'])('reports a response that was lost (%s), and continues', async (kind) => {
    const { url } = await startScriptedMcpServer((message, response) => {
      if (message.id === 'ok') return echo(message, response)
      if (kind === 'reset') response.socket!.destroy()
      else if (kind === 'page') response.writeHead(502).end('<html>')
      else response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data:\n\n')
    })
    const { lines, send, child, ended } = openMcp(url)
    send({ id: 'call', method: 'tools/call', params: { name: 'create_conference' } })
    send({ id: 'list', method: 'tools/list' })
    await vi.waitFor(() => expect(lines).toHaveLength(2))
    const [call, list] = ['call', 'list'].map((id) => lines.find((line) => line.id === id).error)
    expect(call).toMatchObject({
      code: -32_603,
      message: expect.stringMatching(/^UNREACHABLE: .*with the same idempotencyKey/),
      data: { code: 'UNREACHABLE', retryable: true },
    })
    expect(list.message).toMatch(/^UNREACHABLE: .* Send the request again\.$/)
    send({ id: 'ok', method: 'tools/list', params: {} })
    await vi.waitFor(() => expect(lines[2]).toEqual({ jsonrpc: '2.0', id: 'ok', result: {} }))
    child.stdin.end()
    expect(await ended).toEqual({ code: 0, signal: null })
  })

  test('continues after the server went away', async () => {
    const server = await startScriptedMcpServer()
    const { lines, send, child, ended } = openMcp(server.url)
    send({ id: 1, method: 'tools/list', params: {} })
    await vi.waitFor(() => expect(lines).toHaveLength(1))
    server.close()
    send({ id: 2, method: 'tools/call', params: { name: 'list_users' } })
    await vi.waitFor(() => expect(lines[1]).toMatchObject({ id: 2, error: { data: { code: 'UNREACHABLE' } } }))
    child.stdin.end()
    expect(await ended).toEqual({ code: 0, signal: null })
  })
})

describe('requests in flight', () => {
  /** Responds to held requests when the test says so. */
  async function startHoldingServer() {
    const respondById = new Map<string | number, () => void>()
    const server = await startScriptedMcpServer((message: McpMessage, response) => {
      if (message.params?.['hold'] === true) respondById.set(message.id, () => echo(message, response))
      else echo(message, response)
    })
    return { ...server, respondById }
  }

  test('[M15] closes the request that the client cancels, and no other, also if as many as possible are in flight', async () => {
    const { url, received, respondById } = await startHoldingServer()
    const { lines, send, child, ended } = openMcp(url)
    for (const id of [1, '1', ...Array.from({ length: 30 }, (_, n) => `other ${n}`)])
      send({ id, method: 'tools/call', params: { hold: true } })
    await vi.waitFor(() => expect(received).toHaveLength(32))
    send({ method: 'notifications/cancelled', params: { requestId: 1 } })
    send({ method: 'notifications/cancelled', params: { requestId: 'unknown' } })
    const find = (id: unknown) => received.find(({ message }) => message.id === id)!
    await vi.waitFor(() => expect(find(1).isCanceled).toBe(true))
    expect(find('1').isCanceled).toBe(false)
    respondById.delete(1)
    for (const respond of respondById.values()) respond()
    child.stdin.end()
    expect(await ended).toEqual({ code: 0, signal: null })
    expect(lines.map(({ id }) => id).toSorted()).toEqual([...respondById.keys()].toSorted())
  })

  test('[M17] finishes them after the end of the input', async () => {
    const { url, received, respondById } = await startHoldingServer()
    const { lines, send, child, ended } = openMcp(url)
    for (const id of [1, 2]) send({ id, method: 'tools/call', params: { hold: true } })
    child.stdin.end()
    await vi.waitFor(() => expect(received).toHaveLength(2))
    for (const id of [2, 1]) respondById.get(id)!()
    expect(await ended).toEqual({ code: 0, signal: null })
    expect(lines.map(({ id }) => id).toSorted()).toEqual([1, 2])
  })

  test('are at most 32, and all get their responses', async () => {
    const { url, received, respondById } = await startHoldingServer()
    const { lines, send, child, ended } = openMcp(url)
    for (let id = 0; id < 100; id++) send({ id, method: 'tools/call', params: { hold: true } })
    child.stdin.end()
    let most = 0
    await vi.waitFor(() => {
      most = Math.max(most, respondById.size)
      if (received.length < Math.min(100, lines.length + 32)) throw new Error('more are sent')
      for (const [id, respond] of respondById) {
        respond()
        respondById.delete(id)
      }
      expect(lines).toHaveLength(100)
    })
    expect(await ended).toEqual({ code: 0, signal: null })
    expect(most).toBe(32)
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('are closed on %s', async (signal, code) => {
    const { url, received } = await startHoldingServer()
    const { lines, send, child, ended, stderr } = openMcp(url)
    send({ id: 1, method: 'tools/call', params: { hold: true } })
    await vi.waitFor(() => expect(received).toHaveLength(1))
    child.kill(signal)
    expect(await ended).toEqual({ code, signal: null })
    expect(lines).toEqual([])
    expect(await stderr).toBe('')
    await vi.waitFor(() => expect(received[0]!.isCanceled).toBe(true))
  })

  test('end the command if the client has closed standard output', async () => {
    const { url } = await startScriptedMcpServer()
    const { child, send, ended, stderr } = openMcp(url)
    child.stdout.destroy()
    send({ id: 1, method: 'tools/list' })
    expect(await ended).toEqual({ code: 0, signal: null })
    expect(await stderr).toBe('')
  })
})

test('needs no more than a URL: exits at the end of an empty input', async () => {
  const { url } = await startScriptedMcpServer()
  const { child, ended } = start(['mcp', '--url', url])
  expect(await ended).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(child.exitCode).toBe(0)
})

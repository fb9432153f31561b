import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { downloadFile } from '../../src/client/node.ts'

const bytes = randomBytes(300_000)

let folder: string
let path: string
let server: Server
let url: string
let requests: IncomingMessage['headers'][]
let serve: RequestListener
let stopped: { response: ServerResponse; position: number } | null

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-download-'))
  path = join(folder, 'a.mp4')
  requests = []
  stopped = null
  server = createServer((request, response) => {
    requests.push(request.headers)
    serve(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/recordings/token/a.mp4`
})
afterEach(async () => {
  server.close()
  server.closeAllConnections()
  await rm(folder, { recursive: true })
})

interface FileOptions {
  content?: Buffer
  etag?: string | null
  /** Number of bytes after which each response stops, until `cut` is called. */
  cutAfter?: number
}

/** Serves a file with ranges. */
const serveFile =
  ({ content = bytes, etag = '"v1"', cutAfter = Infinity }: FileOptions = {}): RequestListener =>
  (request, response) => {
    const [, start] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? []
    const ifRange = request.headers['if-range']
    const offset = start !== undefined && (ifRange === undefined || ifRange === etag) ? Number(start) : null
    const headers = { 'accept-ranges': 'bytes', ...(etag === null ? {} : { etag }) }
    if (offset !== null && offset >= content.length)
      return void response.writeHead(416, { ...headers, 'content-range': `bytes */${content.length}` }).end()
    const body = content.subarray(offset ?? 0)
    const range = { 'content-range': `bytes ${offset}-${content.length - 1}/${content.length}` }
    response.writeHead(offset === null ? 200 : 206, {
      ...headers,
      'content-length': body.length,
      ...(offset === null ? {} : range),
    })
    if (body.length <= cutAfter) return void response.end(body)
    response.write(body.subarray(0, cutAfter))
    stopped = { response, position: (offset ?? 0) + cutAfter }
  }

/** Breaks the connection of a response that has stopped, when the client has all of its bytes. */
const cut = (receivedBytes: number): void => {
  if (receivedBytes === stopped?.position) stopped.response.destroy()
}

const serveError =
  (status: number, code: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify({ errors: [{ message: 'No.', extensions: { code, retryable: status === 503 } }] }))

test('saves the file under its name, and leaves nothing else in the folder', async () => {
  serve = serveFile()
  const progress: [number, number | null][] = []
  expect(await downloadFile(url, path, { onProgress: (...values) => progress.push(values) })).toBe(bytes.length)
  expect(await readFile(path)).toEqual(bytes)
  expect(await readdir(folder)).toEqual(['a.mp4'])
  expect(progress.at(-1)).toEqual([bytes.length, bytes.length])
})

test('saves an empty file', async () => {
  serve = serveFile({ content: Buffer.alloc(0) })
  expect(await downloadFile(url, path)).toBe(0)
  expect(await readFile(path)).toHaveLength(0)
})

test.each(['"v1"', null])('continues after each broken connection, with the entity tag %s', async (etag) => {
  serve = serveFile({ cutAfter: 100_000, etag })
  expect(await downloadFile(url, path, { onProgress: cut })).toBe(bytes.length)
  expect(await readFile(path)).toEqual(bytes)
  expect(requests.map((headers) => headers.range)).toEqual([undefined, 'bytes=100000-', 'bytes=200000-'])
  expect(new Set(requests.slice(1).map((headers) => headers['if-range']))).toEqual(new Set([etag ?? undefined]))
  expect(requests.every((headers) => /^identity\b/.test(headers['accept-encoding'] as string))).toBe(true)
})

test('continues in the next call after it was interrupted', async () => {
  serve = serveFile({ cutAfter: 100_000 })
  const controller = new AbortController()
  const interrupted = downloadFile(url, path, {
    signal: controller.signal,
    onProgress: () => controller.abort(new Error('interrupted')),
  })
  await expect(interrupted).rejects.toThrow('interrupted')
  expect(await readdir(folder)).toEqual(['a.mp4.part', 'a.mp4.part.json'])
  requests.length = 0
  serve = serveFile()
  await downloadFile(url, path)
  expect(requests).toHaveLength(1)
  expect(requests[0]!.range).toMatch(/^bytes=[1-9]/)
  expect(await readFile(path)).toEqual(bytes)
  expect(await readdir(folder)).toEqual(['a.mp4'])
})

test.each([
  ['entity tag', { etag: '"v2"' }],
  ['size', { etag: null }],
])('begins again if the file has another %s than its part', async (_, { etag }) => {
  const controller = new AbortController()
  serve = serveFile({ cutAfter: 100_000, etag: etag === null ? null : '"v1"' })
  const interrupted = downloadFile(url, path, { signal: controller.signal, onProgress: () => controller.abort() })
  await expect(interrupted).rejects.toThrow()
  const content = randomBytes(400_000)
  serve = serveFile({ content, etag })
  expect(await downloadFile(url, path)).toBe(content.length)
  expect(await readFile(path)).toEqual(content)
})

test('begins again if the server does not support ranges', async () => {
  let isCut = true
  serve = (request, response) => {
    delete request.headers.range
    serveFile(isCut ? { cutAfter: 100_000 } : {})(request, response)
    isCut = false
  }
  await downloadFile(url, path, { onProgress: cut })
  expect(await readFile(path)).toEqual(bytes)
})

test('stops after 5 attempts without progress, and never gives its name to a file that ends early', async () => {
  const { setTimeout: wait } = globalThis
  const pauses = vi.spyOn(globalThis, 'setTimeout').mockImplementation((run) => wait(run, 0))
  onTestFinished(() => pauses.mockRestore())
  serve = (_, response) => {
    response.writeHead(200, { 'content-length': bytes.length }).flushHeaders()
    response.destroy()
  }
  await expect(downloadFile(url, path)).rejects.toMatchObject({ code: 'UNREACHABLE', retryable: true })
  expect(requests).toHaveLength(5)
  expect(await readdir(folder)).not.toContain('a.mp4')
})

test('retries when the server is overloaded', async () => {
  serve = (request, response) => {
    serve = serveFile()
    serveError(503, 'OVERLOADED', { 'retry-after': '0' })(request, response)
  }
  expect(await downloadFile(url, path)).toBe(bytes.length)
  expect(requests).toHaveLength(2)
})

test.each([
  [410, 'LINK_EXPIRED', {}],
  [404, 'NOT_FOUND', {}],
  [403, 'FORBIDDEN', {}],
  [503, 'VENDOR_RATE_LIMITED', { 'retry-after': '3600' }],
])('throws the error of the status %i without a retry: %s', async (status, code, headers) => {
  serve = serveError(status, code, headers)
  await expect(downloadFile(url, path)).rejects.toMatchObject({ code })
  expect(requests).toHaveLength(1)
  expect(await readdir(folder)).toEqual([])
})

test('completes a part that has all bytes', async () => {
  serve = serveFile({ cutAfter: 200_000 })
  const controller = new AbortController()
  await downloadFile(url, path, {
    signal: controller.signal,
    onProgress: (count) => void (count > 0 && controller.abort()),
  }).catch(() => {})
  const { appendFile, stat } = await import('node:fs/promises')
  await appendFile(`${path}.part`, bytes.subarray((await stat(`${path}.part`)).size))
  requests.length = 0
  expect(await downloadFile(url, path)).toBe(bytes.length)
  expect(requests).toHaveLength(1)
  expect(await readFile(path)).toEqual(bytes)
})

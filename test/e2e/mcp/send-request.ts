import { request } from 'node:http'
import { expect } from 'vitest'
import type { McpReply } from '../../mcp/stage.ts'

/** The message that lists the tools. */
export const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' }

/** Sends a request without `fetch`, which sets some headers itself. Returns the status and the code of the error. */
export function send(url: string, options: { method?: string; headers?: Record<string, string>; body?: string }) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; allow: string | undefined; json: any }>()
  const { method = 'POST', headers = {}, body = JSON.stringify(list) } = options
  const sent = request(url, { method, headers: { 'content-type': 'application/json', ...headers } }, (response) => {
    let text = ''
    response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    response.on('end', () => {
      const json: unknown = text.startsWith('{') ? JSON.parse(text) : null
      resolve({ status: response.statusCode!, allow: response.headers.allow, json })
    })
  })
  sent.on('error', reject)
  sent.end(method === 'POST' ? body : undefined)
  return promise
}

/** Expects the error of a rejected request, and the ID of the request in it. */
export function expectRejection({ json, headers }: Pick<McpReply, 'json'> & { headers?: Headers }, code: string): void {
  expect(json).toEqual({
    jsonrpc: '2.0',
    id: null,
    error: {
      code: -32_600,
      message: expect.stringMatching(/\.$/),
      data: { code, retryable: expect.any(Boolean), requestId: expect.any(String) },
    },
  })
  if (headers) expect(json.error.data.requestId).toBe(headers.get('x-request-id'))
}

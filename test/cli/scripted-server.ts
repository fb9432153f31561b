import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Received {
  headers: IncomingMessage['headers']
  /** Body of a JSON request. */
  json: { query: string; variables: Record<string, unknown>; operationName?: string } | null
  body: string
  sha256: string
}

/** `reset`: closes the connection without a response. `hold`: never responds. */
export type Script = object | { status: number; text: string } | 'reset' | 'hold'

/** A GraphQL server that sends scripted responses, one after another. The last one repeats. */
export async function scriptedServer(...script: Script[]): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = []
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const bytes = Buffer.concat(chunks)
    const body = bytes.toString('utf8')
    const json = body.startsWith('{') ? (JSON.parse(body) as Received['json']) : null
    received.push({ headers: request.headers, json, body, sha256: createHash('sha256').update(bytes).digest('hex') })
    const result = script[Math.min(received.length, script.length) - 1]!
    if (result === 'hold') return
    if (result === 'reset') request.socket.destroy()
    else if ('status' in result && 'text' in result) response.writeHead(result.status as number).end(result.text)
    else response.writeHead(200, { 'content-type': 'application/graphql-response+json' }).end(JSON.stringify(result))
  }
  const server = createServer((request, response) => void handle(request, response).catch(() => {}))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, received }
}

/** Creates a page as `--all users` receives it. */
export const page = (
  ids: readonly string[],
  endCursor: string | null,
  hasNextPage: boolean,
  sources: object[] = [],
) => ({
  data: { users: { nodes: ids.map((id) => ({ id })), parleyPage: { hasNextPage, endCursor }, parleySources: sources } },
})

/** Creates a response with one error. */
export const createRejection = (code: string, extensions: object = {}) => ({
  errors: [{ message: `This is ${code}.`, extensions: { code, retryable: false, requestId: 'r1', ...extensions } }],
})

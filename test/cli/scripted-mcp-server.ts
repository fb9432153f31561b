import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export interface McpMessage {
  jsonrpc: '2.0'
  id: string | number
  method: string
  params?: Record<string, any>
}

export interface ReceivedMessage {
  message: McpMessage
  body: string
  headers: IncomingHttpHeaders
  path: string
  /** Whether the connection was closed before the response. */
  isCanceled: boolean
}

type Respond = (message: McpMessage, response: ServerResponse) => void

export interface ScriptedMcpServer {
  url: string
  /** Messages besides the check at the start. */
  received: ReceivedMessage[]
  close(): void
}

export const respondWith = (response: ServerResponse, message: object, status = 200): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(message))

/** Returns the parameters of each request as its result. */
export const echo: Respond = ({ id, params }, response) => respondWith(response, { jsonrpc: '2.0', id, result: params })

/** An MCP endpoint that responds as the test says. @param respondToCheck Default: with success. */
export async function startScriptedMcpServer(
  respond: Respond = echo,
  respondToCheck: Respond = echo,
): Promise<ScriptedMcpServer> {
  const received: ReceivedMessage[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const message = JSON.parse(body) as McpMessage
      if (message.method === 'ping') return respondToCheck(message, response)
      const entry = { message, body, headers: request.headers, path: request.url!, isCanceled: false }
      received.push(entry)
      response.once('close', () => (entry.isCanceled = !response.writableEnded))
      respond(message, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = (): void => {
    server.close()
    server.closeAllConnections()
  }
  onTestFinished(close)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, received, close }
}

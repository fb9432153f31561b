import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export interface ReceivedSubscription {
  headers: IncomingMessage['headers']
  query: string
  variables: Record<string, unknown>
  /** Whether the client has closed the connection. */
  isClosed: boolean
}

/** Responds to one request. */
export type Responder = (response: ServerResponse, received: ReceivedSubscription) => void

/** A server that sends scripted responses, one after another. The last one repeats. */
export async function startStreamServer(
  ...responses: Responder[]
): Promise<{ url: string; received: ReceivedSubscription[] }> {
  const received: ReceivedSubscription[] = []
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      const { query, variables } = body as Pick<ReceivedSubscription, 'query' | 'variables'>
      const subscription = { headers: request.headers, query, variables, isClosed: false }
      response.once('close', () => (subscription.isClosed = true))
      received.push(subscription)
      responses[Math.min(received.length, responses.length) - 1]!(response, subscription)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, received }
}

/** The text of an event stream with these results. */
export const formatNext = (...results: object[]): string =>
  results.map((result) => `event: next\ndata: ${JSON.stringify(result)}\n\n`).join('')

export const completeText = 'event: complete\ndata:\n\n'

/** A result of `conferenceEvents`. */
export const createMessage = (cursor: string, event: object | null = null, rest: object = {}): object => ({
  data: { conferenceEvents: { cursor, event, gaps: [], sources: [], ...rest } },
})

/** Sends a stream that stays open. */
export const send =
  (text: string): Responder =>
  (response) =>
    void startStream(response).write(text)

/** Sends a stream that ends. */
export const sendAndEnd =
  (text: string): Responder =>
  (response) =>
    void startStream(response).end(text)

/** Sends a stream, and cuts the connection after the client has received it. */
export const sendAndCut =
  (text: string): Responder =>
  (response) =>
    void startStream(response).write(text, () => setImmediate(() => response.destroy()))

/** Rejects the request. */
export const reject =
  (status: number, body: object | string, headers: Record<string, string> = {}): Responder =>
  (response) =>
    void response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body))

const startStream = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })

import { once } from 'node:events'
import { request as plain } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { request as secure } from 'node:https'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import type { RawResponse } from '../graphql-response.ts'
import { createAuthorizationHeader, type ServerTarget } from '../destination.ts'

export interface RequestBody {
  headers: Record<string, string>
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/**
 * Posts a body while it is read, no faster than the server accepts it. Has no timeout, unlike `fetch`, which ends a request
 * after 5 min. A server that responds before the end of the body has rejected the request, and the rest is not sent.
 */
export async function postStream(
  { url, key, signal }: ServerTarget,
  { headers, bytes }: RequestBody,
): Promise<RawResponse> {
  const open = url.startsWith('https:') ? secure : plain
  const common = { accept: 'application/graphql-response+json', ...createAuthorizationHeader(key) }
  const request = open(url, { method: 'POST', headers: { ...common, ...headers }, ...(signal ? { signal } : {}) })
  const received = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject)
  })
  // Awaited only after the body is written, so an earlier rejection must not count as unhandled.
  received.catch(() => {})
  try {
    await writeBody(request, bytes, received)
    const response = await received
    return { status: response.statusCode ?? 0, text: await text(response) }
  } finally {
    request.destroy()
  }
}

/**
 * Writes the body. Stops as soon as a response arrives.
 *
 * @throws The error of `bytes`.
 */
async function writeBody(
  request: ClientRequest,
  bytes: RequestBody['bytes'],
  received: Promise<unknown>,
): Promise<void> {
  let hasResponse = false
  request.once('response', () => (hasResponse = true))
  for await (const chunk of bytes) {
    if (hasResponse) return
    if (!request.write(chunk)) await Promise.race([once(request, 'drain'), received])
    // If neither the source nor the network waits, the event loop would not turn, and no response could arrive.
    await setImmediate()
  }
  request.end()
}

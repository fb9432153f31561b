import { once } from 'node:events'
import { request as plain } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { request as secure } from 'node:https'
import { text } from 'node:stream/consumers'
import type { RawResponse } from '../graphql-response.ts'
import { createAuthorizationHeader, type ServerTarget } from '../destination.ts'

export interface RequestBody {
  headers: Record<string, string>
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/**
 * Posts a body as it comes, no faster than it is taken, however long that lasts (fetch gives up after five minutes).
 * A server that answers before it has it all has refused: the rest is not sent.
 */
export async function postStream(
  { url, key, signal }: ServerTarget,
  { headers, bytes }: RequestBody,
): Promise<RawResponse> {
  const open = url.startsWith('https:') ? secure : plain
  const common = { accept: 'application/graphql-response+json', ...createAuthorizationHeader(key) }
  const request = open(url, { method: 'POST', headers: { ...common, ...headers }, ...(signal ? { signal } : {}) })
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject)
  })
  // Awaited only when all is written.
  answer.catch(() => {})
  try {
    await writeBody(request, bytes, answer)
    const response = await answer
    return { status: response.statusCode ?? 0, text: await text(response) }
  } finally {
    request.destroy()
  }
}

/** Ends early where the answer comes before; throws what `bytes` throws. */
async function writeBody(request: ClientRequest, bytes: RequestBody['bytes'], answer: Promise<unknown>): Promise<void> {
  let answered = false
  request.once('response', () => (answered = true))
  for await (const chunk of bytes) {
    if (answered) return
    if (!request.write(chunk)) await Promise.race([once(request, 'drain'), answer])
  }
  request.end()
}

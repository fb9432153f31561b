import { createAuthorizationHeader, type ServerTarget } from '../../client/destination.ts'
import { EventStreamParser } from '../../client/event-stream-parser.ts'

/** Maximum size of a response. A server limits the result of a tool to 64 KiB by default. */
const maxResponseBytes = 16 * 1024 ** 2

export interface ServerResponse {
  status: number
  /** JSON texts of the messages: one, or those of an event stream while they arrive. */
  messages: AsyncIterable<string>
}

/** Sends one message of the MCP client. @throws The error of `fetch` if no response arrives. */
export async function postMessage(
  { url, key, signal }: ServerTarget,
  protocolHeaders: Record<string, string>,
  body: string,
): Promise<ServerResponse> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...createAuthorizationHeader(key),
      ...protocolHeaders,
    },
    body,
    redirect: 'manual',
    signal: signal ?? null,
  })
  const isStream = /^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')
  return { status: response.status, messages: isStream ? readEvents(response) : readBody(response) }
}

async function* readEvents(response: Response): AsyncGenerator<string, void, undefined> {
  const parser = new EventStreamParser()
  for await (const text of decodeBody(response))
    for (const { name, data } of parser.parse(text)) if (name === 'message' && data !== '') yield data
}

async function* readBody(response: Response): AsyncGenerator<string, void, undefined> {
  let [body, length] = ['', 0]
  for await (const text of decodeBody(response)) {
    length += text.length
    if (length > maxResponseBytes) throw new RangeError('the response is too long')
    body += text
  }
  yield body
}

async function* decodeBody({ body }: Response): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder()
  for await (const chunk of body ?? []) yield decoder.decode(chunk as Uint8Array, { stream: true })
}

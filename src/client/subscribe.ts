import { createAuthorizationHeader, type ServerTarget } from './destination.ts'
import {
  createConnectionError,
  createResponseError,
  createUnexpectedResponseError,
  ParleyError,
  type GraphqlResponseError,
} from './errors.ts'
import { EventStreamParser, type ServerSentEvent } from './event-stream-parser.ts'
import type { GraphqlResponse } from './graphql-response.ts'

/** Time without a byte after which a connection is lost. The server sends a comment at least every 15 s. */
const maxSilenceMs = 60_000

/**
 * Sends one subscription and returns its results (GraphQL over SSE, distinct connections mode). Ends after the event
 * `complete`. Reads no faster than the results are taken.
 *
 * @param body JSON of the request.
 * @throws ParleyError if the request is rejected or the connection is lost. `retryAt` contains the header `retry-after`.
 */
export async function* subscribe(
  { url, key, signal }: ServerTarget & { signal: AbortSignal },
  body: string,
  fetch: typeof globalThis.fetch,
): AsyncGenerator<GraphqlResponse, void, undefined> {
  // Without this controller, the connection would stay open when the reader stops.
  const connection = new AbortController()
  const close = (): void => connection.abort()
  signal.addEventListener('abort', close)
  try {
    signal.throwIfAborted()
    const headers = {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...createAuthorizationHeader(key),
    }
    const response = await limitSilence(
      fetch(url, { method: 'POST', headers, body, signal: connection.signal }),
      connection,
    )
    if (!response.ok || !isEventStream(response)) throw await limitSilence(readRejection(response), connection)
    for await (const { name, data } of readEvents(response, connection)) {
      if (name === 'complete') return
      if (name === 'next') yield parseResult(data)
    }
    throw new Error('the stream ended')
  } catch (error) {
    throw error instanceof ParleyError ? error : createConnectionError(error, false)
  } finally {
    signal.removeEventListener('abort', close)
    close()
  }
}

const isEventStream = ({ headers }: Response): boolean =>
  /^text\/event-stream\b/i.test(headers.get('content-type') ?? '')

async function* readEvents(
  { body }: Response,
  connection: AbortController,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  // Not every browser has an async iterator for streams.
  const reader = body!.getReader()
  const decoder = new TextDecoder()
  const parser = new EventStreamParser()
  for (;;) {
    const { done, value } = await limitSilence(reader.read(), connection)
    if (done) return
    yield* parseEvents(parser, decoder.decode(value, { stream: true }))
  }
}

/** Closes the connection if nothing arrives for too long. */
function limitSilence<T>(arriving: Promise<T>, connection: AbortController): Promise<T> {
  const timer = setTimeout(() => connection.abort(new Error('nothing arrived for 60 s')), maxSilenceMs)
  return arriving.finally(() => clearTimeout(timer))
}

function parseEvents(parser: EventStreamParser, text: string): ServerSentEvent[] {
  try {
    return parser.parse(text)
  } catch (error) {
    const message = 'The server sent an event that is too long. Select fewer fields.'
    throw new ParleyError('UNREACHABLE', message, { outcomeUnknown: false, cause: error })
  }
}

function parseResult(json: string): GraphqlResponse {
  const { data = null, errors = [] } = JSON.parse(json) as Partial<GraphqlResponse>
  return { data, errors }
}

/** Returns the error of a response that is not an event stream. */
async function readRejection(response: Response): Promise<ParleyError> {
  const { status, headers } = response
  const retryAt = parseRetryAfter(headers.get('retry-after'))
  const text = await response.text()
  let errors: readonly GraphqlResponseError[] | undefined
  try {
    errors = (JSON.parse(text) as Partial<GraphqlResponse> | null)?.errors
  } catch {
    // A page of a proxy.
  }
  return Array.isArray(errors) && errors.length > 0
    ? createResponseError(errors as readonly GraphqlResponseError[], null, false, retryAt)
    : createUnexpectedResponseError(status, false, retryAt)
}

/** @param value Number of seconds or an HTTP date. */
function parseRetryAfter(value: string | null): Date | null {
  if (value === null) return null
  const time = /^\d{1,9}$/.test(value) ? Date.now() + Number(value) * 1000 : Date.parse(value)
  return Number.isNaN(time) ? null : new Date(time)
}

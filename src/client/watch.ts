import type { ServerTarget } from './destination.ts'
import { createResponseError, ParleyError } from './errors.ts'
import { pause } from './pause.ts'
import { subscribe } from './subscribe.ts'

/** An iterator over a stream. `return` closes the connection at once, even while `next` is waiting. */
export interface StreamIterator<T> extends AsyncIterableIterator<T, void, undefined> {
  return(): Promise<IteratorResult<T, void>>
}

export interface WatchOptions {
  /** Closes the connection when it aborts. The iterator then throws the signal's reason. */
  signal?: AbortSignal | undefined
  /**
   * Called for every error that does not end the iteration: the connection was lost and is opened again, or a part of a
   * message could not be read. In the second case, `data` of the error is the data of the message. An error that the
   * function throws ends the iteration.
   */
  onError?: ((error: ParleyError) => void) | undefined
}

export interface WatchRequest<T> extends WatchOptions {
  server: ServerTarget
  /** Text of the subscription. */
  query: string
  variables: { after?: string | null | undefined }
  pick: (data: never) => T | null | undefined
  fetch: typeof globalThis.fetch
  /** Returns the time, in milliseconds since the epoch. */
  now?: () => number
  /** Returns a number from 0 to 1. */
  random?: () => number
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** First pause before the connection is opened again. Doubles with every failure, and is shortened by up to a half. */
const firstPauseMs = 1_000
const maxPauseMs = 30_000
/** Longest pause that `setTimeout` supports. */
const maxTimerMs = 2 ** 31 - 1

/**
 * Returns what `pick` returns for each message of a subscription, except null. If the connection is lost or the server is
 * not available, sends the subscription again, with the cursor of the last message as the variable `after`.
 *
 * @throws TypeError if the URL or the API key is malformed.
 */
export function watchMessages<T>(request: WatchRequest<T>): StreamIterator<T> {
  const { url, key } = request.server
  // Unlike a lost connection, these errors stay. `fetch` reports all of them in the same way.
  void new Request(url, { headers: key === undefined ? {} : { authorization: key } })
  const reader = new AbortController()
  const messages = iterateMessages(request, reader)
  return {
    next: () => messages.next(),
    // A generator would first wait for the message that `next` waits for.
    return: () => {
      reader.abort(hasLeft)
      return messages.return()
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** Reason of the abort after which the iteration ends without an error. */
const hasLeft = new Error('The caller stopped reading the messages.')

async function* iterateMessages<T>(
  request: WatchRequest<T>,
  reader: AbortController,
): AsyncGenerator<T, void, undefined> {
  const { signal, now = Date.now, random = Math.random, sleep = pause } = request
  const abort = (): void => reader.abort(signal?.reason)
  signal?.addEventListener('abort', abort)
  try {
    signal?.throwIfAborted()
    const position = { after: request.variables.after, failures: 0 }
    for (;;) {
      const lost = yield* iterateConnection(request, position, reader.signal)
      if (!lost) return
      request.onError?.(lost)
      const pauseMs = Math.min(maxPauseMs, firstPauseMs * 2 ** position.failures) * (1 - random() / 2)
      position.failures += 1
      const requiredMs = lost.retryAt ? lost.retryAt.getTime() - now() : 0
      await sleep(Math.min(maxTimerMs, Math.max(pauseMs, requiredMs)), reader.signal)
    }
  } catch (error) {
    if (reader.signal.reason === hasLeft) return
    reader.signal.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

/** How far the messages were read. */
interface WatchPosition {
  /** Cursor of the last message. */
  after: string | null | undefined
  /** Number of lost connections since the last message. */
  failures: number
}

/**
 * Returns the messages of one connection. Its result is the error after which the connection is opened again, or null if
 * the server has completed the stream.
 *
 * @throws ParleyError if the same request would be rejected again.
 */
async function* iterateConnection<T>(
  { server, query, variables, pick, fetch, onError }: WatchRequest<T>,
  position: WatchPosition,
  signal: AbortSignal,
): AsyncGenerator<T, ParleyError | null, undefined> {
  const body = JSON.stringify({ query, variables: { ...variables, after: position.after } })
  // If messages follow an error without data, the error was that of one message. Otherwise, it is why the stream ended.
  let last: ParleyError | null = null
  try {
    for await (const { data, errors } of subscribe({ ...server, signal }, body, fetch)) {
      signal.throwIfAborted()
      if (last) onError?.(last)
      const error = errors.length > 0 || !data ? createResponseError(errors, data, false) : null
      last = data ? null : error
      if (!data) continue
      position.after = findCursor(data)
      position.failures = 0
      if (error) onError?.(error)
      const value = pick(data as never)
      if (value !== null && value !== undefined) yield value
    }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof ParleyError)) throw error
    last ??= error
  }
  if (last && !last.retryable) throw last
  return last
}

/** Returns the cursor of a message: of the only root field that a subscription has. */
function findCursor(data: object): string {
  const [message] = Object.values(data) as ({ cursor?: unknown } | null)[]
  if (typeof message?.cursor === 'string') return message.cursor
  const text = 'The subscription must select "cursor", which "watch" needs to continue after a lost connection.'
  throw new TypeError(text)
}

import type { ServerErrorCode } from './error-code.ts'
import { ParleyError } from './errors.ts'
import { pause } from './pause.ts'

/** The fields of a connection that paging needs. `sources` reports the accounts that failed. */
export interface ConnectionPage {
  nodes?: readonly unknown[]
  edges?: readonly unknown[]
  pageInfo: { hasNextPage: boolean; endCursor?: string | null | undefined }
  sources?: readonly PageSource[]
}

/** What one account contributed to a page (`ConnectionSource`). */
export interface PageSource {
  account: { key: string }
  status: string
  problem?: { code: string; message: string; retryAt?: string | null | undefined } | null | undefined
}

export interface IteratePagesOptions {
  /** Cursor after which the list begins. Null for the start of the list. */
  after: string | null
  signal?: AbortSignal | undefined
  /** Returns the time, in milliseconds since the epoch. */
  now?: () => number
  sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>
}

/** Statuses of sources that have a problem, but do not stop the list. */
const continuedStatuses: ReadonlySet<string> = new Set(['UNSUPPORTED', 'STALE'])
/** Longest pause before a page is requested again. If the vendor requires a longer one, paging stops. */
const maxPauseMs = 60_000
/** Pause if the error has no `retryAt`. */
const defaultPauseMs = 1_000

/**
 * Returns the pages of a connection, from the start to the end, each with the cursor from which the list continues. If a
 * page fails temporarily, or the list does not continue after it, requests it once more.
 *
 * @throws ParleyError if the second request does not help, or if the error is not temporary.
 */
export async function* iteratePages<P extends ConnectionPage>(
  load: (after: string | null) => Promise<P>,
  { after, signal, now = Date.now, sleep = pause }: IteratePagesOptions,
): AsyncGenerator<{ page: P; after: string | null }> {
  const usedCursors = new Set([after])
  for (let isRetry = false; ;) {
    const page = await catchRetryable(load(after))
    if (!(page instanceof ParleyError)) {
      after = page.pageInfo.endCursor ?? after
      yield { page, after }
      if (!page.pageInfo.hasNextPage) return
      if (!usedCursors.has(after)) {
        usedCursors.add(after)
        isRetry = false
        continue
      }
      if (countItems(page) > 0) throw createStalledError(page)
    }
    const error = page instanceof ParleyError ? page : createStalledError(page)
    const pauseMs = error.retryAt ? error.retryAt.getTime() - now() : defaultPauseMs
    if (isRetry || pauseMs > maxPauseMs) throw error
    isRetry = true
    await sleep(Math.max(0, pauseMs), signal)
  }
}

async function catchRetryable<P>(loading: Promise<P>): Promise<P | ParleyError> {
  try {
    return await loading
  } catch (error) {
    // A report that is not ready takes minutes, so that a second request soon does not help.
    if (error instanceof ParleyError && error.retryable && error.code !== 'NOT_READY') return error
    throw error
  }
}

function createStalledError({ sources = [] }: ConnectionPage): ParleyError {
  const problem = sources.find(({ status, problem }) => problem && !continuedStatuses.has(status))?.problem
  const message = problem?.message ?? 'The list does not continue, because a page returned a cursor of an earlier page.'
  return new ParleyError((problem?.code as ServerErrorCode | undefined) ?? 'PAGING_LOOP', message, {
    outcomeUnknown: false,
    retryable: true,
    retryAt: problem?.retryAt ? new Date(problem.retryAt) : null,
  })
}

const countItems = (page: ConnectionPage): number => (page.nodes ?? page.edges ?? []).length

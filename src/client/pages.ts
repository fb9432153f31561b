import type { ServerErrorCode } from './error-code.ts'
import { ParleyError } from './errors.ts'

/** A connection, as far as walking it needs it; `sources` tells what failed. */
export interface Page {
  nodes?: readonly unknown[]
  edges?: readonly unknown[]
  pageInfo: { hasNextPage: boolean; endCursor?: string | null | undefined }
  sources?: readonly Source[]
}

export interface Source {
  account: { key: string }
  status: string
  problem?: { code: string; message: string; retryAt?: string | null | undefined } | null | undefined
}

export interface IteratePagesOptions {
  /** Where to begin: behind this cursor; null: at the start. */
  after: string | null
  signal?: AbortSignal | undefined
  /** Milliseconds since the epoch. */
  now?: () => number
  sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>
}

/** A vendor that asks for a longer pause is not waited for. */
const maxPauseMs = 60_000
const defaultPauseMs = 1_000

/**
 * The pages of a connection forwards, each with the cursor to go on behind. What failed is asked once more where that
 * may help; a list that still does not move on ends with a ParleyError.
 */
export async function* iteratePages<P extends Page>(
  load: (after: string | null) => Promise<P>,
  { after, signal, now = Date.now, sleep = pause }: IteratePagesOptions,
): AsyncGenerator<{ page: P; after: string | null }> {
  const seen = new Set([after])
  for (let stuck = false; ;) {
    const page = await catchRetryable(load(after))
    if (!(page instanceof ParleyError)) {
      after = page.pageInfo.endCursor ?? after
      yield { page, after }
      if (!page.pageInfo.hasNextPage) return
      if (!seen.has(after)) {
        seen.add(after)
        stuck = false
        continue
      }
      if (countItems(page) > 0) throw createStalledError(page)
    }
    const blocked = page instanceof ParleyError ? page : createStalledError(page)
    const wait = blocked.retryAt ? blocked.retryAt.getTime() - now() : defaultPauseMs
    if (stuck || wait > maxPauseMs) throw blocked
    stuck = true
    await sleep(Math.max(0, wait), signal)
  }
}

async function catchRetryable<P>(loading: Promise<P>): Promise<P | ParleyError> {
  try {
    return await loading
  } catch (error) {
    if (error instanceof ParleyError && error.retryable) return error
    throw error
  }
}

function createStalledError({ sources = [] }: Page): ParleyError {
  const problem = sources.find(({ status, problem }) => problem && status !== 'UNSUPPORTED')?.problem
  const message = problem?.message ?? 'The list does not move on: a page led to where the list had been before.'
  return new ParleyError((problem?.code as ServerErrorCode | undefined) ?? 'PAGING_LOOP', message, {
    outcomeUnknown: false,
    retryable: true,
    retryAt: problem?.retryAt ? new Date(problem.retryAt) : null,
  })
}

const countItems = (page: Page): number => (page.nodes ?? page.edges ?? []).length

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    if (signal?.aborted) onAbort()
    else signal?.addEventListener('abort', onAbort, { once: true })
  })
}

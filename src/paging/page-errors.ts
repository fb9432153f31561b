import type { Code } from '../core/error-codes.ts'
import { Problem } from '../core/errors.ts'

/** Returns the page. Null if the vendor rejects the request, because the page does not exist or its token has expired. */
export async function nullIfRejected<T>(page: T | Promise<T>): Promise<T | null> {
  try {
    return await page
  } catch (error) {
    if (error instanceof Problem && isExpiredPage(error)) return null
    throw error
  }
}

function isExpiredPage(problem: Problem): boolean {
  return problem.code === 'VENDOR_REJECTED' || problem.vendorStatus === 404
}

/** Whether the cause of an error can be that a cached page is outdated: its page token has expired, or the list has changed. */
export function isOutdatedPageError(problem: Problem): boolean {
  return isExpiredPage(problem) || problem.code === 'CURSOR_EXPIRED' || problem.code === 'PAGING_LOOP'
}

/**
 * Rethrows an error of a list request.
 *
 * @throws VENDOR_BAD_RESPONSE instead of NOT_FOUND, because a list of Parley's own choice always exists.
 */
export function rethrowListError(error: unknown): never {
  if (!(error instanceof Problem) || error.code !== 'NOT_FOUND') throw error
  const { vendorStatus, vendorCode, vendorMessage, account } = error
  const details = { vendorStatus, vendorCode, vendorMessage, account }
  throw new Problem('VENDOR_BAD_RESPONSE', 'The vendor did not find the list.', details)
}

/** Whether a problem affects only one item of a list. A missing scope, which is never retryable, affects all items. */
export function isItemError({ code, retryable, vendorStatus }: Problem): boolean {
  if (code === 'VENDOR_FORBIDDEN') return retryable
  return code === 'VENDOR_REJECTED' || code === 'INVALID_ID' || vendorStatus === 404
}

/** Codes of errors that a lookup of one item can have although the lookups of others succeed. */
const lookupCodes: ReadonlySet<Code> = new Set<Code>([
  'VENDOR_UNAVAILABLE',
  'VENDOR_TIMEOUT',
  'VENDOR_FORBIDDEN',
  'VENDOR_BAD_RESPONSE',
  'VENDOR_RESPONSE_TOO_LARGE',
  'VENDOR_CONFLICT',
])

/** Whether the lookup of one item of a list has failed, so that the scan can continue without the item. */
export function isLookupError(problem: Problem): boolean {
  const { code, vendorStatus, retryAt } = problem
  // While the circuit breaker is open, no call is sent. The next scan can begin at this item.
  const isPaused = code === 'VENDOR_UNAVAILABLE' && vendorStatus === null && retryAt !== null
  return isItemError(problem) || (lookupCodes.has(code) && !isPaused)
}

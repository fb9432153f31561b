import { Problem } from '../core/errors.ts'

/** Null for a page that the vendor does not have, or not any more. */
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

/** Throws it on; a list that the vendor says it does not have is an answer that cannot be right: VENDOR_BAD_RESPONSE. */
export function rethrowListError(error: unknown): never {
  if (!(error instanceof Problem) || error.code !== 'NOT_FOUND') throw error
  const { vendorStatus, vendorCode, vendorMessage, account } = error
  const details = { vendorStatus, vendorCode, vendorMessage, account }
  throw new Problem('VENDOR_BAD_RESPONSE', 'The vendor says that it has no such list.', details)
}

/** Whether a problem with one item of many says nothing of the others; a missing scope (never retryable) says it of all. */
export function isItemError({ code, retryable, vendorStatus }: Problem): boolean {
  if (code === 'VENDOR_FORBIDDEN') return retryable
  return code === 'VENDOR_REJECTED' || code === 'INVALID_ID' || vendorStatus === 404
}

import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { FlatList } from '../vendor-lists.ts'
import { iteratePages } from './iterate-pages.ts'

/** Maximum number of items that are read of a list. */
export interface ItemLimit {
  items: number
  /** Message of the problem if there are more. */
  message: string
}

/** How often a list is read again from its start. A page token expires only if a scan takes minutes. */
const maxRestarts = 2

/**
 * Reads a list to its end, as raw items. If a page token expires meanwhile, reads the list again from its start.
 *
 * @throws `VENDOR_RESPONSE_TOO_LARGE` if the limit is exceeded, or the error of a page. Never returns a part of the list.
 */
export async function readWholeList(list: FlatList<unknown>, call: CallContext, limit?: ItemLimit): Promise<unknown[]> {
  for (let restarts = 0; ; restarts++) {
    const items: unknown[] = []
    let pageCount = 0
    try {
      for await (const page of iteratePages(list, call)) {
        pageCount++
        items.push(...page.items)
        if (limit && items.length > limit.items)
          throw new Problem('VENDOR_RESPONSE_TOO_LARGE', limit.message, { retryable: false })
      }
      return items
    } catch (error) {
      const isExpired = error instanceof Problem && error.code === 'VENDOR_REJECTED' && pageCount > 0
      // If a page came from the cache, the caller reads all of them again.
      if (!isExpired || restarts === maxRestarts || call.age.hasCached) throw error
      call.forgetReads()
    }
  }
}

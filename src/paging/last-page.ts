import { LoopGuard } from '../vendors/kit/iterate-pages.ts'
import type { LoadedPage } from './loaded-page.ts'

/** Number of pages that are read one after another before pages are skipped. Most lists end within them. */
const sequentialPages = 4

/**
 * Finds the last page of a list that supports page numbers. Doubles the page number until it is after the end of the list,
 * then searches by bisection. For 100,000 items, this takes about 20 vendor calls.
 *
 * @param first First page of the list. A next page must exist.
 * @param getPage Returns null if the vendor rejects the page.
 * @throws PAGING_LOOP if two pages have the same next page.
 */
export async function findLastPage(
  first: LoadedPage,
  getPage: (number: number) => Promise<LoadedPage | null>,
): Promise<LoadedPage> {
  /** Last page that is known to have a next page. */
  let [start, number] = [first, first.number!]
  const guard = new LoopGuard()
  guard.recordToken(first.next!)
  let end: { number: number; page: LoadedPage | null } | null = null
  while (end === null || end.number - number > 1) {
    const next: number = end ? (number + end.number) >> 1 : number < sequentialPages ? number + 1 : number * 2
    const page = await getPage(next)
    if (page && page.items.length > 0 && page.next !== null) {
      guard.recordToken(page.next)
      ;[start, number] = [page, next]
    } else end = { number: next, page }
  }
  return end.page && end.page.items.length > 0 ? end.page : start
}

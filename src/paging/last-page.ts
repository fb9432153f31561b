import { LoopGuard } from '../vendors/kit/iterate-pages.ts'
import type { LoadedPage } from './loaded-page.ts'

/** Pages that are read one after another before any are skipped: most lists end within them. */
const sequentialPages = 4

/**
 * Finds the last page of a list that supports page numbers: page numbers are doubled up to one behind the end, and halved from
 * there, so that the end of 100,000 items costs about 20 vendor calls.
 *
 * @param first The first page, which has a next one.
 * @param getPage Returns null if the vendor rejects the page.
 * @throws PAGING_LOOP if two pages have the same next one.
 */
export async function findLastPage(
  first: LoadedPage,
  getPage: (number: number) => Promise<LoadedPage | null>,
): Promise<LoadedPage> {
  /** The last page that is known to have a next one. */
  let [start, number] = [first, first.number!]
  const guard = new LoopGuard()
  guard.follow(first.next!)
  let end: { number: number; batch: LoadedPage | null } | null = null
  while (end === null || end.number - number > 1) {
    const next: number = end ? (number + end.number) >> 1 : number < sequentialPages ? number + 1 : number * 2
    const batch = await getPage(next)
    if (batch && batch.items.length > 0 && batch.next !== null) {
      guard.follow(batch.next)
      ;[start, number] = [batch, next]
    } else end = { number: next, batch }
  }
  return end.batch && end.batch.items.length > 0 ? end.batch : start
}

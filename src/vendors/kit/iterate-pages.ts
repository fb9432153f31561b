import { Problem } from '../../core/errors.ts'
import { Pacer } from '../../core/pacer.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { PageToken, FlatList, VendorPage } from '../vendor.ts'

/** Empty pages in a row, each with a link to a next one, that are followed. */
const maxEmptyPages = 5

/** Ends a walk over pages that would never end by itself. */
export class LoopGuard {
  readonly #followed = new Set<PageToken>()
  #emptyPages = 0

  /** @throws PAGING_LOOP if the link was followed before. */
  recordToken(link: PageToken): void {
    if (this.#followed.has(link)) throw new Problem('PAGING_LOOP', 'The vendor links to a page that was already read.')
    this.#followed.add(link)
  }

  /** @throws PAGING_LOOP for the sixth empty page in a row that has a next one. */
  recordPage({ items, next }: VendorPage): void {
    this.#emptyPages = items.length === 0 && next !== null ? this.#emptyPages + 1 : 0
    if (this.#emptyPages > maxEmptyPages)
      throw new Problem('PAGING_LOOP', 'The vendor sends empty pages one after another, each with a link to the next.')
  }

  /** Allows the links to be followed again. */
  reset(): void {
    this.#followed.clear()
    this.#emptyPages = 0
  }
}

/**
 * Reads a list page by page from its start. If only a guess leads to the next page, one that repeats the page before it is
 * the end.
 *
 * @throws PAGING_LOOP if the pages lead back to one already read.
 */
export async function* iteratePages(list: FlatList<unknown>, call: CallContext): AsyncGenerator<VendorPage> {
  const guard = new LoopGuard()
  let known: ReadonlySet<string | null> = new Set()
  let isGuess = false
  for (let link: PageToken | null = null; ;) {
    const page: VendorPage = await list.loadPage({ size: list.maxSize, link }, call)
    const ids: Set<string | null> = new Set(page.items.map((item) => list.getId(item)))
    if (isGuess && isSubset(ids, known)) return
    yield page
    if (page.next === null) return
    known = ids
    isGuess = page.isNextAssumed ?? false
    guard.recordPage(page)
    guard.recordToken((link = page.next))
  }
}

function isSubset<T>(some: ReadonlySet<T>, all: ReadonlySet<T>): boolean {
  for (const one of some) if (!all.has(one)) return false
  return true
}

/** Reads the objects of a list one by one; those without an ID, and those that are gone, are left out. */
export async function* iterateItems<T>(list: FlatList<T>, call: CallContext): AsyncGenerator<T> {
  for await (const { items } of iteratePages(list, call)) {
    const pacer = new Pacer()
    for (const item of items) {
      if (pacer.isDue) await pacer.pause()
      const object = list.getId(item) === null ? null : list.parseItem(item)
      if (object !== null) yield object
    }
  }
}

/** Returns the first object of a list that is wanted; reads the whole list if none is. */
export async function findItem<T>(
  list: FlatList<T>,
  isWanted: (object: T) => boolean,
  call: CallContext,
): Promise<T | null> {
  for await (const object of iterateItems(list, call)) if (isWanted(object)) return object
  return null
}

/** Returns the first user or participant of a list with an email address, whatever its letter case. */
export function findByEmail<T extends { email: string | null }>(
  list: FlatList<T>,
  email: string,
  call: CallContext,
): Promise<T | null> {
  return findItem(list, (object) => object.email?.toLowerCase() === email.toLowerCase(), call)
}

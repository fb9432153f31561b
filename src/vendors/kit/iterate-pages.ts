import { Problem } from '../../core/errors.ts'
import { Pacer } from '../../core/pacer.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { PageToken, FlatList, VendorPage } from '../vendor-lists.ts'

/** Maximum number of consecutive empty pages that have a next page. */
const maxEmptyPages = 5

/** Detects scans that would never end. */
export class LoopGuard {
  readonly #tokens = new Set<PageToken>()
  #emptyPages = 0

  /** Records a page token before its page is requested. @throws `PAGING_LOOP` if the token was recorded before. */
  recordToken(token: PageToken): void {
    if (this.#tokens.has(token))
      throw new Problem(
        'PAGING_LOOP',
        'The vendor links to a page that was already read. Start again from the first page.',
      )
    this.#tokens.add(token)
  }

  /** Records a loaded page. @throws `PAGING_LOOP` for the sixth consecutive empty page that has a next page. */
  recordPage({ items, next }: VendorPage): void {
    this.#emptyPages = items.length === 0 && next !== null ? this.#emptyPages + 1 : 0
    if (this.#emptyPages > maxEmptyPages)
      throw new Problem('PAGING_LOOP', 'The vendor returned too many consecutive empty pages. Retry later.')
  }

  /** Forgets all recorded tokens and pages. */
  reset(): void {
    this.#tokens.clear()
    this.#emptyPages = 0
  }
}

/**
 * Reads a list page by page from its start. If the next page is assumed and repeats the page before it, the list has ended.
 *
 * @throws `PAGING_LOOP` if a page links to one that was already read.
 */
export async function* iteratePages(list: FlatList<unknown>, call: CallContext): AsyncGenerator<VendorPage> {
  const guard = new LoopGuard()
  let previousIds: ReadonlySet<string | null> = new Set()
  let isAssumed = false
  for (let link: PageToken | null = null; ;) {
    const page: VendorPage = await list.loadPage({ size: list.maxSize, link }, call)
    const ids: Set<string | null> = new Set(page.items.map((item) => list.getId(item)))
    if (isAssumed && isSubset(ids, previousIds)) return
    yield page
    if (page.next === null) return
    previousIds = ids
    isAssumed = page.isNextAssumed ?? false
    guard.recordPage(page)
    guard.recordToken((link = page.next))
  }
}

function isSubset<T>(subset: ReadonlySet<T>, all: ReadonlySet<T>): boolean {
  for (const element of subset) if (!all.has(element)) return false
  return true
}

/** Reads the objects of a list one by one. Skips objects without an ID and deleted objects. */
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

/** Finds the first object of a list that matches. Reads the whole list if none does. */
export async function findItem<T>(
  list: FlatList<T>,
  matches: (object: T) => boolean,
  call: CallContext,
): Promise<T | null> {
  for await (const object of iterateItems(list, call)) if (matches(object)) return object
  return null
}

/** Finds the first user or participant with an email address, ignoring case. */
export function findByEmail<T extends { email: string | null }>(
  list: FlatList<T>,
  email: string,
  call: CallContext,
): Promise<T | null> {
  return findItem(list, (object) => object.email?.toLowerCase() === email.toLowerCase(), call)
}

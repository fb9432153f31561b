import { Problem } from '../../core/errors.ts'
import { Pacer } from '../../core/pacer.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { LoopGuard } from '../../vendors/kit/iterate-pages.ts'
import type { FlatList, PageToken, VendorPage } from '../../vendors/vendor-lists.ts'
import type { Conference } from '../../vendors/vendor-objects.ts'

/** Maximum number of conferences that are compared. Each uses about 300 bytes. */
const maxConferences = 100_000

export interface ReadListOptions {
  list: FlatList<Conference>
  /** Returns the call context of the next page. @throws Problem if the poll has taken too long. */
  createCall(): CallContext
  onConference(conference: Conference): void
}

/** What a list of conferences contains, besides the conferences that could be read. */
export interface ListReport {
  /** IDs of all items, also of those that could not be read. */
  readonly ids: ReadonlySet<string>
  /** IDs of the conferences that the vendor keeps in its list, marked as deleted. */
  readonly deleted: ReadonlySet<string>
  /** Why the list is incomplete. Null if it is complete as far as the vendor shows. */
  readonly problem: Problem | null
  /** Equal for lists with the same pages and totals. */
  readonly shape: string
  /** Whether the total changed while the list was read: items could have moved to a page that was already read. */
  readonly hasMoved: boolean
}

/**
 * Reads the whole list of an account's conferences.
 *
 * @throws Problem if a page cannot be read, if pages repeat, or if there are more than 100,000 conferences.
 */
export async function readPolledList(options: ReadListOptions): Promise<ListReport> {
  const reader = new ListReader(options)
  const { list, createCall } = options
  const guard = new LoopGuard()
  let isAssumed = false
  for (let link: PageToken | null = null; ;) {
    const page: VendorPage = await list.loadPage({ size: list.maxSize, link }, createCall())
    if (page.problem) throw page.problem
    guard.recordPage(page)
    const hasNewItems = await reader.takePage(page)
    const isRepeated = !hasNewItems && page.items.length > 0
    // A page that the vendor did not announce can repeat the last one. An announced page must not.
    if (isRepeated && !isAssumed && reader.pageCount > 1) throw createRepeatedPageProblem()
    if (page.next === null || (isRepeated && isAssumed)) return reader.createReport()
    isAssumed = page.isNextAssumed ?? false
    guard.recordToken((link = page.next))
  }
}

class ListReader {
  readonly #options: ReadListOptions
  readonly #ids = new Set<string>()
  readonly #deleted = new Set<string>()
  readonly #lengths: number[] = []
  readonly #totals: number[] = []
  #isShort = false

  constructor(options: ReadListOptions) {
    this.#options = options
  }

  get pageCount(): number {
    return this.#lengths.length
  }

  /** Takes the items of a page. Returns whether one of them was not on an earlier page. */
  async takePage({ items, next, size, total, isNextAssumed }: VendorPage): Promise<boolean> {
    const { list } = this.#options
    const pacer = new Pacer()
    const countBefore = this.#ids.size
    for (const item of items) {
      if (pacer.isDue) await pacer.pause()
      const id = list.getId(item)
      if (id !== null && !this.#ids.has(id)) this.#takeItem(id, item)
    }
    if (this.#ids.size > maxConferences) throw createTooManyProblem()
    if (total != null) this.#totals.push(total)
    if (size !== undefined && next !== null && !isNextAssumed && items.length < size) this.#isShort = true
    this.#lengths.push(items.length)
    return this.#ids.size > countBefore
  }

  createReport(): ListReport {
    const minTotal = Math.min(...this.#totals)
    const isIncomplete = this.#isShort || this.#hasShortPage() || (this.#totals.length > 0 && this.#ids.size < minTotal)
    return {
      ids: this.#ids,
      deleted: this.#deleted,
      problem: isIncomplete ? createIncompleteProblem() : null,
      shape: `${this.#lengths.join()}:${this.#totals.join()}`,
      hasMoved: this.#totals.some((total) => total !== this.#totals[0]),
    }
  }

  /** Numbered pages have the same length, except the last one. */
  #hasShortPage(): boolean {
    if (!this.#options.list.supportsPageNumbers) return false
    const lastIndex = this.#lengths.findLastIndex((length) => length > 0)
    return this.#lengths.slice(0, lastIndex).some((length) => length !== this.#lengths[0])
  }

  #takeItem(id: string, item: unknown): void {
    const { list, onConference } = this.#options
    this.#ids.add(id)
    try {
      const conference = list.parseItem(item)
      if (conference) onConference(conference)
      else this.#deleted.add(id)
    } catch (error) {
      // The conference is in the list, so that it is neither missing nor changed.
      if (!(error instanceof Problem)) throw error
    }
  }
}

const createRepeatedPageProblem = (): Problem =>
  new Problem('PAGING_LOOP', 'The vendor returned the same page of its list of conferences twice. Retry later.')

const createIncompleteProblem = (): Problem =>
  new Problem('VENDOR_BAD_RESPONSE', "The vendor's list of conferences is incomplete. Retry later.")

const createTooManyProblem = (): Problem =>
  new Problem(
    'VENDOR_RESPONSE_TOO_LARGE',
    'The account has more than 100,000 conferences, the maximum for an account that is polled for events.',
    { retryable: false },
  )

import { Problem } from '../core/errors.ts'
import { raceWithAbort } from '../upstream/race-with-abort.ts'
import { ReadLimitProblem } from '../upstream/call-context.ts'
import { ReadAge } from '../upstream/read-age.ts'
import type { Boundary } from './position.ts'
import { setProblemAccount, type LoadConnectionOptions, type AccountList } from './relay.ts'
import type { ListSlice } from './slice.ts'
import type { Account } from '../vendors/accounts.ts'
import { createSortPosition, type SortEntry, type SortKey } from './sort-order.ts'
import { TimedScanBudget } from './scan-budget.ts'
import { scanList } from './scan.ts'

export interface SortOptions<T> extends LoadConnectionOptions<T> {
  getSortKey(item: T): SortKey
  getId(item: T): string
  /** Returns the estimated memory of an object, in bytes. */
  estimateBytes(item: T): number
  /** Maximum number of objects of one account. */
  maxItems: number
  /** Maximum number of vendor calls to read the list of one account, over all pages. */
  maxCalls: number
}

/** The objects that were read from one account. */
interface SortedPart<T> {
  account: Account
  entriesById: Map<string, SortEntry<T>>
  /** Boundary at which reading continues. `'end'` if the list was read to its end. */
  boundary: Boundary
  calls: number
  /** Error that ended the last read. */
  failure: Problem | null
  /** Why an object was omitted. */
  partialProblem: Problem | null
  /** Age of the responses from which the objects were read. */
  age: ReadAge
}

/** Multiple of the scan limit that one page can spend on an account. */
const scanLimitMultiple = 3
/** Minimum number of calls for which reading is resumed, because restoring the position takes one of them. */
const minShare = 4
/** Expected calls for each page of a list before a page was read. A page can require lookups of single items. */
const minCallsPerPage = 1.25
/** Number of child lists that are requested ahead: more than in a scan that ends when a page is full, because all are needed. */
const readAhead = 7
/** Only every eighth object is measured, because this takes longer than sorting. The others count as much as the last one measured. */
const measuredInterval = 8
/** Share of the operation's remaining time that reading can take. */
const readingShare = 0.6

/**
 * The objects of a sorted list that were read so far. All accounts must be read before the first object can be returned. If
 * this takes more vendor calls than one operation can make, later pages continue the reading.
 */
export class SortedList<T> {
  readonly id: string
  /** Estimated memory of the objects. */
  bytes = 0
  readonly #partByKey = new Map<string, SortedPart<T>>()
  #lastRead: Promise<unknown> = Promise.resolve()
  #pages = 0
  #calls = 0
  #tooLongProblem: Problem | null = null

  constructor(id: string) {
    this.id = id
  }

  /** Returns an empty part for an account that was opened again after the last page, because its settings have changed. */
  getPart(account: Account): SortedPart<T> {
    let part = this.#partByKey.get(account.key)
    if (part?.account !== account) {
      part = {
        account,
        entriesById: new Map(),
        boundary: 'start',
        calls: 0,
        failure: null,
        partialProblem: null,
        age: new ReadAge(),
      }
      this.#partByKey.set(account.key, part)
    }
    return part
  }

  /**
   * Continues reading, as far as the limits of the operation allow. Operations that read the same list run one at a time.
   *
   * @returns Whether anything had to be read.
   * @throws OPERATION_TOO_EXPENSIVE if the list is too long to be sorted.
   * @throws The signal's reason, if it aborts during the wait or the read.
   */
  async read(options: SortOptions<T>): Promise<boolean> {
    const reading = this.#lastRead.then(() => (options.call.signal.aborted ? false : this.#readAll(options)))
    this.#lastRead = reading.catch(() => {})
    return raceWithAbort(reading, options.call.signal)
  }

  async #readAll(options: SortOptions<T>): Promise<boolean> {
    const { call, scanCalls } = options
    const maxSpent = scanCalls * scanLimitMultiple
    const endsAt = Date.now() + (call.time.deadline - Date.now()) * readingShare
    const isOver = (): boolean => this.#tooLongProblem !== null || Date.now() >= endsAt
    let unread = options.sources
      .filter(({ account, listing }) => listing && this.getPart(account).boundary !== 'end')
      .map((source) => ({ source, spent: 0 }))
    const hasRead = unread.length > 0
    let hasProgressed = false
    while (unread.length > 0) {
      const share = Math.floor(call.readsLeft / this.#callsPerPage / unread.length)
      if (share < minShare && hasProgressed) break
      const readsLeft = call.readsLeft
      const results = await Promise.all(
        unread.map(async (entry) => {
          const budget = new TimedScanBudget(Math.max(1, Math.min(share, maxSpent - entry.spent)), isOver)
          await this.#readPart(entry.source, budget, options)
          entry.spent += budget.spent
          return budget.spent > 0
        }),
      )
      if (this.#tooLongProblem) throw this.#tooLongProblem
      if (Number.isFinite(readsLeft)) this.#calls += readsLeft - call.readsLeft
      hasProgressed ||= results.includes(true)
      unread = unread.filter(({ source, spent }, index) => {
        const { boundary, failure } = this.getPart(source.account)
        return results[index] && !failure && boundary !== 'end' && maxSpent - spent >= minShare && !isOver()
      })
    }
    if (hasProgressed) this.#clearSpentReads(options.sources)
    return hasRead
  }

  get #callsPerPage(): number {
    return Math.max(minCallsPerPage, this.#pages === 0 ? 0 : this.#calls / this.#pages)
  }

  /** Removes the failure of accounts that had no vendor calls left, because the next page has calls of its own. */
  #clearSpentReads(sources: readonly AccountList<T>[]): void {
    for (const { account } of sources) {
      const part = this.getPart(account)
      if (part.failure instanceof ReadLimitProblem) part.failure = null
    }
  }

  async #readPart(source: AccountList<T>, budget: TimedScanBudget, options: SortOptions<T>): Promise<void> {
    const { account } = source
    const part = this.getPart(account)
    const parentByItem = new Map<T, unknown>()
    let parentItem: unknown = null
    const call = options.call.trackAge()
    const slice = setProblemAccount(
      await scanList(source.listing!, part.boundary, {
        call,
        budget,
        isForward: true,
        count: options.maxItems + 1 - part.entriesById.size,
        matches: (item) => {
          if (!options.matches(item)) return false
          parentByItem.set(item, parentItem)
          return true
        },
        expectFewMatches: true,
        readAhead,
        onParentItem: (item) => void (parentItem = item),
        onListCount: (count) => this.#assertWithinLimit(count <= options.maxCalls, source, options),
        onTotal: (total) => this.#assertWithinLimit(!source.isExact || total <= options.maxItems, source, options),
      }),
      account,
    )
    let bytes = 0
    for (const [index, { node }] of slice.items.entries()) {
      const id = options.getId(node)
      const position = createSortPosition(options.getSortKey(node), account.key, id)
      part.entriesById.set(id, { node, parentItem: parentByItem.get(node), account, position })
      if (index % measuredInterval === 0) bytes = options.estimateBytes(node)
      this.bytes += bytes
    }
    this.#pages += budget.spent
    part.calls += budget.spent
    part.boundary = getEndBoundary(slice, part.boundary)
    part.failure = slice.failure
    part.partialProblem ??= slice.partialProblem
    const { asOf, staleProblem } = call.age
    if (asOf !== null) part.age.add({ asOf, staleProblem, operations: null })
    const isWithin =
      part.entriesById.size <= options.maxItems && (part.boundary === 'end' || part.calls <= options.maxCalls)
    if (!this.#tooLongProblem && !isWithin) this.#tooLongProblem = createTooLongProblem(source, options)
  }

  #assertWithinLimit(isWithin: boolean, source: AccountList<T>, options: SortOptions<T>): void {
    if (isWithin) return
    this.#tooLongProblem = createTooLongProblem(source, options)
    throw this.#tooLongProblem
  }
}

function getEndBoundary<T>({ hasMore, resume, items }: ListSlice<T>, start: Boundary): Boundary {
  if (!hasMore) return 'end'
  const lastItem = items.at(-1)
  return resume ?? (lastItem ? { after: lastItem.getPosition() } : start)
}

function createTooLongProblem<T>({ account }: AccountList<T>, { maxItems, maxCalls }: SortOptions<T>): Problem {
  const problem = new Problem(
    'OPERATION_TOO_EXPENSIVE',
    `"orderBy" reads the whole list of each account: at most ${maxItems} objects and ${maxCalls} vendor calls. This list is longer. Narrow it with "filter", or omit "orderBy".`,
    { path: ['orderBy'] },
  )
  problem.account = account.key
  return problem
}

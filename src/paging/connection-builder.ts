import { hashAccountKey, readCursor } from './cursor-text.ts'
import type { CursorEdge } from './cursor.ts'
import { assertOrder, findAccountIndex, getBoundaries } from './boundaries.ts'
import { computeFingerprint } from './fingerprint.ts'
import type { Boundary } from './position.ts'
import {
  throwIfAllFailed,
  isAbandoned,
  setProblemAccount,
  type LoadConnectionOptions,
  type AccountList,
} from './relay.ts'
import { PageScanBudget } from './scan-budget.ts'
import { joinSlices, type ListSlice, type SliceItem } from './slice.ts'
import { scanList } from './scan.ts'
import type { CallContext } from '../upstream/call-context.ts'

/** Time after which the next account is scanned while a slow account has not responded, in milliseconds. */
const slowAccountMs = 250

/** One account's part of a page. */
export interface AccountSlice<T> extends AccountList<T> {
  /** Index of the account in configuration order. */
  index: number
  /** Whether the page can need items of this account. */
  isQueued: boolean
  /** Boundary in the account's list at which the page begins. */
  start: Boundary
  /** Boundary at which the next page continues in the same direction. If null, right after the last item of `items`. */
  end: Boundary | null
  /** What was read of the list, possibly more than the page holds. Null if the list was not read. */
  slice: ListSlice<T> | null
  /** Items that the page holds. */
  items: SliceItem<T>[]
  pendingSlice: Promise<ListSlice<T>> | null
  /** Context of the reads of the account, with the age of their responses. Null if the list was not read. */
  call: CallContext | null
  /** Vendor calls that the page can still spend on the account. */
  budget: PageScanBudget
}

/** Returns the boundary at which an account's list continues after its part of the page. */
export function getEndBoundary<T>(
  { end, items }: Pick<AccountSlice<T>, 'end' | 'items'>,
  isForward: boolean,
): Boundary {
  if (end !== null) return end
  const position = items.at(-1)!.getPosition()
  return isForward ? { after: position } : { before: position }
}

/** Reads one page of a connection, account after account. Scans only as many accounts as the page needs. */
export class ConnectionBuilder<T> {
  readonly isForward: boolean
  /** In configuration order. */
  readonly accountSlices: readonly AccountSlice<T>[]
  /** The accounts that the page can need, in the order in which they are scanned. */
  readonly queue: readonly AccountSlice<T>[]
  /** Whether the page continues from a cursor. */
  readonly isContinued: boolean
  readonly #options: LoadConnectionOptions<T>
  /** A fingerprint, because the ID of a list contains its whole filter. */
  readonly #lengthKey: string
  readonly #until: CursorEdge | null
  #hitScanLimit = false

  constructor(options: LoadConnectionOptions<T>, isForward: boolean) {
    this.#options = options
    this.isForward = isForward
    this.#lengthKey = computeFingerprint(options.list)
    const { list, args, codec } = options
    const after = args.after == null ? null : readCursor(codec, list, args.after, 'after')
    const before = args.before == null ? null : readCursor(codec, list, args.before, 'before')
    const [from, to] = isForward ? [after, before] : [before, after]
    const accounts = options.sources.map(({ account }) => account.key)
    this.isContinued = from !== null
    const boundaries = getBoundaries(from, accounts, isForward)
    this.accountSlices = options.sources.map((source, index) => ({
      ...source,
      index,
      isQueued: false,
      start: boundaries[index]!,
      end: boundaries[index]!,
      slice: null,
      items: [],
      pendingSlice: null,
      call: null,
      budget: new PageScanBudget(options.scanCalls, options.call, () => this.#isNext(index)),
    }))
    this.#until = to?.edge ?? null
    if (after && before) assertOrder(after, before, accounts)
    const lastIndex = this.#until && findAccountIndex(accounts, this.#until)
    const inReach = this.accountSlices.filter(
      (_, index) => lastIndex === null || (isForward ? index <= lastIndex : index >= lastIndex),
    )
    const done = isForward ? 'end' : 'start'
    this.queue = (isForward ? inReach : inReach.toReversed()).filter((part) => part.listing && part.start !== done)
    for (const part of this.queue) part.isQueued = true
  }

  /** Whether more items follow in the direction of the page. */
  get hasMore(): boolean {
    return this.queue.some(({ slice, end }) => {
      if (isAbandoned(slice?.failure, this.isContinued)) return false
      return !slice || end !== (this.isForward ? 'end' : 'start')
    })
  }

  /**
   * Scans the accounts until the page has `count` items or an account reaches the scan limit.
   *
   * @throws The first failure, if every scanned account has failed.
   */
  async loadSlices(count: number): Promise<void> {
    let missing = count
    for (const [index, part] of this.queue.entries()) {
      if (missing === 0 || this.#hitScanLimit) break
      this.#startNeededScans(index, missing)
      part.slice = await this.#readSlice(part, index, missing)
      const isTruncated = part.slice.items.length > missing
      part.items = isTruncated ? part.slice.items.slice(0, missing) : part.slice.items
      missing -= part.items.length
      part.end = this.#getEndBoundary(part.slice, isTruncated)
      this.#hitScanLimit = part.slice.hitScanLimit && !isTruncated
    }
    const slices = this.queue.flatMap(({ slice }) => slice ?? [])
    throwIfAllFailed(slices, { sources: this.accountSlices.length, isContinued: this.isContinued })
  }

  #getEndBoundary({ hasMore, resume }: ListSlice<T>, isTruncated: boolean): Boundary | null {
    if (isTruncated) return null
    if (hasMore) return resume
    return this.isForward ? 'end' : 'start'
  }

  /** Starts the scan of this account and of the following accounts that the page is certain to need. */
  #startNeededScans(index: number, missing: number): void {
    let expected = 0
    for (const part of this.queue.slice(index)) {
      if (expected > missing) return
      part.pendingSlice ??= this.#scan(part, part.start, Math.max(1, missing - expected))
      expected += this.#expectLength(part)
    }
  }

  /** Whether an item of the account would be the first of the page. */
  #isNext(index: number): boolean {
    for (const part of this.queue) {
      if (part.index === index) return true
      if (!part.slice || part.items.length > 0) return false
    }
    return false
  }

  /** Returns the number of items that the account is expected to have after its start. */
  #expectLength({ account, start }: AccountSlice<T>): number {
    const unknownLength = this.#options.isSelective ? 0 : Infinity
    return start === (this.isForward ? 'start' : 'end')
      ? (account.knownListLengths.get(this.#lengthKey) ?? unknownLength)
      : unknownLength
  }

  async #readSlice(part: AccountSlice<T>, index: number, missing: number): Promise<ListSlice<T>> {
    const timer = this.#startMoreWhileSlow(index, missing)
    let slice: ListSlice<T>
    try {
      slice = setProblemAccount(await part.pendingSlice!, part.account)
    } finally {
      clearInterval(timer)
    }
    const count = missing - slice.items.length
    if (count > 0 && slice.hasMore && !slice.hitScanLimit && !slice.failure) {
      // The scan was started for fewer items, because the accounts before this one were expected to have more.
      const end = getEndBoundary({ end: slice.resume, items: slice.items }, this.isForward)
      joinSlices(slice, setProblemAccount(await this.#scan(part, end, count), part.account))
    }
    this.#rememberLength(part, slice)
    return slice
  }

  #scan(part: AccountSlice<T>, boundary: Boundary, count: number): Promise<ListSlice<T>> {
    const { matches, onParentItem, isSelective } = this.#options
    part.call ??= this.#options.call.trackAge()
    const isUntilAccount = this.#until !== null && this.#until.account === hashAccountKey(part.account.key)
    return scanList(part.listing!, boundary, {
      call: part.call,
      budget: part.budget,
      isForward: this.isForward,
      count,
      matches,
      expectFewMatches: !part.isExact,
      isSelective,
      countsLookups: true,
      ...(isUntilAccount ? { until: this.#until!.position } : {}),
      ...(onParentItem ? { onParentItem: (item) => onParentItem(part.account, item) } : {}),
    })
  }

  /** Starts the scan of one more account each time another `slowAccountMs` has passed, until the timer is cleared. */
  #startMoreWhileSlow(index: number, missing: number): NodeJS.Timeout | undefined {
    if (index + 1 === this.queue.length) return undefined
    const following = this.queue.slice(index + 1).values()
    const timer = setInterval(() => {
      const { value: next } = following.next()
      if (next) next.pendingSlice ??= this.#scan(next, next.start, missing)
      else clearInterval(timer)
    }, slowAccountMs)
    return timer
  }

  #rememberLength({ account, start }: AccountSlice<T>, slice: ListSlice<T>): void {
    if (start !== (this.isForward ? 'start' : 'end') || slice.failure) return
    if (slice.hasMore) account.knownListLengths.delete(this.#lengthKey)
    else account.knownListLengths.set(this.#lengthKey, slice.items.length)
    if (account.knownListLengths.size > 1_000)
      account.knownListLengths.delete(account.knownListLengths.keys().next().value!)
  }
}

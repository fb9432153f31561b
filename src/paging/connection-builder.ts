import { markAccount, readCursor } from './cursor-text.ts'
import type { CursorEdge } from './cursor.ts'
import { assertOrder, findPosition, getCuts } from './boundaries.ts'
import type { SliceItem } from './slice-item.ts'
import { computeFingerprint } from './fingerprint.ts'
import type { Boundary } from './position.ts'
import { assertAnswered, isGivenUp, setProblemAccount, type LoadConnectionOptions, type AccountList } from './relay.ts'
import { PageScan } from './page-scan.ts'
import { joinSlices, type ListSlice } from './slice.ts'
import { scanList } from './scan.ts'

/** An account that has not answered by then (ms) is not waited for before the next one is asked. */
const slowAccountMs = 250

/** One account's part of a page. */
export interface AccountSlice<T> extends AccountList<T> {
  index: number
  /** Whether the page can need it. */
  isQueued: boolean
  /** Where the page begins in this account's list. */
  cut: Boundary
  /** Where the list continues in the direction walked; null: right behind the last edge. */
  end: Boundary | null
  slice: ListSlice<T> | null
  edges: SliceItem<T>[]
  running: Promise<ListSlice<T>> | null
  /** Calls that the page can still spend on it. */
  scan: PageScan
}

/** Where an account's list continues behind its part of the page. */
export function getEnd<T>({ end, edges }: Pick<AccountSlice<T>, 'end' | 'edges'>, forward: boolean): Boundary {
  if (end !== null) return end
  const place = edges.at(-1)!.getPosition()
  return forward ? { after: place } : { before: place }
}

/** The accounts of one page: only as many are asked as the page needs, account after account. */
export class ConnectionBuilder<T> {
  readonly forward: boolean
  /** In configuration order. */
  readonly all: readonly AccountSlice<T>[]
  /** In the order in which they are walked. */
  readonly queue: readonly AccountSlice<T>[]
  readonly isContinued: boolean
  readonly #options: LoadConnectionOptions<T>
  /** Short, because a list's own name holds its whole filter. */
  readonly #lengthKey: string
  readonly #until: CursorEdge | null
  #stopped = false

  constructor(options: LoadConnectionOptions<T>, forward: boolean) {
    this.#options = options
    this.forward = forward
    this.#lengthKey = computeFingerprint(options.list)
    const { list, args, codec } = options
    const after = args.after == null ? null : readCursor(codec, list, args.after, 'after')
    const before = args.before == null ? null : readCursor(codec, list, args.before, 'before')
    const [from, to] = forward ? [after, before] : [before, after]
    const accounts = options.sources.map(({ account }) => account.key)
    this.isContinued = from !== null
    const cuts = getCuts(from, accounts, forward)
    this.all = options.sources.map((source, index) => ({
      ...source,
      index,
      isQueued: false,
      cut: cuts[index]!,
      end: cuts[index]!,
      slice: null,
      edges: [],
      running: null,
      scan: new PageScan(options.scanCalls, options.call, () => this.#isNext(index)),
    }))
    this.#until = to?.edge ?? null
    if (after && before) assertOrder(after, before, accounts)
    const reach = this.#until && findPosition(accounts, this.#until)
    const inReach = this.all.filter((_, index) => reach === null || (forward ? index <= reach : index >= reach))
    const done = forward ? 'end' : 'start'
    this.queue = (forward ? inReach : inReach.toReversed()).filter((part) => part.listing && part.cut !== done)
    for (const part of this.queue) part.isQueued = true
  }

  /** Whether there are more items in the direction walked. */
  get goOn(): boolean {
    return this.queue.some(({ slice, end }) => {
      if (isGivenUp(slice?.failure, this.isContinued)) return false
      return !slice || end !== (this.forward ? 'end' : 'start')
    })
  }

  /** @throws The first failure, if every account that was asked has failed. */
  async loadSlices(count: number): Promise<void> {
    let missing = count
    for (const [index, part] of this.queue.entries()) {
      if (missing === 0 || this.#stopped) break
      this.#startNeededScans(index, missing)
      part.slice = await this.#read(part, index, missing)
      const cutShort = part.slice.edges.length > missing
      part.edges = cutShort ? part.slice.edges.slice(0, missing) : part.slice.edges
      missing -= part.edges.length
      part.end = this.#getEnd(part.slice, cutShort)
      this.#stopped = part.slice.stopped && !cutShort
    }
    const asked = this.queue.flatMap(({ slice }) => slice ?? [])
    assertAnswered(asked, { sources: this.all.length, isContinued: this.isContinued })
  }

  #getEnd({ more, resume }: ListSlice<T>, cutShort: boolean): Boundary | null {
    if (cutShort) return null
    if (more) return resume
    return this.forward ? 'end' : 'start'
  }

  /** Starts this account, and those after it that the page will surely need as well, each for what will then be missing. */
  #startNeededScans(index: number, missing: number): void {
    let expected = 0
    for (const part of this.queue.slice(index)) {
      if (expected > missing) return
      this.#startScan(part, Math.max(1, missing - expected))
      expected += this.#expectLength(part)
    }
  }

  /** Whether the account gives the first node of the page, if it finds one. */
  #isNext(index: number): boolean {
    for (const part of this.queue) {
      if (part.index === index) return true
      if (!part.slice || part.edges.length > 0) return false
    }
    return false
  }

  /** How many items the account is expected to have behind its cut. */
  #expectLength({ account, cut }: AccountSlice<T>): number {
    const unknown = this.#options.isSelective ? 0 : Infinity
    return cut === (this.forward ? 'start' : 'end')
      ? (account.knownListLengths.get(this.#lengthKey) ?? unknown)
      : unknown
  }

  #startScan(part: AccountSlice<T>, count: number): Promise<ListSlice<T>> {
    part.running ??= this.#walk(part, part.cut, count)
    return part.running
  }

  /** What the account gives to the page. */
  async #read(part: AccountSlice<T>, index: number, missing: number): Promise<ListSlice<T>> {
    const slice = await this.#awaitWithEarlyStart(part, index, missing)
    const count = missing - slice.edges.length
    if (count > 0 && slice.more && !slice.stopped && !slice.failure) {
      // It was asked for less, because the accounts before it were expected to have more.
      const end = getEnd({ end: slice.resume, edges: slice.edges }, this.forward)
      joinSlices(slice, setProblemAccount(await this.#walk(part, end, count), part.account))
    }
    this.#rememberLength(part, slice)
    return slice
  }

  #walk(part: AccountSlice<T>, cut: Boundary, count: number): Promise<ListSlice<T>> {
    const { call, matches: keep, onParentItem: onOuter, isSelective } = this.#options
    return scanList(part.listing!, cut, {
      call,
      scan: part.scan,
      forward: this.forward,
      count,
      matches: keep,
      expectFewMatches: !part.isExact,
      isSelective,
      ...(this.#until && this.#until.account === markAccount(part.account.key) ? { until: this.#until.place } : {}),
      ...(onOuter ? { onParentItem: (item) => onOuter(part.account, item) } : {}),
    })
  }

  /** Waits for one account; the longer it takes, the more of the next ones are asked meanwhile. */
  async #awaitWithEarlyStart(part: AccountSlice<T>, index: number, missing: number): Promise<ListSlice<T>> {
    const waiting = this.queue.slice(index + 1).values()
    const timer = setInterval(() => {
      const next = waiting.next()
      if (next.done) clearInterval(timer)
      else void this.#startScan(next.value, missing)
    }, slowAccountMs)
    try {
      return setProblemAccount(await part.running!, part.account)
    } finally {
      clearInterval(timer)
    }
  }

  #rememberLength({ account, cut }: AccountSlice<T>, slice: ListSlice<T>): void {
    if (cut !== (this.forward ? 'start' : 'end') || slice.failure) return
    if (slice.more) account.knownListLengths.delete(this.#lengthKey)
    else account.knownListLengths.set(this.#lengthKey, slice.edges.length)
    if (account.knownListLengths.size > 1_000)
      account.knownListLengths.delete(account.knownListLengths.keys().next().value!)
  }
}

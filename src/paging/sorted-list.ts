import { Problem } from '../core/errors.ts'
import { raceWithAbort } from '../upstream/race-with-abort.ts'
import { ReadsSpent } from '../upstream/call-context.ts'
import type { Boundary } from './position.ts'
import { setProblemAccount, type LoadConnectionOptions, type AccountList } from './relay.ts'
import type { ListSlice } from './slice.ts'
import type { Account } from '../vendors/accounts.ts'
import { createPosition, type SortEntry, type SortKey } from './sort-order.ts'
import { TimedScan } from './timed-scan.ts'
import { scanList } from './scan.ts'

export interface SortOptions<T> extends LoadConnectionOptions<T> {
  key(item: T): SortKey
  id(item: T): string
  /** Estimates the memory of an object, in bytes. */
  measure(item: T): number
  /** Limits of one account: objects, and vendor calls over all pages that it takes to read them. */
  maxItems: number
  maxCalls: number
}

/** What was read of one account. */
interface SortedPart<T> {
  account: Account
  entriesById: Map<string, SortEntry<T>>
  /** Where reading continues; `'end'`: the account was read to its end. */
  cut: Boundary
  calls: number
  /** Why the last attempt to read on failed. */
  failure: Problem | null
  /** Why an object was left out. */
  problem: Problem | null
}

/** Multiple of the scan limit that one page can spend on an account. */
const scanMultiple = 3
/** Calls worth resuming a list for, since finding the place again costs one. */
const minShare = 4
/** A list's page can bring look-ups of single items; so many calls a page are expected before any was read. */
const minCallsPerPage = 1.25
/** All lists are needed, so that more are read ahead than in a walk that ends when a page is full. */
const readAhead = 7
/** Measuring an object takes longer than sorting it, so that the ones between count as much as the last one measured. */
const measuredInterval = 8
/** Part of the operation's remaining time that reading can take. */
const readingShare = 0.6

/**
 * The objects that an ordered list has read so far. No page can be given before all accounts are read, which can take more
 * vendor calls than one operation has, so that later pages continue.
 */
export class SortedList<T> {
  readonly id: string
  /** Estimated memory of the objects. */
  bytes = 0
  readonly #partByKey = new Map<string, SortedPart<T>>()
  #lastRead: Promise<unknown> = Promise.resolve()
  #pages = 0
  #calls = 0
  #refusal: Problem | null = null

  constructor(id: string) {
    this.id = id
  }

  /** Returns an empty part if the account was opened again since: its settings have changed. */
  getPart(account: Account): SortedPart<T> {
    let part = this.#partByKey.get(account.key)
    if (part?.account !== account) {
      part = { account, entriesById: new Map(), cut: 'start', calls: 0, failure: null, problem: null }
      this.#partByKey.set(account.key, part)
    }
    return part
  }

  /**
   * Reads on, as far as the operation's limits allow. Operations that read the same list take turns.
   *
   * @returns Whether anything had to be read.
   * @throws OPERATION_TOO_EXPENSIVE if the list is too long for an order.
   */
  async read(options: SortOptions<T>): Promise<boolean> {
    const reading = this.#lastRead.then(() => (options.call.signal.aborted ? false : this.#readAll(options)))
    this.#lastRead = reading.catch(() => {})
    return raceWithAbort(reading, options.call.signal)
  }

  async #readAll(options: SortOptions<T>): Promise<boolean> {
    const { call, scanCalls } = options
    const maxSpent = scanCalls * scanMultiple
    const endsAt = Date.now() + (call.time.deadline - Date.now()) * readingShare
    const isOver = (): boolean => this.#refusal !== null || Date.now() >= endsAt
    let unread = options.sources
      .filter(({ account, listing }) => listing && this.getPart(account).cut !== 'end')
      .map((source) => ({ source, spent: 0 }))
    const hasRead = unread.length > 0
    let hasProgressed = false
    while (unread.length > 0) {
      const share = Math.floor(call.readsLeft / this.#callsPerPage / unread.length)
      if (share < minShare && hasProgressed) break
      const readsLeft = call.readsLeft
      const results = await Promise.all(
        unread.map(async (one) => {
          const scan = new TimedScan(Math.max(1, Math.min(share, maxSpent - one.spent)), isOver)
          await this.#readPart(one.source, scan, options)
          one.spent += scan.spent
          return scan.spent > 0
        }),
      )
      if (this.#refusal) throw this.#refusal
      if (Number.isFinite(readsLeft)) this.#calls += readsLeft - call.readsLeft
      hasProgressed ||= results.includes(true)
      unread = unread.filter(({ source, spent }, index) => {
        const { cut, failure } = this.getPart(source.account)
        return results[index] && !failure && cut !== 'end' && maxSpent - spent >= minShare && !isOver()
      })
    }
    if (hasProgressed) this.#forgiveSpentReads(options.sources)
    return hasRead
  }

  get #callsPerPage(): number {
    return Math.max(minCallsPerPage, this.#pages === 0 ? 0 : this.#calls / this.#pages)
  }

  /** An account that found no reads left is not at fault if others used them: the next page has its own. */
  #forgiveSpentReads(sources: readonly AccountList<T>[]): void {
    for (const { account } of sources) {
      const part = this.getPart(account)
      if (part.failure instanceof ReadsSpent) part.failure = null
    }
  }

  async #readPart(source: AccountList<T>, scan: TimedScan, options: SortOptions<T>): Promise<void> {
    const { account } = source
    const part = this.getPart(account)
    const outerByItem = new Map<T, unknown>()
    let outer: unknown = null
    const slice = setProblemAccount(
      await scanList(source.listing!, part.cut, {
        call: options.call,
        scan,
        forward: true,
        count: options.maxItems + 1 - part.entriesById.size,
        matches: (item) => {
          if (!options.matches(item)) return false
          outerByItem.set(item, outer)
          return true
        },
        expectFewMatches: true,
        readAhead,
        onParentItem: (item) => void (outer = item),
        onListCount: (count) => this.#limit(count <= options.maxCalls, source, options),
        onTotal: (total) => this.#limit(!source.isExact || total <= options.maxItems, source, options),
      }),
      account,
    )
    let bytes = 0
    for (const [index, { node }] of slice.edges.entries()) {
      const id = options.id(node)
      const position = createPosition(options.key(node), account.key, id)
      part.entriesById.set(id, { node, outer: outerByItem.get(node), account, position })
      if (index % measuredInterval === 0) bytes = options.measure(node)
      this.bytes += bytes
    }
    this.#pages += scan.spent
    part.calls += scan.spent
    part.cut = findEnd(slice, part.cut)
    part.failure = slice.failure
    part.problem ??= slice.problem
    const isWithin = part.entriesById.size <= options.maxItems && (part.cut === 'end' || part.calls <= options.maxCalls)
    if (!this.#refusal && !isWithin) this.#refusal = createTooLongProblem(source, options)
  }

  #limit(isWithin: boolean, source: AccountList<T>, options: SortOptions<T>): void {
    if (isWithin) return
    this.#refusal = createTooLongProblem(source, options)
    throw this.#refusal
  }
}

function findEnd<T>({ more, resume, edges }: ListSlice<T>, cut: Boundary): Boundary {
  if (!more) return 'end'
  const last = edges.at(-1)
  return resume ?? (last ? { after: last.getPosition() } : cut)
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

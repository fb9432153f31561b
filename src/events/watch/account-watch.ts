import type { Clock } from '../../upstream/clock.ts'
import type { Account } from '../../vendors/accounts.ts'
import { includesInterest, mergeInterests, type EventInterest } from '../stream/selection.ts'
import type { SourceStates } from './source-states.ts'
import type { Watcher } from './source.ts'
import type { LeaseHolder, WatchLease } from './watch-lease.ts'

export interface AccountWatchOptions {
  account: Account
  states: SourceStates
  clock: Clock
  /** Time for which polling continues without a subscriber, in milliseconds. */
  getLingerMs(): number
  openLease(holder: LeaseHolder): WatchLease
  /** Creates the watcher of the account. Null if nothing has to run, because all events arrive in webhooks. */
  createWatcher(lease: WatchLease): Watcher | null
}

/**
 * Watches one account as long as it is needed and this process holds its lease: an event connection always, polling while
 * there are subscribers.
 */
export class AccountWatch {
  readonly account: Account
  readonly #options: AccountWatchOptions
  readonly #interests = new Set<EventInterest>()
  readonly #lease: WatchLease
  readonly #watcher: Watcher | null
  #running: AbortController | null = null
  #ended: Promise<void> = Promise.resolve()
  /** Interest of streams that have ended, until their linger time ends. */
  #lingeringInterest: EventInterest = noInterest
  #lingering: AbortController | null = null
  #isStopped = false

  constructor(options: AccountWatchOptions) {
    this.account = options.account
    this.#options = options
    this.#lease = options.openLease({
      onAcquired: () => this.#start(),
      onLost: () => void this.#end(),
      onUnneeded: () => void this.#endAndForget(),
      onPollRequested: () => this.#watcher?.pollSoon?.(),
    })
    this.#watcher = options.createWatcher(this.#lease)
    if (this.#watcher && !this.#isPolled) this.#lease.request(mergeInterests([]))
  }

  /** Whether a watcher reports the state of the account. Otherwise, all events arrive in webhooks. */
  get hasWatcher(): boolean {
    return this.#watcher !== null
  }

  /** Adds the interest of a stream. Returns a function that removes it. */
  addInterest(interest: EventInterest): () => void {
    if (!this.#isPolled) return () => {}
    const isRead = !this.#running || includesInterest(this.#lease.getInterest(), interest)
    this.#interests.add(interest)
    this.#requestInterests()
    if (!isRead) this.#pollFirst()
    return () => {
      this.#interests.delete(interest)
      // The account can have been opened again. The lease then belongs to another watch.
      if (!this.#isStopped) void this.#keepLingering(interest)
    }
  }

  /** Polls at once, if the account is being polled. */
  pollSoon(): void {
    if (this.#isPolled) this.#lease.pollSoon()
  }

  /** Polls participants for the first time. Until they were read, those who join can be missed. */
  #pollFirst(): void {
    const { account } = this
    const { states } = this.#options
    if (states.find(account).status === 'LIVE') states.set(account, { status: 'CONNECTING' })
    this.pollSoon()
  }

  /** Stops watching, and resolves when the watcher has ended and another process can watch. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#lingering?.abort()
    await this.#end()
    await this.#lease.close()
  }

  get #isPolled(): boolean {
    return this.#watcher?.pollSoon !== undefined
  }

  #start(): void {
    if (this.#running || !this.#watcher) return
    const running = new AbortController()
    this.#running = running
    // The watcher of an earlier subscription can still be ending.
    this.#ended = this.#ended.then(() => (running.signal.aborted ? undefined : this.#watcher!.run(running.signal)))
  }

  async #end(): Promise<void> {
    this.#running?.abort()
    this.#running = null
    await this.#ended
  }

  async #endAndForget(): Promise<void> {
    await this.#end()
    if (!this.#running) this.#options.states.reset(this.account)
  }

  #requestInterests(): void {
    this.#lease.request(mergeInterests([...this.#interests, this.#lingeringInterest]))
  }

  /** Keeps the interest of an ended stream for the linger time, so that a client that subscribes again misses nothing. */
  async #keepLingering(interest: EventInterest): Promise<void> {
    const merged = mergeInterests([this.#lingeringInterest, interest])
    this.#lingeringInterest = isLarge(merged) ? interest : merged
    this.#requestInterests()
    this.#lingering?.abort()
    const lingering = (this.#lingering = new AbortController())
    const { clock, getLingerMs } = this.#options
    await clock.sleep(getLingerMs(), lingering.signal).catch(() => {})
    if (lingering.signal.aborted) return
    this.#lingeringInterest = noInterest
    if (this.#interests.size > 0) this.#requestInterests()
    else this.#lease.request(null)
  }
}

const noInterest: EventInterest = { participantsOf: 'none' }

/** Streams that select other conferences again and again must not use up the memory. */
const isLarge = ({ participantsOf }: EventInterest): boolean =>
  typeof participantsOf !== 'string' && participantsOf.size > maxLingeringConferences
const maxLingeringConferences = 5_000

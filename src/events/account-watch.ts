import type { Clock } from '../upstream/clock.ts'
import type { Account } from '../vendors/accounts.ts'
import { mergeInterests, type EventInterest } from './selection.ts'
import type { SourceStates } from './source-states.ts'
import type { Watcher } from './source.ts'

export interface AccountWatchOptions {
  account: Account
  states: SourceStates
  clock: Clock
  /** Time for which polling continues without a subscriber, in milliseconds. */
  getLingerMs(): number
  /** Creates the watcher of the account. Null if nothing has to run, because all events arrive in webhooks. */
  createWatcher(getInterest: () => EventInterest): Watcher | null
}

/** Watches one account as long as it is needed: an event connection always, polling while there are subscribers. */
export class AccountWatch {
  readonly account: Account
  readonly #options: AccountWatchOptions
  readonly #interests = new Set<EventInterest>()
  readonly #watcher: Watcher | null
  #running: AbortController | null = null
  #ended: Promise<void> = Promise.resolve()
  #lingering: AbortController | null = null

  constructor(options: AccountWatchOptions) {
    this.account = options.account
    this.#options = options
    this.#watcher = options.createWatcher(() => mergeInterests(this.#interests))
    if (!this.#isPolled) this.#start()
  }

  /** Adds what a stream wants to know. Returns a function that removes it. */
  addInterest(interest: EventInterest): () => void {
    this.#interests.add(interest)
    this.#lingering?.abort()
    this.#lingering = null
    if (this.#isPolled) this.#start()
    return () => {
      this.#interests.delete(interest)
      if (this.#interests.size === 0 && this.#isPolled) void this.#stopLater()
    }
  }

  /** Polls at once, if the account is being polled. */
  pollSoon(): void {
    if (this.#running) this.#watcher?.pollSoon?.()
  }

  /** Stops watching, and resolves when the watcher has ended. */
  async stop(): Promise<void> {
    this.#lingering?.abort()
    this.#running?.abort()
    this.#running = null
    await this.#ended
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

  async #stopLater(): Promise<void> {
    const lingering = (this.#lingering = new AbortController())
    const { clock, getLingerMs, states } = this.#options
    await clock.sleep(getLingerMs(), lingering.signal).catch(() => {})
    if (lingering.signal.aborted) return
    await this.stop()
    if (!this.#running) states.reset(this.account)
  }
}

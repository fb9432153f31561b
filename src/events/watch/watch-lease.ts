import type { EventInterest } from '../stream/selection.ts'
import type { SourceState } from './source.ts'

/** Decides whether this process watches an account. Of the processes that share an event log, one does. */
export interface WatchLease {
  /** Whether this process can report what it observes. */
  readonly isHeld: boolean
  /** Changes the interest of the streams of this process. Null: none, and this process does not need the lease. */
  request(interest: EventInterest | null): void
  /** Returns the interest of the streams of all processes. */
  getInterest(): EventInterest
  /** Has the account polled at once, by the process that polls it. */
  pollSoon(): void
  /** Shows the other processes the state that this process has observed. Ignored if the lease is not held. */
  shareState(state: SourceState): void
  /** Ends the lease, so that another process can watch. Never rejects. */
  close(): Promise<void>
}

/** The watch of an account in this process. */
export interface LeaseHolder {
  /** This process must watch. */
  onAcquired(): void
  /** This process must not watch anymore. Another process can. */
  onLost(): void
  /** No process must watch anymore, because no stream needs it. */
  onUnneeded(): void
  /** This process watches, and a change is to be observed at once. */
  onPollRequested(): void
}

/** The lease of a process that shares its event log with no other. */
export class LocalLease implements WatchLease {
  readonly isHeld = true
  readonly #holder: LeaseHolder
  #interest: EventInterest | null = null

  constructor(holder: LeaseHolder) {
    this.#holder = holder
  }

  request(interest: EventInterest | null): void {
    const before = this.#interest
    this.#interest = interest
    if (interest && !before) this.#holder.onAcquired()
    if (!interest && before) this.#holder.onUnneeded()
  }

  getInterest(): EventInterest {
    return this.#interest ?? { participantsOf: 'none' }
  }

  pollSoon(): void {
    if (this.#interest) this.#holder.onPollRequested()
  }

  shareState(): void {}

  async close(): Promise<void> {}
}

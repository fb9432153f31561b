import type { Outdated } from '../outdated.ts'
import type { SourceState } from './source.ts'
import type { LeaseHolder, WatchLease } from './watch-lease.ts'

/** What other processes report. */
export interface PeerListener {
  /** The process that watches an account reports its state. Null: no process watches it. */
  onState(account: string, state: SourceState | null): void
  /** A process has received a webhook of an account. @param heardAt In milliseconds since the epoch. */
  onHeard(account: string, heardAt: number): void
  /** Cached data of an account is outdated, and no event reports why. */
  onOutdated(account: string, outdated: Outdated): void
}

/** The processes that share an event log. */
export interface EventPeers {
  /** Sets what receives the reports of other processes. */
  setListener(listener: PeerListener): void
  /** Opens the lease of an account. */
  openLease(account: string, holder: LeaseHolder): WatchLease
  /** Reports a webhook. @param heardAt In milliseconds since the epoch. */
  shareHeard(account: string, heardAt: number): void
  /** Reports outdated data to the other processes. */
  shareOutdated(account: string, outdated: Outdated): void
}

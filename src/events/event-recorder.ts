import { Problem } from '../core/errors.ts'
import type { Clock } from '../upstream/clock.ts'
import type { Account } from '../vendors/accounts.ts'
import type { VendorMessage } from '../vendors/vendor-events.ts'
import type { EventPeers } from './watch/event-peers.ts'
import type { EventStore } from './log/event-store.ts'
import type { EventOrigin, Gap, LogEntry, NewEntry, ObservedEvent } from './log/log-entry.ts'
import type { Outdated } from './outdated.ts'
import type { HookSink } from './receive-hook.ts'
import type { SourceStates } from './watch/source-states.ts'
import type { SourceSink, SourceState } from './watch/source.ts'
import type { WatchLease } from './watch/watch-lease.ts'

export interface EventRecorderOptions {
  store: EventStore
  /** The other processes that use the store. Null: there are none. */
  peers?: EventPeers | null
  states: SourceStates
  clock: Clock
  /** Called once for each entry that this process has recorded. */
  onRecorded?(entry: LogEntry): void
  /** Called when cached data of an account is outdated, in every process, before streams learn of the event. */
  onOutdated?(account: string, outdated: Outdated): void
}

/** The part of a lease that a sink needs. */
export type SinkLease = Pick<WatchLease, 'isHeld' | 'shareState'>

const alwaysHeld: SinkLease = { isHeld: true, shareState: () => {} }

/** Records what watchers and webhooks report, and shares it with the other processes. */
export class EventRecorder {
  readonly #options: EventRecorderOptions

  constructor(options: EventRecorderOptions) {
    this.#options = options
  }

  /** Returns where the watcher of an account reports what it observes. @param lease If it is not held, nothing is reported. */
  createSink(account: Account, lease: SinkLease = alwaysHeld): SourceSink {
    const { states } = this.#options
    const set = (changes: Partial<SourceState>): void => {
      if (lease.isHeld) lease.shareState(states.set(account, changes))
    }
    return {
      reportLive: (heardAt, interval, observedUntil) => {
        const observedSince = states.getObservedSince(account) ?? observedUntil
        set({ status: 'LIVE', heardAt, interval, observedUntil, observedSince, problem: null })
      },
      reportInterval: (interval) => set({ interval }),
      reportInterrupted: (problem) => set({ status: 'INTERRUPTED', problem }),
      record: async (gap, events) => {
        if (!lease.isHeld) throw createLeaseLostProblem()
        await this.#record(account, gap, events)
      },
      recordMessage: (message, origin) => this.#recordMessage(account, message, origin),
    }
  }

  /** Returns where the webhooks of an account are reported. */
  createHookSink(account: Account): HookSink {
    return {
      reportHeard: () => this.#reportHeard(account),
      recordMessage: (message, origin) => this.#recordMessage(account, message, origin),
      recordLateMessage: (message) => this.#recordLateMessage(account, message),
    }
  }

  #reportHeard(account: Account): void {
    const { states, peers, clock } = this.#options
    const heardAt = clock.now()
    states.set(account, { heardAt })
    peers?.shareHeard(account.key, heardAt)
  }

  async #recordMessage(account: Account, message: VendorMessage, origin: EventOrigin): Promise<void> {
    const { event, identity, outdatedConference, areUsersOutdated } = message
    const { peers, clock, onOutdated } = this.#options
    const observedAt = clock.now()
    this.#reportHeard(account)
    if (outdatedConference !== null || areUsersOutdated) {
      const outdated = { conference: outdatedConference, areUsersOutdated }
      onOutdated?.(account.key, outdated)
      // Every process applies an event, so that only the rest must be shared.
      if (!event || areUsersOutdated) peers?.shareOutdated(account.key, outdated)
    }
    if (event) await this.#record(account, null, [{ event, identity, origin, observedAt }])
  }

  async #record({ key }: Account, gap: Gap | null, events: readonly ObservedEvent[]): Promise<void> {
    const entries: NewEntry[] = events.map(({ identity, ...event }) => ({
      entry: { kind: 'event', account: key, ...event },
      identity,
    }))
    if (gap) entries.unshift({ entry: { kind: 'gap', account: key, ...gap }, identity: null })
    await this.#recordEntries(entries)
  }

  async #recordEntries(entries: readonly NewEntry[]): Promise<void> {
    const { store, onRecorded } = this.#options
    for (const { entry } of await store.record(entries)) onRecorded?.(entry)
  }

  /** If the same message arrives in time later, its event is recorded. So the gap has an identity of its own. */
  async #recordLateMessage({ key }: Account, { event, identity, occurredAt }: VendorMessage): Promise<void> {
    if (!event) return
    const until = this.#options.clock.now()
    const gap = { since: Math.min(occurredAt, until), until }
    await this.#recordEntries([{ entry: { kind: 'gap', account: key, ...gap }, identity: `late ${identity}` }])
  }
}

const createLeaseLostProblem = (): Problem =>
  new Problem('STORE_UNAVAILABLE', 'Another process watches the account now. Nothing was recorded.')

import type { Clock } from '../upstream/clock.ts'
import type { Account } from '../vendors/accounts.ts'
import type { VendorMessage } from '../vendors/vendor-events.ts'
import type { Conference } from '../vendors/vendor.ts'
import { AccountWatch } from './account-watch.ts'
import { ConferenceStates } from './conference-states.ts'
import { EventConferences } from './event-conferences.ts'
import type { RecordedEntry } from './event-log.ts'
import type { EventStore } from './event-store.ts'
import { EventStream, type EventStreamOptions } from './event-stream.ts'
import type { EventOrigin, Gap, LogEntry, NewEntry, ObservedEvent } from './log-entry.ts'
import type { EventCursor, LogPosition } from './log-position.ts'
import type { HookSink } from './receive-hook.ts'
import { selectsAccount, toInterest, type EventInterest, type EventSelection } from './selection.ts'
import { SourceStates } from './source-states.ts'
import { StreamGroups } from './stream-group.ts'
import type { SourceSink, Watcher } from './source.ts'

export interface LiveEventsLimits {
  /** Time for which polling continues without a subscriber, in milliseconds. */
  eventLinger: number
  /** Deadline of the execution of one message, in milliseconds. */
  streamEvent: number
}

/** Creates the watcher of an account. Null if all of its events arrive in webhooks. */
export type CreateWatcher = (account: Account, sink: SourceSink, getInterest: () => EventInterest) => Watcher | null

export interface LiveEventsOptions {
  store: EventStore
  clock: Clock
  getLimits(): LiveEventsLimits
  createWatcher: CreateWatcher
  /** Called once for each entry that this process has recorded. */
  onRecorded?(entry: LogEntry): void
  /** Called for each gap that a stream reports because of its cursor or its reader. */
  onStreamGap?: EventStreamOptions['onGap']
  /** Called when cached data of an account is outdated, in every process, before streams learn of the event. */
  onOutdated?(account: string, outdated: Outdated): void
}

/** What a message of a vendor makes outdated. */
export interface Outdated {
  /** `vendorId` of a conference. Null if none. */
  conference: string | null
  areUsersOutdated: boolean
}

export interface SubscribeOptions {
  selection: EventSelection
  after: EventCursor | null
  heartbeatMs: number | null
  /** Returns the accounts that the caller can use now, in configuration order. */
  listAccounts(): readonly Account[]
}

/** Receives, records, and delivers the events of all accounts. */
export class LiveEvents {
  readonly states = new SourceStates()
  readonly #options: LiveEventsOptions
  readonly #conferenceStates = new ConferenceStates()
  readonly #conferences: EventConferences
  #watchByAccount: ReadonlyMap<string, AccountWatch> = new Map()
  readonly #streams = new Set<EventStream>()
  readonly #groups = new StreamGroups()
  /** Position of the last entry that was applied to `#conferenceStates`. Before every position at first. */
  #appliedUntil: LogPosition = { ms: 0, index: 0 }

  constructor(options: LiveEventsOptions) {
    this.#options = options
    const { store, clock, getLimits } = options
    this.#conferences = new EventConferences({
      states: this.#conferenceStates,
      getTimeoutMs: () => getLimits().streamEvent,
      now: () => clock.now(),
    })
    // Before every stream, which are added later.
    store.log.addListener(() => this.#applyEntries())
  }

  /** Watches the accounts of the configuration in use. An account that was opened again is watched anew. */
  watch(accounts: readonly Account[]): void {
    const before = this.#watchByAccount
    this.#watchByAccount = new Map(
      accounts.map((account) => {
        const existing = before.get(account.key)
        if (existing?.account === account) return [account.key, existing]
        return [account.key, this.#createWatch(account)]
      }),
    )
    for (const [key, watch] of before) {
      if (this.#watchByAccount.get(key) === watch) continue
      void watch.stop()
      this.states.reset(watch.account)
    }
    for (const stream of this.#streams) stream.renewInterests()
  }

  /** Opens a stream of messages. Ends when `return` of the stream is called. */
  subscribe(options: SubscribeOptions): EventStream {
    const { store, clock } = this.#options
    const { group, leave } = this.#groups.join(options.listAccounts(), options.selection)
    const stream = new EventStream({
      ...options,
      group,
      log: store.log,
      states: this.states,
      now: () => clock.now(),
      addInterest: (key) => {
        const { selection } = options
        return selectsAccount(selection, key)
          ? this.#watchByAccount.get(key)?.addInterest(toInterest(selection, key))
          : undefined
      },
      onGap: this.#options.onStreamGap,
      onEnd: () => {
        this.#streams.delete(stream)
        leave()
      },
    })
    this.#streams.add(stream)
    return stream
  }

  /** Returns where the watcher of an account, or the receiver of its webhooks, reports what it observes. */
  createSink(account: Account): SourceSink {
    return {
      reportLive: (heardAt, interval) => this.states.set(account, { status: 'LIVE', heardAt, interval, problem: null }),
      reportInterrupted: (problem) => this.states.set(account, { status: 'INTERRUPTED', problem }),
      record: (gap, events) => this.#record(account, gap, events),
      recordMessage: (message, origin) => this.#recordMessage(account, message, origin),
    }
  }

  /** Returns where the webhooks of an account are reported. */
  createHookSink(account: Account): HookSink {
    return {
      reportHeard: () => this.states.set(account, { heardAt: this.#options.clock.now() }),
      recordMessage: (message, origin) => this.#recordMessage(account, message, origin),
      recordLateMessage: (message) => this.#recordLateMessage(account, message),
    }
  }

  /** Polls an account at once, if it is being polled: a mutation has changed it. */
  pollSoon(account: string): void {
    this.#watchByAccount.get(account)?.pollSoon()
  }

  /** Returns the conference of an event. See `EventConferences`. */
  loadConference(account: Account, recorded: RecordedEntry): Promise<Conference | null> {
    return this.#conferences.load(account, recorded)
  }

  /** Stops all watchers and ends all streams. */
  async stop(): Promise<void> {
    for (const stream of this.#streams) void stream.return()
    await Promise.all([...this.#watchByAccount.values()].map((watch) => watch.stop()))
  }

  #createWatch(account: Account): AccountWatch {
    const { clock, getLimits, createWatcher } = this.#options
    return new AccountWatch({
      account,
      states: this.states,
      clock,
      getLingerMs: () => getLimits().eventLinger,
      createWatcher: (getInterest) => createWatcher(account, this.createSink(account), getInterest),
    })
  }

  async #recordMessage(account: Account, message: VendorMessage, origin: EventOrigin): Promise<void> {
    const { event, identity, outdatedConference, areUsersOutdated } = message
    const observedAt = this.#options.clock.now()
    this.states.set(account, { heardAt: observedAt })
    if (outdatedConference !== null || areUsersOutdated)
      this.#options.onOutdated?.(account.key, { conference: outdatedConference, areUsersOutdated })
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

  /** Applies the newest entries, of all processes, before streams report them. */
  #applyEntries(): void {
    const { store, onOutdated } = this.#options
    const { log } = store
    for (let next = log.findAfter(this.#appliedUntil); next; next = log.findAfter(this.#appliedUntil)) {
      this.#appliedUntil = next.position
      const { entry } = next
      if (entry.kind !== 'event') continue
      this.#conferenceStates.add(entry.account, entry.event)
      onOutdated?.(entry.account, { conference: entry.event.conferenceId, areUsersOutdated: false })
    }
  }
}

import type { Account } from '../vendors/accounts.ts'
import type { Conference } from '../vendors/vendor-objects.ts'
import { AccountWatch } from './watch/account-watch.ts'
import { ConferenceStates } from './stream/conference-states.ts'
import { EventConferences } from './stream/event-conferences.ts'
import type { RecordedEntry } from './log/event-log.ts'
import { EventRecorder, type EventRecorderOptions, type SinkLease } from './event-recorder.ts'
import { EventStream, type EventStreamOptions } from './stream/event-stream.ts'
import type { EventCursor, LogPosition } from './log/log-position.ts'
import type { HookSink } from './receive-hook.ts'
import { selectsAccount, toInterest, type EventInterest, type EventSelection } from './stream/selection.ts'
import { SourceStates } from './watch/source-states.ts'
import { StreamGroups } from './stream/stream-group.ts'
import type { SourceSink, SourceState, Watcher } from './watch/source.ts'
import { LocalLease } from './watch/watch-lease.ts'

export interface LiveEventsLimits {
  /** Time for which polling continues without a subscriber, in milliseconds. */
  eventLinger: number
  /** Deadline of the execution of one message, in milliseconds. */
  streamEvent: number
}

export interface CreateWatcherOptions {
  sink: SourceSink
  /** Returns the interest of the streams of all processes. */
  getInterest(): EventInterest
  /** Returns the time until which every event of the account was recorded, by any process. See `SourceState`. */
  getObservedUntil(): number | null
}

/** Creates the watcher of an account. Null if all of its events arrive in webhooks. */
export type CreateWatcher = (account: Account, options: CreateWatcherOptions) => Watcher | null

export interface LiveEventsOptions extends Omit<EventRecorderOptions, 'states'> {
  getLimits(): LiveEventsLimits
  createWatcher: CreateWatcher
  /** Called for each gap that a stream reports because of its cursor or its reader. */
  onStreamGap?: EventStreamOptions['onGap']
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
  readonly #recorder: EventRecorder
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
    this.#recorder = new EventRecorder({ ...options, states: this.states })
    // Before every stream, which are added later.
    store.log.addListener(() => this.#applyEntries())
    options.peers?.setListener({
      onState: (key, state) => this.#applyState(key, state),
      onHeard: (key, heardAt) => this.#applyHeard(key, heardAt),
      onOutdated: (key, outdated) => options.onOutdated?.(key, outdated),
    })
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
      if (this.#watchByAccount.has(key)) this.states.restart(watch.account)
      else this.states.reset(watch.account)
    }
    this.renewInterests()
  }

  /** Adds the interests of the streams to the watches again. Call it after callers have changed. */
  renewInterests(): void {
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

  /** Returns where the watcher of an account reports what it observes. See `EventRecorder`. */
  createSink(account: Account, lease?: SinkLease): SourceSink {
    return this.#recorder.createSink(account, lease)
  }

  /** Returns where the webhooks of an account are reported. */
  createHookSink(account: Account): HookSink {
    return this.#recorder.createHookSink(account)
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
    const { peers, clock, getLimits, createWatcher } = this.#options
    return new AccountWatch({
      account,
      states: this.states,
      clock,
      getLingerMs: () => getLimits().eventLinger,
      openLease: (holder) => peers?.openLease(account.key, holder) ?? new LocalLease(holder),
      createWatcher: (lease) =>
        createWatcher(account, {
          sink: this.createSink(account, lease),
          getInterest: () => lease.getInterest(),
          getObservedUntil: () => this.states.getObservedUntil(account),
        }),
    })
  }

  #applyState(key: string, state: SourceState | null): void {
    const watch = this.#watchByAccount.get(key)
    if (!watch?.hasWatcher) return
    if (state) this.states.set(watch.account, state)
    else this.states.reset(watch.account)
  }

  #applyHeard(key: string, heardAt: number): void {
    const account = this.#watchByAccount.get(key)?.account
    if (account && heardAt > (this.states.find(account).heardAt ?? 0)) this.states.set(account, { heardAt })
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

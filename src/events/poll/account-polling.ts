import { randomUUID } from 'node:crypto'
import { createInternalProblem, Problem } from '../../core/errors.ts'
import { backgroundCaller, CallContext, type VendorCallBudget } from '../../upstream/call-context.ts'
import type { MonotonicClock } from '../../upstream/clock.ts'
import type { Account } from '../../vendors/accounts.ts'
import type { ObservedEvent } from '../log/log-entry.ts'
import { compareSnapshots } from './poll-comparison.ts'
import type { PollLimits, PollPace } from './poll-pace.ts'
import type { PolledConference } from './polled-conference.ts'
import { includesInterest, type EventInterest } from '../stream/selection.ts'
import { SnapshotReader } from './snapshot-reader.ts'
import type { SourceSink } from '../watch/source.ts'

/** Time of one vendor call and its retries, in milliseconds. */
const callTimeMs = 15_000
/** Time of one poll, in milliseconds. The longest lists have hundreds of pages. */
const pollTimeMs = 300_000
/** Share of the calls per minute that one poll can use for lookups, and their minimum. */
const lookupShare = 0.5
const minLookups = 5

export interface AccountPollingOptions {
  account: Pick<Account, 'key' | 'vendor'>
  clock: MonotonicClock
  getLimits(): PollLimits
  /** Returns what open streams select. */
  getInterest(): EventInterest
  sink: SourceSink
  /** Returns when the last successful poll of another process began, in milliseconds since the epoch. Default: null, none. */
  getObservedUntil?(): number | null
}

/** What a poll has found. */
interface Findings {
  startedAt: number
  events: readonly ObservedEvent[]
}

/** Polls of one account in one process: compares each poll with the last complete one and reports the events. */
export class AccountPolling {
  readonly #options: AccountPollingOptions
  readonly #pace: PollPace
  readonly #signal: AbortSignal
  readonly #reader: SnapshotReader
  #snapshot: Map<string, PolledConference> | null = null
  /** Beginning of the last poll whose events were recorded. At first, the beginning of the first poll. */
  #recordedAt: number
  /** Whether events can have been missed since then. */
  #isInterrupted: boolean
  #unrecorded: Findings | null = null

  constructor(options: AccountPollingOptions, pace: PollPace, signal: AbortSignal) {
    this.#options = options
    this.#pace = pace
    this.#signal = signal
    this.#reader = new SnapshotReader(options.account.vendor)
    const lastPolledAt = options.getObservedUntil?.() ?? null
    this.#recordedAt = lastPolledAt ?? options.clock.now()
    this.#isInterrupted = lastPolledAt !== null
  }

  /** Polls once. Never rejects. */
  async poll(): Promise<void> {
    const { account, clock, getInterest, sink } = this.#options
    const startedAt = clock.now()
    const pacedAt = clock.monotonic()
    const calls = new CallCounter()
    try {
      if (this.#unrecorded) await this.#record(this.#unrecorded)
      const interest = getInterest()
      const after = await this.#readSnapshot(interest, startedAt, calls)
      this.#pace.recordSuccess(pacedAt, calls.count)
      if (after === null) return
      // Reported before the events. Otherwise, a message with nothing but the interval could follow an event at once.
      if (this.#snapshot !== null && !this.#isInterrupted) sink.reportInterval(this.#intervalSeconds)
      const events = await this.#listEvents(after)
      this.#snapshot = after
      await this.#record({ startedAt, events })
      // Participants that were selected during the poll were not read. The next poll, which follows at once, reads them.
      if (!includesInterest(interest, getInterest())) return
      sink.reportLive(clock.now(), this.#intervalSeconds, startedAt)
    } catch (error) {
      if (this.#signal.aborted) return
      const problem = error instanceof Problem ? error : createInternalProblem({ cause: error })
      problem.account ??= account.key
      this.#isInterrupted = true
      this.#pace.recordFailure(clock.monotonic(), Math.max(0, (problem.retryAt ?? 0) - clock.now()))
      sink.reportInterrupted(problem)
    }
  }

  #readSnapshot(
    { participantsOf }: EventInterest,
    startedAt: number,
    calls: CallCounter,
  ): Promise<Map<string, PolledConference> | null> {
    const { clock, getLimits } = this.#options
    const end = startedAt + pollTimeMs
    return this.#reader.read({
      before: this.#snapshot,
      maxLookups: Math.max(minLookups, Math.floor(getLimits().eventPollCalls * lookupShare)),
      selectsParticipants: (id) => participantsOf === 'all' || (participantsOf !== 'none' && participantsOf.has(id)),
      createCall: () => {
        const now = clock.now()
        if (now >= end) throw createTimeoutProblem()
        const time = { deadline: Math.min(end, now + callTimeMs) }
        return new CallContext({ caller: backgroundCaller, signal: this.#signal, time, vendorCalls: calls })
      },
    })
  }

  async #listEvents(after: ReadonlyMap<string, PolledConference>): Promise<ObservedEvent[]> {
    if (this.#snapshot === null) return []
    const observedAt = this.#options.clock.now()
    const { comparedFields } = this.#options.account.vendor.polledEvents!
    const events = await compareSnapshots(this.#snapshot, after, comparedFields, observedAt)
    return events.map((event) => ({
      event,
      origin: 'POLL',
      observedAt,
      // If it is not known whether a record was stored, the same events are recorded again.
      identity: randomUUID(),
    }))
  }

  get #intervalSeconds(): number {
    return Math.ceil(this.#pace.intervalMs / 1_000)
  }

  /** @throws STORE_UNAVAILABLE. The next poll then records the findings first. */
  async #record(findings: Findings): Promise<void> {
    const { clock, sink } = this.#options
    this.#unrecorded = findings
    const gap = this.#isInterrupted ? { since: this.#recordedAt, until: clock.now() } : null
    if (gap || findings.events.length > 0) await sink.record(gap, findings.events)
    this.#unrecorded = null
    this.#recordedAt = findings.startedAt
    this.#isInterrupted = false
  }
}

/** Counts vendor calls and their retries. */
class CallCounter implements VendorCallBudget {
  count = 0
  take(): void {
    this.count++
  }
  charge(): void {
    this.count++
  }
}

const createTimeoutProblem = (): Problem =>
  new Problem('VENDOR_TIMEOUT', 'The conferences of the account could not be read in time. Retry later.')

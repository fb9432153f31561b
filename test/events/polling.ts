import { onTestFinished } from 'vitest'
import { Poller } from '../../src/events/poll/poller.ts'
import type { Gap, ObservedEvent } from '../../src/events/log/log-entry.ts'
import type { EventInterest } from '../../src/events/stream/selection.ts'
import type { SourceSink } from '../../src/events/watch/source.ts'
import { Problem } from '../../src/core/errors.ts'
import type { Sandbox } from '../../src/sandboxes/kit.ts'
import type { AnyVendor } from '../../src/vendors/definition.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { openAccount } from '../support/account.ts'
import { startSandboxOf } from '../support/sandbox.ts'

export type Recorded = { kind: 'gap'; gap: Gap } | { kind: 'event'; event: ObservedEvent }
type Report = { status: 'LIVE'; heardAt: number; interval: number | null } | { status: 'INTERRUPTED'; problem: Problem }

export interface PollingOptions {
  sandbox?: object
  limits?: { eventPoll?: number; eventPollCalls?: number }
  interest?: EventInterest
  observedUntil?: number
  /** Prepares the sandbox before the first poll. */
  prepare?: (sandbox: Sandbox) => void
}

/** What the sink of a poller has received. */
export class RecordingSink implements SourceSink {
  readonly reports: Report[] = []
  readonly recorded: Recorded[] = []
  /** Intervals, and how many entries had been recorded at that time. */
  readonly intervals: { interval: number; recordedCount: number }[] = []
  /** Error that the next calls of `record` throw. */
  problem: Problem | null = null

  reportLive(heardAt: number, interval: number | null): void {
    this.reports.push({ status: 'LIVE', heardAt, interval })
  }
  reportInterval(interval: number): void {
    this.intervals.push({ interval, recordedCount: this.recorded.length })
  }
  reportInterrupted(problem: Problem): void {
    this.reports.push({ status: 'INTERRUPTED', problem })
  }
  async record(gap: Gap | null, events: readonly ObservedEvent[]): Promise<void> {
    if (this.problem) throw this.problem
    if (gap) this.recorded.push({ kind: 'gap', gap })
    this.recorded.push(...events.map((event) => ({ kind: 'event' as const, event })))
  }
  recordMessage(): Promise<void> {
    throw new Error('A poller receives no messages.')
  }
}

/** Starts a sandbox and polls it. The clock of the poller stands still until a test calls `next`. */
export async function startPolling<S extends Sandbox>(definition: AnyVendor, options: PollingOptions = {}) {
  const clock = new ManualClock()
  const sandbox = (await startSandboxOf(definition, { now: clock.now, ...options.sandbox })) as unknown as S & {
    account: object
  }
  options.prepare?.(sandbox)
  const upstream = openAccount(definition, sandbox.account, { clock, limits: { attempts: 1, breakerCalls: 1_000_000 } })
  const sink = new RecordingSink()
  const state = {
    interest: options.interest ?? ({ participantsOf: 'none' } as EventInterest),
    limits: { eventPoll: 10_000, eventPollCalls: 1_000_000, ...options.limits },
  }
  let waitMs = 0
  let waiting = Promise.withResolvers<void>()
  const poller = new Poller({
    account: { key: 'account', vendor: upstream.vendor },
    clock: {
      now: clock.now,
      monotonic: clock.monotonic,
      sleep: (ms, signal) => {
        waitMs = ms
        waiting.resolve()
        return clock.sleep(ms, signal)
      },
    },
    random: () => 0,
    getLimits: () => state.limits,
    getInterest: () => state.interest,
    sink,
    getObservedUntil: () => options.observedUntil ?? null,
  })
  const stopping = new AbortController()
  const ended = poller.run(stopping.signal)
  const stop = async (): Promise<void> => {
    stopping.abort(new Error('The test has ended.'))
    await ended
  }
  onTestFinished(async () => {
    await stop()
    await upstream.close()
    await sandbox.close()
  })
  await waiting.promise

  let [readRequests, readEntries] = [sandbox.ledger.length, 0]
  return {
    sandbox,
    upstream,
    sink,
    clock,
    poller,
    state,
    stop,
    /** Time until the next poll, in milliseconds. */
    getWaitMs: () => waitMs,
    /** Lets the time until the next poll pass. Resolves when that poll has ended. */
    async next(): Promise<void> {
      waiting = Promise.withResolvers()
      clock.advance(waitMs)
      await waiting.promise
    },
    /** Requests a poll. Resolves when it has ended. */
    async soon(): Promise<void> {
      waiting = Promise.withResolvers()
      poller.pollSoon()
      await waiting.promise
    },
    /** Calls `change` when the sandbox receives the next request whose path and query match, before it is processed. */
    onNextRequest(match: RegExp, change: () => void): void {
      const { push } = sandbox.ledger
      sandbox.ledger.push = (...received) => {
        if (received.some((request) => match.test(`${request.path}?${request.query}`))) {
          sandbox.ledger.push = push
          change()
        }
        return push.apply(sandbox.ledger, received)
      }
    },
    /** Returns the requests since the last call, such as `GET /api/v3.8/conferences`, without token requests. */
    requests(): string[] {
      const requests = sandbox.ledger.slice(readRequests).filter(({ path }) => !path.endsWith('/token'))
      readRequests = sandbox.ledger.length
      return requests.map(({ method, path }) => `${method} ${path}`)
    },
    /** Returns what was recorded since the last call, such as `CREATED 123`, `CHANGED 123 title`, and `gap`. */
    entries(): string[] {
      const entries = sink.recorded.slice(readEntries)
      readEntries = sink.recorded.length
      return entries.map((entry) => {
        if (entry.kind === 'gap') return 'gap'
        const { type, conferenceId, changed, participant } = entry.event.event
        return [type, conferenceId, ...changed, ...(participant ? [participant.vendorId] : [])].join(' ')
      })
    },
    status: () => sink.reports.at(-1)?.status ?? null,
  }
}

import { Problem } from '../../core/errors.ts'
import type { Account } from '../../vendors/accounts.ts'
import type { EventOrigin } from '../log/log-entry.ts'
import type { SourceState } from './source.ts'

/** The current state of every account that can be watched. */
export class SourceStates {
  readonly #stateByAccount = new Map<string, SourceState>()
  readonly #listeners = new Set<() => void>()
  #storeProblem: Problem | null = null
  /** Increases whenever a state other than `heardAt` changes. */
  version = 0

  /** Returns the state of an account. */
  find(account: Account): SourceState {
    const unsupported = findUnsupported(account)
    if (unsupported) return unsupported
    const state = this.#stateByAccount.get(account.key) ?? createFirstState(account)
    return this.#storeProblem === null ? state : { ...state, status: 'INTERRUPTED', problem: this.#storeProblem }
  }

  /** Returns the time until which every event of an account was recorded. See `SourceState`. */
  getObservedUntil({ key }: Account): number | null {
    return this.#stateByAccount.get(key)?.observedUntil ?? null
  }

  /** Returns the time since which an account has been watched. See `SourceState`. */
  getObservedSince({ key }: Account): number | null {
    return this.#stateByAccount.get(key)?.observedSince ?? null
  }

  /** Changes the state of an account, and returns it. */
  set(account: Account, changes: Partial<SourceState>): SourceState {
    const before = this.#stateByAccount.get(account.key) ?? createFirstState(account)
    const state = { ...before, ...changes }
    this.#stateByAccount.set(account.key, state)
    if (isStateChanged(before, state)) this.#notify()
    return state
  }

  /** Begins the state of an account again that was opened again. Keeps the times, from which its next watcher continues. */
  restart(account: Account): void {
    const before = this.#stateByAccount.get(account.key)
    if (!before) return
    const { heardAt, observedUntil, observedSince } = before
    this.set(account, { ...createFirstState(account), heardAt, observedUntil, observedSince })
  }

  /** Forgets the state of an account that is not watched anymore. */
  reset(account: Account): void {
    if (this.#stateByAccount.delete(account.key)) this.#notify()
  }

  /** Sets why the event log is unavailable: then no account is watched. Null if it is available. */
  setStoreProblem(problem: Problem | null): void {
    if (this.#storeProblem === problem) return
    this.#storeProblem = problem
    this.#notify()
  }

  /** Calls `listener` after a state has changed. Returns a function that removes it. */
  addListener(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #notify(): void {
    this.version++
    for (const listener of this.#listeners) listener()
  }
}

/** Returns the ways in which events of an account arrive, in the order of the schema. */
export function listOrigins({ vendor: { polledEvents, pushedEvents } }: Account): readonly EventOrigin[] {
  const origins: EventOrigin[] = []
  if (polledEvents) origins.push('POLL')
  if (pushedEvents?.socket) origins.push('SOCKET')
  if (pushedEvents?.readHook) origins.push('WEBHOOK')
  return origins
}

/** Whether events of an account are observed only while it is polled, or while its event connection is open. */
export const needsWatcher = ({ vendor: { polledEvents, pushedEvents } }: Account): boolean =>
  polledEvents !== undefined || pushedEvents?.socket !== undefined

function findUnsupported(account: Account): SourceState | null {
  const { vendor, label, key } = account
  if (listOrigins(account).length > 0) return null
  const hint = vendor.pushedEvents?.setupHint ?? `${label} reports no events.`
  const problem = new Problem('UNSUPPORTED_BY_VENDOR', hint, { account: key })
  return { status: 'UNSUPPORTED', heardAt: null, interval: null, observedUntil: null, observedSince: null, problem }
}

/** Webhooks can arrive at any time. Other accounts must be connected or polled first. */
function createFirstState({ vendor: { pushedEvents } }: Account): SourceState {
  const isLive = pushedEvents?.readHook !== undefined && pushedEvents.socket === undefined
  return {
    status: isLive ? 'LIVE' : 'CONNECTING',
    heardAt: null,
    interval: null,
    observedUntil: null,
    observedSince: null,
    problem: null,
  }
}

/** Ignores `heardAt` and `observedUntil`, which change with every message and poll. */
export const isStateChanged = (before: SourceState, after: SourceState): boolean =>
  before.status !== after.status ||
  before.interval !== after.interval ||
  before.problem?.code !== after.problem?.code ||
  before.problem?.retryAt !== after.problem?.retryAt

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
    const state = this.#stateByAccount.get(account.key) ?? getFirstState(account)
    if (state.status === 'UNSUPPORTED') return state
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
    const before = this.#stateByAccount.get(account.key) ?? getFirstState(account)
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
    this.set(account, { ...getFirstState(account), heardAt, observedUntil, observedSince })
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

/** First states, which are created once: every message of a stream reports the states of all of its accounts. */
const firstStates = new WeakMap<Account, SourceState>()

function getFirstState(account: Account): SourceState {
  const known = firstStates.get(account)
  if (known) return known
  const state: SourceState = {
    ...createFirstStatus(account),
    heardAt: null,
    interval: null,
    observedUntil: null,
    observedSince: null,
  }
  firstStates.set(account, state)
  return state
}

function createFirstStatus(account: Account): Pick<SourceState, 'status' | 'problem'> {
  if (needsWatcher(account)) return { status: 'CONNECTING', problem: null }
  const { vendor, label, key } = account
  // Webhooks can arrive at any time.
  if (vendor.pushedEvents?.readHook) return { status: 'LIVE', problem: null }
  const hint = vendor.pushedEvents?.setupHint ?? `${label} reports no events.`
  return { status: 'UNSUPPORTED', problem: new Problem('UNSUPPORTED_BY_VENDOR', hint, { account: key }) }
}

/** Ignores `heardAt` and `observedUntil`, which change with every message and poll. */
export const isStateChanged = (before: SourceState, after: SourceState): boolean =>
  before.status !== after.status ||
  before.interval !== after.interval ||
  before.problem?.code !== after.problem?.code ||
  before.problem?.retryAt !== after.problem?.retryAt

import { Problem } from '../core/errors.ts'
import { backgroundCaller, CallContext } from '../upstream/call-context.ts'
import type { Clock } from '../upstream/clock.ts'
import type { Account } from '../vendors/accounts.ts'
import { copyResult } from './copy-result.ts'
import type { AgeClock } from './age-clock.ts'
import { lookUpEffect } from './lookup.ts'
import type { DataChange } from '../upstream/read-subject.ts'
import type { Lookup, OperationRecord, Store } from './store.ts'
import { recordAgain } from './store-writer.ts'

/** Time after the request was sent at which a missing effect is confirmed absent, in milliseconds. Vendors can execute a request late. */
export const absenceProvenAfterMs = 60_000

/** Times of the checks, in milliseconds after the request was sent. The last four are only used if checks fail or the account is not configured. */
const checkDelaysMs = [1_000, 3_000, 7_000, 15_000, 31_000, absenceProvenAfterMs, 120_000, 300_000, 900_000, 3_600_000]

export interface OutcomeReconcilerOptions {
  store: Store
  accounts: readonly Account[]
  clock: Clock
  ages: AgeClock
  /** Returns the timeout of one check, in milliseconds. */
  getTime(): number
}

/** Minimum time between two checks of one operation because of events, in milliseconds. */
const eventCheckIntervalMs = 1_000

/** An operation whose outcome is being checked repeatedly. */
interface RepeatedCheck {
  account: string | null
  /** In milliseconds since the epoch. */
  checkedAt: number
  /** Whether an event has reported a change in the account since the last check. */
  isDue: boolean
  /** Ends the wait for the next check. */
  wake(): void
}

/** Reads the vendor after an unknown outcome to learn whether the change took effect. Never sends a change again. */
export class OutcomeReconciler {
  readonly #options: OutcomeReconcilerOptions
  readonly #stopping = new AbortController()
  readonly #checks = new Set<RepeatedCheck>()

  constructor(options: OutcomeReconcilerOptions) {
    this.#options = options
  }

  /** Checks an operation repeatedly, with increasing delays, until its outcome is known or cannot be learned. Never throws. */
  async reconcile(record: OperationRecord): Promise<void> {
    if (!record.lookup) return
    const check: RepeatedCheck = { account: record.account, checkedAt: -Infinity, isDue: false, wake: () => {} }
    this.#checks.add(check)
    await this.#checkRepeatedly(record, check)
    this.#checks.delete(check)
  }

  /** Checks the operations of an account soon, because an event has reported a change in it. */
  checkSoon(account: string): void {
    for (const check of this.#checks) {
      if (check.account !== account) continue
      check.isDue = true
      check.wake()
    }
  }

  async #checkRepeatedly(record: OperationRecord, check: RepeatedCheck): Promise<void> {
    const { clock } = this.#options
    const sentAt = record.sentAt ?? clock.now()
    for (const [index, delay] of checkDelaysMs.entries()) {
      const next = checkDelaysMs[index + 1]
      // If several checks are overdue after a restart, one is enough.
      if (next !== undefined && sentAt + next <= clock.now()) continue
      try {
        let isEarly: boolean
        do {
          isEarly = await this.#waitForCheck(check, sentAt + delay)
          check.checkedAt = clock.now()
          if ((await this.checkOnce(record, this.#createCallContext())).outcome !== 'UNKNOWN') return
        } while (isEarly)
        // A reload of the configuration can add the account again.
        if (check.checkedAt >= sentAt + absenceProvenAfterMs && this.#findAccount(record)) return
      } catch {
        if (this.#stopping.signal.aborted) return
      }
    }
  }

  /** Waits until a time, in milliseconds since the epoch, or for an event. Returns whether there was an event. */
  async #waitForCheck(check: RepeatedCheck, until: number): Promise<boolean> {
    const { clock } = this.#options
    const { signal } = this.#stopping
    if (!check.isDue) {
      const woken = new AbortController()
      check.wake = () => woken.abort()
      const waited = clock.sleep(Math.max(0, until - clock.now()), AbortSignal.any([signal, woken.signal]))
      await waited.catch(() => signal.throwIfAborted())
      if (!check.isDue) return false
    }
    await clock.sleep(Math.max(0, check.checkedAt + eventCheckIntervalMs - clock.now()), signal)
    check.isDue = false
    return true
  }

  /**
   * Checks an operation once and records its outcome if it is known.
   *
   * @returns The current operation.
   * @throws Problem if the vendor or the store fails.
   */
  async checkOnce(record: OperationRecord, call: CallContext): Promise<OperationRecord> {
    const { store, clock, ages } = this.#options
    const account = this.#findAccount(record)
    if (!account || !record.lookup) return record
    // The age clock, because a jump of the system clock must not confirm the absence.
    const startedAt = ages.now()
    const lookedUp = await lookUpEffect(account.vendor, record.lookup, record.startedAt, call)
    if (lookedUp === 'ambiguous') return record
    const isAbsenceProven = record.sentAt !== null && startedAt >= record.sentAt + absenceProvenAfterMs
    if (!lookedUp && !isAbsenceProven) return record
    // What was cached meanwhile can be older than the effect.
    const change = toDataChange(record.lookup)
    if (lookedUp && change) await account.upstream.invalidate(change)
    const settled = lookedUp ? markSucceeded(record, lookedUp.result) : markNotSent(record)
    const updated = { ...settled, finishedAt: clock.now() }
    if (await store.updateIf(updated, ['UNKNOWN'])) return updated
    const current = await store.find(record.id)
    if (!current) await recordAgain(store, updated)
    return current ?? updated
  }

  stop(): void {
    this.#stopping.abort(new Problem('SHUTTING_DOWN', 'The server is stopping.'))
  }

  /** Finds the operation's account. After a reload, the key can belong to another server, which does not have the operation's effect. */
  #findAccount({ account, accountIdentity }: OperationRecord): Account | undefined {
    return this.#options.accounts.find(
      ({ key, identity }) => key === account && (accountIdentity === undefined || accountIdentity === identity),
    )
  }

  #createCallContext(): CallContext {
    const { clock } = this.#options
    const time = this.#options.getTime()
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(time)])
    return new CallContext({ caller: backgroundCaller, signal, time: { deadline: clock.now() + time } })
  }
}

/** Returns what the effect of an operation changes. Null if it is never cached. */
function toDataChange(lookup: Lookup): DataChange | null {
  if (lookup.kind === 'recordingDeleted') return null
  return { kind: 'conferences', conferenceId: lookup.kind === 'created' ? null : lookup.id }
}

/** Returns the record of an operation whose effect was found at the vendor. */
export function markSucceeded(record: OperationRecord, result: OperationRecord['result']): OperationRecord {
  const { lookup } = record
  const problems =
    lookup?.kind === 'created' && lookup.input.invite.length > 0
      ? [
          new Problem(
            'OUTCOME_UNKNOWN',
            'The conference was created. It is not known whether all users were invited.',
            {
              path: ['input', 'invite'],
              account: record.account,
            },
          ),
        ]
      : []
  return { ...record, outcome: 'SUCCEEDED', result: copyResult(result), problems }
}

/** Returns the record of an operation that was confirmed absent. Releases the key, and keeps the cause of the failure as the problem. */
function markNotSent(record: OperationRecord): OperationRecord {
  return { ...record, outcome: 'NOT_SENT', ownsKey: false, problems: record.problems.slice(1) }
}

import { Problem } from '../core/errors.ts'
import { backgroundCaller, CallContext } from '../upstream/call-context.ts'
import type { Clock } from '../upstream/clock.ts'
import type { Account } from '../vendors/accounts.ts'
import { copyAnswer } from './copy-result.ts'
import type { AgeClock } from './age-clock.ts'
import { lookUpEffect } from './lookup.ts'
import { recordAgain } from './record-again.ts'
import type { OperationRecord, Store } from './store.ts'

/** A vendor may do late what it was sent; what is not there after so many ms is proven absent. */
export const absenceProvenAfterMs = 60_000

/** When a vendor is looked at, in ms since the sending; past the proof only while looking fails or the account is not configured. */
const checkDelaysMs = [1_000, 3_000, 7_000, 15_000, 31_000, absenceProvenAfterMs, 120_000, 300_000, 900_000, 3_600_000]

export interface OutcomeReconcilerOptions {
  store: Store
  accounts: readonly Account[]
  clock: Clock
  ages: AgeClock
  /** Returns what one look can take, in ms. */
  getTime(): number
}

/** Clears up, behind the scenes, what became of operations whose answer was lost. Nothing is sent again by it. */
export class OutcomeReconciler {
  readonly #options: OutcomeReconcilerOptions
  readonly #stopping = new AbortController()

  constructor(options: OutcomeReconcilerOptions) {
    this.#options = options
  }

  /** Looks again and again, with growing pauses, until it is settled or cannot be. */
  async reconcile(record: OperationRecord): Promise<void> {
    const { clock } = this.#options
    const { signal } = this.#stopping
    if (!record.lookup) return
    const sentAt = record.sentAt ?? clock.now()
    for (const [index, after] of checkDelaysMs.entries()) {
      const next = checkDelaysMs[index + 1]
      // After a restart: of the looks that are overdue, one is enough.
      if (next !== undefined && sentAt + next <= clock.now()) continue
      try {
        await clock.sleep(Math.max(0, sentAt + after - clock.now()), signal)
        const looked = clock.now()
        if ((await this.checkOnce(record, this.#createCallContext())).outcome !== 'UNKNOWN') return
        // A reload can add an account again that an earlier one removed.
        if (looked >= sentAt + absenceProvenAfterMs && this.#findAccount(record)) return
      } catch {
        if (signal.aborted) return
      }
    }
  }

  /** Looks once. Gives the operation as it now is; throws Problem where the vendor or the store cannot be asked. */
  async checkOnce(record: OperationRecord, call: CallContext): Promise<OperationRecord> {
    const { store, clock, ages } = this.#options
    const account = this.#findAccount(record)
    if (!account || !record.lookup) return record
    // A clock that jumps ahead proves nothing.
    const startedAt = ages.now()
    const sighting = await lookUpEffect(account.vendor, record.lookup, record.startedAt, call)
    if (sighting === 'ambiguous') return record
    const proven = record.sentAt !== null && startedAt >= record.sentAt + absenceProvenAfterMs
    if (!sighting && !proven) return record
    const settled = sighting ? markSucceeded(record, sighting.answer) : markNotSent(record)
    const now = { ...settled, finishedAt: clock.now() }
    if (await store.updateIf(now, ['UNKNOWN'])) return now
    const current = await store.find(record.id)
    if (!current) await recordAgain(store, now)
    return current ?? now
  }

  stop(): void {
    this.#stopping.abort(new Problem('SHUTTING_DOWN', 'The server is stopping.'))
  }

  /** A reload can point the key at another server, which knows nothing of the operation. */
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

/** An operation that the vendor was seen to have done. */
export function markSucceeded(record: OperationRecord, answer: OperationRecord['answer']): OperationRecord {
  const { lookup } = record
  const unsure =
    lookup?.kind === 'created' && lookup.input.invite.length > 0
      ? [
          new Problem('OUTCOME_UNKNOWN', 'The conference is there; whether all were invited was not answered.', {
            path: ['input', 'invite'],
            account: record.account,
          }),
        ]
      : []
  return { ...record, outcome: 'SUCCEEDED', answer: copyAnswer(answer), problems: unsure }
}

/** Its problem is from now on the one that lost the answer; the key is free. */
function markNotSent(record: OperationRecord): OperationRecord {
  return { ...record, outcome: 'NOT_SENT', holdsKey: false, problems: record.problems.slice(1) }
}

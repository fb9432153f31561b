import { Problem } from '../core/errors.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { Clock } from '../upstream/clock.ts'
import { copyResult } from './copy-result.ts'
import { lookUpEffect } from './lookup.ts'
import { toResult, type MutationPlan, type MutationRequest, type MutationResult } from './mutation.ts'
import { createUnknownOutcomeProblems, deriveOutcome, shouldVerifyNow, toProblem } from './outcome.ts'
import { markSucceeded, type OutcomeReconciler } from './reconciler.ts'
import type { OperationRecord } from './store.ts'
import type { StoreWriter } from './store-writer.ts'

export interface PlanExecutorOptions {
  clock: Clock
  writer: StoreWriter
  reconciler: OutcomeReconciler
  onInternalError(error: unknown): void
}

/** Sends the changes of mutations that are recorded, and derives their outcomes. */
export class PlanExecutor {
  readonly #options: PlanExecutorOptions
  readonly #stopping = new AbortController()

  constructor(options: PlanExecutorOptions) {
    this.#options = options
  }

  /** Executes the plan of a recorded operation, and records the outcome. */
  async execute(record: OperationRecord, plan: MutationPlan, request: MutationRequest): Promise<MutationResult> {
    const { clock, writer, reconciler } = this.#options
    const { signal, vendorCalls } = request.call
    // The limit on vendor calls does not apply, because it could stop a change halfway.
    const call = request.call.fork({
      signal: AbortSignal.any([signal, this.#stopping.signal]),
      vendorCalls: vendorCalls && { ...vendorCalls, take: vendorCalls.charge },
    })
    let mutationResult: MutationResult
    const { account, change } = plan
    if (change) await account.upstream.invalidate(change)
    try {
      const { result, problems = [], credential = null } = await plan.execute(call)
      const done: OperationRecord = { ...record, outcome: 'SUCCEEDED', result: copyResult(result), problems }
      mutationResult = { ...toResult({ ...done, finishedAt: clock.now() }, false), credential }
    } catch (error) {
      const failed = await this.#recordFailure(record, plan, error, call)
      mutationResult = toResult({ ...failed, finishedAt: clock.now() }, false)
    }
    if (change) await account.upstream.invalidate(change)
    const finished = mutationResult.operation!
    await writer.persist(finished)
    if (finished.outcome === 'UNKNOWN') void reconciler.reconcile(finished)
    return mutationResult
  }

  async #recordFailure(
    record: OperationRecord,
    plan: MutationPlan,
    error: unknown,
    call: CallContext,
  ): Promise<OperationRecord> {
    const problem = toProblem(error)
    if (problem.code === 'INTERNAL') this.#options.onInternalError(error)
    const outcome = deriveOutcome(problem, call)
    if (outcome !== 'UNKNOWN') return { ...record, outcome, ownsKey: outcome === 'REJECTED', problems: [problem] }
    const unknown: OperationRecord = {
      ...record,
      outcome,
      sentAt: this.#options.clock.now(),
      problems: createUnknownOutcomeProblems(problem),
    }
    if (!shouldVerifyNow(problem, call)) return unknown
    const { vendor } = plan.account
    const lookedUp =
      plan.lookup && (await lookUpEffect(vendor, plan.lookup, record.startedAt, call.fork()).catch(() => null))
    return lookedUp && lookedUp !== 'ambiguous' ? markSucceeded(unknown, lookedUp.result) : unknown
  }

  /** Aborts the plans that are executed, because the server is stopping. */
  abort(): void {
    this.#stopping.abort(new Problem('SHUTTING_DOWN', 'The server is stopping.'))
  }
}

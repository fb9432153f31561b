import { randomBytes } from 'node:crypto'
import { Problem } from '../core/errors.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { MonotonicClock } from '../upstream/clock.ts'
import type { Secrets } from '../core/secrets.ts'
import type { Account } from '../vendors/accounts.ts'
import { copyAnswer } from './copy-result.ts'
import { AgeClock } from './age-clock.ts'
import { lookUpEffect } from './lookup.ts'
import {
  hasCode,
  toResult,
  createStoreUnavailableResult,
  type MutationPlan,
  type MutationRequest,
  type MutationResult,
} from './mutation.ts'
import { createKeyReused, createStillRunning, InputDigest, keyTtlMs, validateKey } from './idempotency.ts'
import { isWorthReadingBack, deriveOutcome, toProblem, createUnknownOutcomeProblems } from './outcome.ts'
import type { ProcessRegistry } from './process-registry.ts'
import { markSucceeded, OutcomeReconciler } from './reconciler.ts'
import type { OperationRecord, Store } from './store.ts'
import { StoreMaintenance } from './maintenance.ts'
import { waitForOperation } from './wait.ts'

export interface OperationsOptions {
  store: Store
  /** This process among those that share the store. */
  presence: ProcessRegistry
  accounts: readonly Account[]
  /** What digests and natural keys are made with. */
  secrets: Secrets
  clock: MonotonicClock
  /** Returns what one operation can take, in ms. A reload changes it. */
  getTime(): number
  onDefect(error: unknown): void
  /** Is called once for every mutation, with the result that its caller gets. */
  onEnd?(request: MutationRequest, result: MutationResult): void
}

/** How long in ms a vendor call may take to heed that it was given up; the next start takes up what does not. */
const abortGraceMs = 500

/** Mutations: written down before they leave, sent once, answered by what is known of their effect. */
export class Operations {
  readonly #options: OperationsOptions
  readonly #ages: AgeClock
  readonly #digests: InputDigest
  readonly #settler: OutcomeReconciler
  readonly #upkeep: StoreMaintenance
  readonly #running = new Map<string, Promise<OperationRecord>>()
  readonly #stopping = new AbortController()

  constructor(options: OperationsOptions) {
    this.#options = options
    this.#digests = new InputDigest(options.secrets)
    this.#ages = new AgeClock(options.clock)
    this.#settler = new OutcomeReconciler({ ...options, ages: this.#ages })
    this.#upkeep = new StoreMaintenance({ ...options, ages: this.#ages, settler: this.#settler })
  }

  /** Takes up what ended processes left open, as soon as the store can be read and from then on; keeps the store small. */
  start(): void {
    this.#upkeep.start()
  }

  async runMutation(request: MutationRequest): Promise<MutationResult> {
    const result = await this.#run(request)
    this.#options.onEnd?.(request, result)
    return result
  }

  async #run(request: MutationRequest): Promise<MutationResult> {
    const bad = validateKey(request.key)
    if (bad) return this.#recordRejection({ ...request, key: null }, bad)
    const { caller, mutation, key } = request
    const digest = this.#digests.computeInputDigest(request.input)
    try {
      await this.#options.presence.register()
      const earlier = key === null ? null : await this.#findByKey(caller, mutation, key)
      const answered = earlier && (await this.#replay(earlier, digest, request))
      return answered ?? (await this.#execute(digest, request))
    } catch (error) {
      if (hasCode(error, 'STORE_UNAVAILABLE') || hasCode(error, 'STORE_QUOTA_EXCEEDED'))
        return createStoreUnavailableResult(error)
      throw error
    }
  }

  /** Finds an operation of any caller. */
  find(id: string): Promise<OperationRecord | null> {
    return this.#options.store.find(id)
  }

  findUpload(caller: string, account: string, vendorId: string): Promise<OperationRecord | null> {
    return this.#options.store.findUpload(caller, account, vendorId)
  }

  /** Lets what runs end within `patience` ms; what is left then is given up and written down as it stands. */
  async stop(patience: number): Promise<void> {
    const { clock, store, presence } = this.#options
    const ended = Promise.allSettled(this.#running.values())
    const patient = new AbortController()
    await Promise.race([ended, clock.sleep(patience, patient.signal).catch(() => {})])
    patient.abort()
    this.#stopping.abort(new Problem('SHUTTING_DOWN', 'The server is stopping.'))
    this.#settler.stop()
    const idle = Promise.all([ended, this.#upkeep.stop()])
    await Promise.race([idle, clock.sleep(abortGraceMs, new AbortController().signal)])
    await presence.unregister().catch(() => {})
    await store.close()
  }

  /** A key older than its life belongs to nobody. */
  async #findByKey(caller: string, mutation: string, key: string): Promise<OperationRecord | null> {
    const { store } = this.#options
    const holder = await store.findByKey(caller, mutation, key)
    const expired = this.#ages.expiredBefore(keyTtlMs)
    if (!holder || holder.startedAt >= expired) return holder
    await store.releaseKeysOlderThan(expired)
    return null
  }

  async #execute(digest: string, request: MutationRequest): Promise<MutationResult> {
    const blank = this.#createRecord(request, digest)
    let plan: MutationPlan
    try {
      plan = request.createPlan(this.#digests.deriveClientAssignedId(blank))
    } catch (error) {
      return this.#recordRejection(request, toProblem(error), digest)
    }
    const { account, lookup } = plan
    const record: OperationRecord = { ...blank, account: account.key, accountIdentity: account.identity, lookup }
    const running = Promise.withResolvers<OperationRecord>()
    // Known before it is written down, so that whoever finds it there can wait for it.
    this.#running.set(record.id, running.promise)
    let result: MutationResult | null = null
    try {
      const holder = await this.#upkeep.insertOrRelease(record)
      if (holder) return (await this.#replay(holder, digest, request)) ?? (await this.#execute(digest, request))
      result = await this.#executePlan(record, plan, request)
      return result
    } finally {
      this.#running.delete(record.id)
      running.resolve(result?.operation ?? record)
    }
  }

  async #executePlan(record: OperationRecord, plan: MutationPlan, request: MutationRequest): Promise<MutationResult> {
    const { clock } = this.#options
    const { signal, vendorCalls } = request.call
    // No limit of vendor calls stops a change halfway.
    const call = request.call.fork({
      signal: AbortSignal.any([signal, this.#stopping.signal]),
      vendorCalls: vendorCalls && { ...vendorCalls, take: vendorCalls.charge },
    })
    let result: MutationResult
    try {
      const { answer, problems = [], credential = null } = await plan.execute(call)
      const done: OperationRecord = { ...record, outcome: 'SUCCEEDED', answer: copyAnswer(answer), problems }
      result = { ...toResult({ ...done, finishedAt: clock.now() }, false), credential }
    } catch (error) {
      const failed = await this.#recordFailure(record, plan, error, call)
      result = toResult({ ...failed, finishedAt: clock.now() }, false)
    }
    const finished = result.operation!
    await this.#upkeep.persist(finished)
    if (finished.outcome === 'UNKNOWN') void this.#settler.reconcile(finished)
    return result
  }

  async #recordFailure(
    record: OperationRecord,
    plan: MutationPlan,
    error: unknown,
    call: CallContext,
  ): Promise<OperationRecord> {
    const problem = toProblem(error)
    if (problem.code === 'INTERNAL') this.#options.onDefect(error)
    const outcome = deriveOutcome(problem, call)
    if (outcome !== 'UNKNOWN') return { ...record, outcome, holdsKey: outcome === 'REJECTED', problems: [problem] }
    const left: OperationRecord = {
      ...record,
      outcome,
      sentAt: this.#options.clock.now(),
      problems: createUnknownOutcomeProblems(problem),
    }
    if (!isWorthReadingBack(problem, call)) return left
    const { vendor } = plan.account
    const sighting =
      plan.lookup && (await lookUpEffect(vendor, plan.lookup, record.startedAt, call.fork()).catch(() => null))
    return sighting && sighting !== 'ambiguous' ? markSucceeded(left, sighting.answer) : left
  }

  /** The answer of an earlier operation with the same key; null where it is proven never to have arrived. */
  async #replay(earlier: OperationRecord, digest: string, request: MutationRequest): Promise<MutationResult | null> {
    if (!this.#digests.isOfInput(earlier.digest, request.input))
      return this.#recordRejection({ ...request, key: null }, createKeyReused(), digest, request.key)
    let record = earlier
    if (record.outcome === 'PENDING') {
      record = await waitForOperation(record, { ...this.#options, running: this.#running, signal: request.call.signal })
      if (record.outcome === 'PENDING') return { ...toResult(record, true), problems: [createStillRunning()] }
    } else if (record.outcome === 'UNKNOWN') {
      // A look that fails proves nothing: it stays unknown.
      record = await this.#settler.checkOnce(record, request.call.fork()).catch(() => record)
      if (record.outcome === 'NOT_SENT') return null
    }
    const differs = record.outcome === 'SUCCEEDED' ? await request.isDifferent?.(record) : false
    return differs
      ? this.#recordRejection({ ...request, key: null }, createKeyReused(), digest, request.key)
      : toResult(record, true)
  }

  /** A mutation that never became more than its refusal. `key`: one that it names without holding it. */
  async #recordRejection(
    request: MutationRequest,
    problem: Problem,
    digest = '',
    key = request.key,
  ): Promise<MutationResult> {
    if (problem.code === 'INTERNAL') this.#options.onDefect(problem.cause)
    const blank = this.#createRecord(request, digest)
    const finishedAt = blank.startedAt
    const record: OperationRecord = { ...blank, key, outcome: 'REJECTED', problems: [problem], finishedAt }
    try {
      const holder = await this.#options.store.insert(record)
      if (!holder) return toResult(record, false)
      // Somebody was faster under the same key.
      if (this.#digests.isOfInput(holder.digest, request.input)) return toResult(holder, true)
      return await this.#recordRejection({ ...request, key: null }, createKeyReused(), digest, key)
    } catch {
      return { ...toResult(record, false), operation: null }
    }
  }

  #createRecord({ caller, mutation, key }: MutationRequest, digest: string): OperationRecord {
    return {
      id: randomBytes(16).toString('base64url'),
      process: this.#options.presence.id,
      caller,
      mutation,
      account: null,
      key,
      holdsKey: key !== null,
      digest,
      startedAt: this.#options.clock.now(),
      sentAt: null,
      finishedAt: null,
      outcome: 'PENDING',
      lookup: null,
      answer: null,
      problems: [],
    }
  }
}

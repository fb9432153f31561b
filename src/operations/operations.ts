import { randomBytes } from 'node:crypto'
import { Problem } from '../core/errors.ts'
import type { MonotonicClock } from '../upstream/clock.ts'
import type { Secrets } from '../core/secrets.ts'
import type { Account } from '../vendors/accounts.ts'
import { AgeClock } from './age-clock.ts'
import {
  hasCode,
  toResult,
  createStoreUnavailableResult,
  type MutationPlan,
  type MutationRequest,
  type MutationResult,
} from './mutation.ts'
import { createKeyReusedProblem, createInProgressProblem, InputDigest, keyTtlMs, validateKey } from './idempotency.ts'
import { toProblem } from './outcome.ts'
import { PlanExecutor } from './plan-executor.ts'
import type { ProcessRegistry } from './process-registry.ts'
import { OutcomeReconciler } from './reconciler.ts'
import type { OperationRecord, Store } from './store.ts'
import { StoreMaintenance } from './maintenance.ts'
import { StoreWriter } from './store-writer.ts'
import { waitForOperation } from './wait.ts'

export interface OperationsOptions {
  store: Store
  /** Registry of the processes that share the store. */
  processRegistry: ProcessRegistry
  accounts: readonly Account[]
  /** Secrets for input digests and client-assigned IDs. */
  secrets: Secrets
  clock: MonotonicClock
  /** Returns the timeout of an operation, in milliseconds. A reload of the configuration can change it. */
  getTime(): number
  /** Called with every internal error of a mutation or of the store maintenance. */
  onInternalError(error: unknown): void
  /** Called once for every mutation, with the result that the caller receives. */
  onEnd?(request: MutationRequest, result: MutationResult): void
}

/** How long `stop` waits for aborted vendor calls, in milliseconds. The next start recovers operations that take longer. */
const abortGraceMs = 500

/** Executes mutations. Records each one before it is sent, sends it once, and reports what is known of its effect. */
export class Operations {
  readonly #options: OperationsOptions
  readonly #ages: AgeClock
  readonly #digests: InputDigest
  readonly #reconciler: OutcomeReconciler
  readonly #maintenance: StoreMaintenance
  readonly #writer: StoreWriter
  readonly #executor: PlanExecutor
  readonly #running = new Map<string, Promise<OperationRecord>>()

  constructor(options: OperationsOptions) {
    this.#options = options
    this.#digests = new InputDigest(options.secrets)
    this.#ages = new AgeClock(options.clock)
    this.#reconciler = new OutcomeReconciler({ ...options, ages: this.#ages })
    this.#maintenance = new StoreMaintenance({ ...options, ages: this.#ages, reconciler: this.#reconciler })
    this.#writer = new StoreWriter(options)
    this.#executor = new PlanExecutor({ ...options, writer: this.#writer, reconciler: this.#reconciler })
  }

  /** Starts the store maintenance, which recovers operations of stopped processes and deletes old ones. */
  start(): void {
    this.#maintenance.start()
  }

  /** Executes a mutation, or returns the stored result of an earlier one with the same idempotency key. */
  async runMutation(request: MutationRequest): Promise<MutationResult> {
    const result = await this.#run(request)
    this.#options.onEnd?.(request, result)
    return result
  }

  async #run(request: MutationRequest): Promise<MutationResult> {
    const keyProblem = validateKey(request.key)
    if (keyProblem) return this.#recordRejection({ ...request, key: null }, keyProblem)
    const { caller, mutation, key } = request
    const digest = this.#digests.computeInputDigest(request.input)
    try {
      await this.#options.processRegistry.register()
      const earlier = key === null ? null : await this.#findByKey(caller, mutation, key)
      const replayed = earlier && (await this.#replay(earlier, digest, request))
      return replayed ?? (await this.#execute(digest, request))
    } catch (error) {
      if (hasCode(error, 'STORE_UNAVAILABLE') || hasCode(error, 'STORE_QUOTA_EXCEEDED'))
        return createStoreUnavailableResult(error)
      throw error
    }
  }

  /** Checks unknown outcomes in an account soon, because an event reported a change in it. */
  checkSoon(account: string): void {
    this.#reconciler.checkSoon(account)
  }

  /** Finds an operation of any caller. Null if there is none. */
  find(id: string): Promise<OperationRecord | null> {
    return this.#options.store.find(id)
  }

  /** Finds the caller's latest operation that uploaded a file. Null if there is none. */
  findUpload(caller: string, account: string, vendorId: string): Promise<OperationRecord | null> {
    return this.#options.store.findUpload(caller, account, vendorId)
  }

  /**
   * Waits until all running mutations have ended, and closes the store.
   *
   * @param gracePeriodMs Time after which running mutations are aborted and their outcomes recorded, in milliseconds.
   */
  async stop(gracePeriodMs: number): Promise<void> {
    const { clock, store, processRegistry } = this.#options
    const ended = Promise.allSettled(this.#running.values())
    const graceTimer = new AbortController()
    await Promise.race([ended, clock.sleep(gracePeriodMs, graceTimer.signal).catch(() => {})])
    graceTimer.abort()
    this.#executor.abort()
    this.#reconciler.stop()
    this.#writer.stop()
    const idle = Promise.all([ended, this.#maintenance.stop()])
    await Promise.race([idle, clock.sleep(abortGraceMs, new AbortController().signal)])
    await processRegistry.unregister().catch(() => {})
    await store.close()
  }

  /** Finds the operation that owns a key. Releases the key if its TTL has expired. */
  async #findByKey(caller: string, mutation: string, key: string): Promise<OperationRecord | null> {
    const { store } = this.#options
    const owner = await store.findByKey(caller, mutation, key)
    const cutoff = this.#ages.computeCutoff(keyTtlMs)
    if (!owner || owner.startedAt >= cutoff) return owner
    await store.releaseKeysOlderThan(cutoff)
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
    // Must be set before the operation is recorded, so that a request that finds it in the store can wait for it.
    this.#running.set(record.id, running.promise)
    let result: MutationResult | null = null
    try {
      const owner = await this.#writer.insertOrRelease(record)
      if (owner) return (await this.#replay(owner, digest, request)) ?? (await this.#execute(digest, request))
      result = await this.#executor.execute(record, plan, request)
      return result
    } finally {
      this.#running.delete(record.id)
      running.resolve(result?.operation ?? record)
    }
  }

  /** Returns the result of an earlier operation with the same key. Null if it was confirmed absent, so that it must be executed again. */
  async #replay(earlier: OperationRecord, digest: string, request: MutationRequest): Promise<MutationResult | null> {
    if (!this.#digests.isOfInput(earlier.digest, request.input))
      return this.#recordRejection({ ...request, key: null }, createKeyReusedProblem(), digest, request.key)
    let record = earlier
    if (record.outcome === 'PENDING') {
      record = await waitForOperation(record, { ...this.#options, running: this.#running, signal: request.call.signal })
      if (record.outcome === 'PENDING') return { ...toResult(record, true), problems: [createInProgressProblem()] }
    } else if (record.outcome === 'UNKNOWN') {
      // If the check fails, the outcome remains unknown.
      record = await this.#reconciler.checkOnce(record, request.call.fork()).catch(() => record)
      if (record.outcome === 'NOT_SENT') return null
    }
    const isDifferent = record.outcome === 'SUCCEEDED' ? await request.isDifferent?.(record) : false
    return isDifferent
      ? this.#recordRejection({ ...request, key: null }, createKeyReusedProblem(), digest, request.key)
      : toResult(record, true)
  }

  /**
   * Records a mutation that was rejected before it was sent.
   *
   * @param key Key of the request. The operation does not own it if `request.key` is null.
   */
  async #recordRejection(
    request: MutationRequest,
    problem: Problem,
    digest = '',
    key = request.key,
  ): Promise<MutationResult> {
    if (problem.code === 'INTERNAL') this.#options.onInternalError(problem.cause)
    const blank = this.#createRecord(request, digest)
    const finishedAt = blank.startedAt
    const record: OperationRecord = { ...blank, key, outcome: 'REJECTED', problems: [problem], finishedAt }
    try {
      const owner = await this.#options.store.insert(record)
      if (!owner) return toResult(record, false)
      // Another request with the same key was recorded first.
      if (this.#digests.isOfInput(owner.digest, request.input)) return toResult(owner, true)
      return await this.#recordRejection({ ...request, key: null }, createKeyReusedProblem(), digest, key)
    } catch {
      return { ...toResult(record, false), operation: null }
    }
  }

  #createRecord({ caller, mutation, key }: MutationRequest, digest: string): OperationRecord {
    return {
      id: randomBytes(16).toString('base64url'),
      processId: this.#options.processRegistry.id,
      caller,
      mutation,
      account: null,
      key,
      ownsKey: key !== null,
      digest,
      startedAt: this.#options.clock.now(),
      sentAt: null,
      finishedAt: null,
      outcome: 'PENDING',
      lookup: null,
      result: null,
      problems: [],
    }
  }
}

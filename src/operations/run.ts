import { randomBytes } from 'node:crypto'
import { Problem } from '../core/errors.ts'
import type { Call } from '../upstream/call.ts'
import type { MonotonicClock } from '../upstream/clock.ts'
import type { Secrets } from '../core/secrets.ts'
import type { Account } from '../vendors/accounts.ts'
import { copyAnswer } from './copy-answer.ts'
import { AgeClock } from './age-clock.ts'
import { lookUp } from './lookup.ts'
import { isOf, told, withoutStore, type Plan, type Request, type Result } from './request.ts'
import { createKeyReused, createStillRunning, Digests, keyLife, keyProblem } from './key.ts'
import { isWorthReadingBack, outcomeOf, problemOf, unknownOutcome } from './outcome.ts'
import type { Presence } from './presence.ts'
import { seen, Settler } from './settle.ts'
import type { OperationRecord, Store } from './store.ts'
import { Upkeep } from './upkeep.ts'
import { waitFor } from './wait.ts'

export interface OperationsOptions {
  store: Store
  /** This process among those that share the store. */
  presence: Presence
  accounts: readonly Account[]
  /** What digests and natural keys are made with. */
  secrets: Secrets
  clock: MonotonicClock
  /** Returns what one operation can take, in ms. A reload changes it. */
  getTime(): number
  onDefect(error: unknown): void
  /** Is called once for every mutation, with the result that its caller gets. */
  onEnd?(request: Request, result: Result): void
}

/** How long in ms a vendor call may take to heed that it was given up; the next start takes up what does not. */
const abortGrace = 500

/** Mutations: written down before they leave, sent once, answered by what is known of their effect. */
export class Operations {
  readonly #options: OperationsOptions
  readonly #ages: AgeClock
  readonly #digests: Digests
  readonly #settler: Settler
  readonly #upkeep: Upkeep
  readonly #running = new Map<string, Promise<OperationRecord>>()
  readonly #stopping = new AbortController()

  constructor(options: OperationsOptions) {
    this.#options = options
    this.#digests = new Digests(options.secrets)
    this.#ages = new AgeClock(options.clock)
    this.#settler = new Settler({ ...options, ages: this.#ages })
    this.#upkeep = new Upkeep({ ...options, ages: this.#ages, settler: this.#settler })
  }

  /** Takes up what ended processes left open, as soon as the store can be read and from then on; keeps the store small. */
  start(): void {
    void this.#upkeep.start()
  }

  async run(request: Request): Promise<Result> {
    const result = await this.#run(request)
    this.#options.onEnd?.(request, result)
    return result
  }

  async #run(request: Request): Promise<Result> {
    const bad = keyProblem(request.key)
    if (bad) return this.#refuse({ ...request, key: null }, bad)
    const { caller, mutation, key } = request
    const digest = this.#digests.ofInput(request.input)
    try {
      await this.#options.presence.join()
      const earlier = key === null ? null : await this.#holder(caller, mutation, key)
      const answered = earlier && (await this.#repeat(earlier, digest, request))
      return answered ?? (await this.#begin(digest, request))
    } catch (error) {
      if (isOf(error, 'STORE_UNAVAILABLE') || isOf(error, 'STORE_QUOTA_EXCEEDED')) return withoutStore(error)
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
    this.#upkeep.stop()
    await Promise.race([ended, clock.sleep(abortGrace, new AbortController().signal)])
    await presence.leave().catch(() => {})
    await store.close()
  }

  /** A key older than its life belongs to nobody. */
  async #holder(caller: string, mutation: string, key: string): Promise<OperationRecord | null> {
    const { store } = this.#options
    const holder = await store.holder(caller, mutation, key)
    const expired = this.#ages.expiredBefore(keyLife)
    if (!holder || holder.startedAt >= expired) return holder
    await store.freeKeys(expired)
    return null
  }

  async #begin(digest: string, request: Request): Promise<Result> {
    const blank = this.#blank(request, digest)
    let plan: Plan
    try {
      plan = request.prepare(this.#digests.naturalKey(blank))
    } catch (error) {
      return this.#refuse(request, problemOf(error), digest)
    }
    const { account, lookup } = plan
    const record: OperationRecord = { ...blank, account: account.key, accountIdentity: account.identity, lookup }
    const running = Promise.withResolvers<OperationRecord>()
    // Known before it is written down, so that whoever finds it there can wait for it.
    this.#running.set(record.id, running.promise)
    let result: Result | null = null
    try {
      const holder = await this.#upkeep.begin(record)
      if (holder) return (await this.#repeat(holder, digest, request)) ?? (await this.#begin(digest, request))
      result = await this.#perform(record, plan, request)
      return result
    } finally {
      this.#running.delete(record.id)
      running.resolve(result?.operation ?? record)
    }
  }

  async #perform(record: OperationRecord, plan: Plan, request: Request): Promise<Result> {
    const { clock } = this.#options
    const { signal, vendorCalls } = request.call
    // No limit of vendor calls stops a change halfway.
    const call = request.call.fork({
      signal: AbortSignal.any([signal, this.#stopping.signal]),
      vendorCalls: vendorCalls && { ...vendorCalls, take: vendorCalls.charge },
    })
    let result: Result
    try {
      const { answer, problems = [], credential = null } = await plan.perform(call)
      const done: OperationRecord = { ...record, outcome: 'SUCCEEDED', answer: copyAnswer(answer), problems }
      result = { ...told({ ...done, finishedAt: clock.now() }, false), credential }
    } catch (error) {
      const failed = await this.#afterFailure(record, plan, error, call)
      result = told({ ...failed, finishedAt: clock.now() }, false)
    }
    const finished = result.operation!
    await this.#upkeep.writeDown(finished)
    if (finished.outcome === 'UNKNOWN') void this.#settler.settle(finished)
    return result
  }

  async #afterFailure(record: OperationRecord, plan: Plan, error: unknown, call: Call): Promise<OperationRecord> {
    const problem = problemOf(error)
    if (problem.code === 'INTERNAL') this.#options.onDefect(error)
    const outcome = outcomeOf(problem, call)
    if (outcome !== 'UNKNOWN') return { ...record, outcome, holdsKey: outcome === 'REJECTED', problems: [problem] }
    const left: OperationRecord = {
      ...record,
      outcome,
      sentAt: this.#options.clock.now(),
      problems: unknownOutcome(problem),
    }
    if (!isWorthReadingBack(problem, call)) return left
    const { vendor } = plan.account
    const sighting = plan.lookup && (await lookUp(vendor, plan.lookup, record.startedAt, call.fork()).catch(() => null))
    return sighting && sighting !== 'ambiguous' ? seen(left, sighting.answer) : left
  }

  /** The answer of an earlier operation with the same key; null where it is proven never to have arrived. */
  async #repeat(earlier: OperationRecord, digest: string, request: Request): Promise<Result | null> {
    if (!this.#digests.isOfInput(earlier.digest, request.input))
      return this.#refuse({ ...request, key: null }, createKeyReused(), digest, request.key)
    let record = earlier
    if (record.outcome === 'PENDING') {
      record = await waitFor(record, { ...this.#options, running: this.#running, signal: request.call.signal })
      if (record.outcome === 'PENDING') return { ...told(record, true), problems: [createStillRunning()] }
    } else if (record.outcome === 'UNKNOWN') {
      // A look that fails proves nothing: it stays unknown.
      record = await this.#settler.look(record, request.call.fork()).catch(() => record)
      if (record.outcome === 'NOT_SENT') return null
    }
    const differs = record.outcome === 'SUCCEEDED' ? await request.differs?.(record) : false
    return differs
      ? this.#refuse({ ...request, key: null }, createKeyReused(), digest, request.key)
      : told(record, true)
  }

  /** A mutation that never became more than its refusal. `key`: one that it names without holding it. */
  async #refuse(request: Request, problem: Problem, digest = '', key = request.key): Promise<Result> {
    if (problem.code === 'INTERNAL') this.#options.onDefect(problem.cause)
    const blank = this.#blank(request, digest)
    const finishedAt = blank.startedAt
    const record: OperationRecord = { ...blank, key, outcome: 'REJECTED', problems: [problem], finishedAt }
    try {
      const holder = await this.#options.store.begin(record)
      if (!holder) return told(record, false)
      // Somebody was faster under the same key.
      if (this.#digests.isOfInput(holder.digest, request.input)) return told(holder, true)
      return await this.#refuse({ ...request, key: null }, createKeyReused(), digest, key)
    } catch {
      return { ...told(record, false), operation: null }
    }
  }

  #blank({ caller, mutation, key }: Request, digest: string): OperationRecord {
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

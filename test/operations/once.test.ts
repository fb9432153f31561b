import { rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { FileProcessRegistry } from '../../src/operations/file-process-registry.ts'
import { SqliteOperationStore } from '../../src/operations/sqlite-store.ts'
import { Operations } from '../../src/operations/operations.ts'
import type { MutationPlan, MutationRequest, MutationResult } from '../../src/operations/mutation.ts'
import { absenceProvenAfterMs } from '../../src/operations/reconciler.ts'
import { CallContext } from '../../src/upstream/call-context.ts'
import type { Account } from '../../src/vendors/accounts.ts'
import type { NewConference } from '../../src/vendors/vendor-inputs.ts'
import type { Conference } from '../../src/vendors/vendor-objects.ts'
import { createFixedSecrets } from '../../src/core/secrets.ts'
import { runs } from '../support/property.ts'
import { ManualClock } from './clock.ts'
import { createDataFolder } from './open.ts'

/** Result of a request to the vendor. */
const deliveryResults = [
  'executed',
  'rejected',
  'not sent',
  'lost',
  'executed without a response',
  'executed late',
  'unread',
  'internal error',
] as const
type DeliveryResult = (typeof deliveryResults)[number] | 'killed' | 'killed after the execution'

const delayMs = 20_000
const folder = createDataFolder()
const clock = new ManualClock()

/** A vendor that creates objects with the IDs that Parley derives, and can execute a request late. */
class Vendor {
  readonly created = new Map<string, number>()
  readonly #delayed: { name: string; at: number }[] = []
  /** Whether reads fail. */
  isUnreadable = false

  create(name: string): void {
    this.created.set(name, (this.created.get(name) ?? 0) + 1)
  }
  async send(name: string, result: DeliveryResult, call: CallContext): Promise<void> {
    if (result === 'not sent') throw new Problem('VENDOR_UNAVAILABLE', 'No.', { delivery: 'not-sent' })
    call.writesStarted++
    if (result === 'rejected') throw new Problem('VENDOR_REJECTED', 'No.', { delivery: 'rejected' })
    if (result === 'executed late') this.#delayed.push({ name, at: clock.now() + delayMs })
    else if (result !== 'lost' && result !== 'killed') this.create(name)
    if (result === 'killed' || result === 'killed after the execution') return new Promise(() => {})
    if (result === 'internal error') throw new TypeError('a bug')
    if (result === 'unread') throw new Problem('VENDOR_BAD_RESPONSE', 'No.', { delivery: 'unread' })
    if (result !== 'executed') throw new Problem('VENDOR_UNAVAILABLE', 'No.', { delivery: 'unknown' })
    call.writesSucceeded++
  }
  executeDelayed(): void {
    for (const { name, at } of this.#delayed.splice(0))
      if (at <= clock.now()) this.create(name)
      else this.#delayed.push({ name, at })
  }
  findCreated = async ({ clientAssignedId }: NewConference): Promise<Conference | null> => {
    if (this.isUnreadable) throw new Problem('VENDOR_UNAVAILABLE', 'No.')
    return this.created.has(clientAssignedId) ? ({ vendorId: clientAssignedId } as Conference) : null
  }
}

interface Input {
  caller: string
  key: string
  title: string
}
const formatInput = ({ caller, key, title }: Input): string => `${caller} ${key} ${title}`

/** The registry of a process that can be killed. A killed process does nothing more. */
class MortalRegistry extends FileProcessRegistry {
  #isKilled = false

  override async register(): Promise<void> {
    if (!this.#isKilled) await super.register()
  }
  kill(): Promise<void> {
    this.#isKilled = true
    return this.unregister()
  }
}

/** The operations of a process, and of the one that replaces it after a kill, with the same store and the same vendor. */
class Fixture {
  vendor = new Vendor()
  /** Name of the object of each input at the vendor. */
  readonly names = new Map<string, string>()
  /** Latest result for each input. */
  readonly results = new Map<string, MutationResult>()
  #store = new SqliteOperationStore(join(folder, 'operations.sqlite'))
  #processRegistry = new MortalRegistry(folder)
  #operations = this.#start()

  #start(): Operations {
    const vendor = { findCreated: (...parameters: [NewConference]) => this.vendor.findCreated(...parameters) }
    const accounts = [{ key: 'v', vendor, upstream: { invalidate: async () => {} } }]
    const common = {
      store: this.#store,
      processRegistry: this.#processRegistry,
      accounts: accounts as unknown as Account[],
    }
    const operations = new Operations({
      ...common,
      clock,
      secrets: createFixedSecrets('s'),
      getTime: () => 25_000,
      onInternalError: () => undefined,
    })
    operations.start()
    return operations
  }

  request(input: Input, result: DeliveryResult, onSent?: () => void): MutationRequest {
    const prepare = (clientAssignedId: string): MutationPlan => {
      this.names.set(formatInput(input), clientAssignedId)
      return {
        account: { key: 'v', vendor: this.vendor } as unknown as Account,
        change: null,
        lookup: { kind: 'created', input: { clientAssignedId, invite: [] } as unknown as NewConference },
        execute: async (call) => {
          const sending = this.vendor.send(clientAssignedId, result, call)
          onSent?.()
          await sending
          return { result: null }
        },
      }
    }
    const { caller, key, title } = input
    const time = { deadline: clock.now() + 25_000 }
    const call = new CallContext({ caller, signal: new AbortController().signal, time })
    return { caller, mutation: 'createConference', input: { title }, key, call, createPlan: prepare }
  }
  run(input: Input, result: DeliveryResult): Promise<MutationResult> {
    return this.#operations.runMutation(this.request(input, result))
  }
  /** Kills the process while the vendor has the request, and starts another one. */
  async kill(input: Input, result: DeliveryResult): Promise<void> {
    const sent = Promise.withResolvers<void>()
    void this.#operations.runMutation(this.request(input, result, sent.resolve)).then(() => sent.resolve())
    await sent.promise
    const old = this.#operations
    await this.#processRegistry.unregister()
    this.#processRegistry = new MortalRegistry(folder)
    this.#store = new SqliteOperationStore(join(folder, 'operations.sqlite'))
    this.#operations = this.#start()
    // The request of the killed process never ends, so that it records nothing more. This stops its background work.
    void old.stop(0)
    await this.#waitForRecovery()
    await this.finishBackgroundWork()
  }
  /** Waits until the live process has recovered the operations of the killed one. */
  async #waitForRecovery(): Promise<void> {
    const alive = new Set([this.#processRegistry.id])
    while ((await this.#store.listUnresolved(0, alive)).length > 0)
      await new Promise((resolve) => setImmediate(resolve))
  }
  /** Waits until all background work waits for the clock. */
  async finishBackgroundWork(): Promise<void> {
    for (let turn = 0; turn < 4; turn++) {
      await this.#store.find('nothing')
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  close = (): Promise<void> => this.#store.close()

  /** Returns how often the vendor has executed the mutation. */
  countExecutions(input: Input): number {
    return this.vendor.created.get(this.names.get(formatInput(input)) ?? '') ?? 0
  }
}

const fixture = new Fixture()
afterAll(async () => {
  await fixture.close()
  rmSync(folder, { recursive: true, force: true })
})

/** All inputs so far, by caller and key. */
type Model = Map<string, Input[]>

/** Checks that a mutation was executed at most once, and that its outcome is true. */
function check(model: Model, input: Input, result: MutationResult): void {
  const executions = fixture.countExecutions(input)
  const inputs = model.get(`${input.caller} ${input.key}`)!
  expect(inputs.reduce((sum, input) => sum + fixture.countExecutions(input), 0)).toBeLessThanOrEqual(1)
  if (result.outcome === 'SUCCEEDED') expect(executions).toBe(1)
  else if (result.outcome !== 'UNKNOWN') expect(executions).toBe(0)
  const previous = fixture.results.get(formatInput(input))
  if (previous?.outcome === 'SUCCEEDED') expect(result).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
  if (result.problems[0]?.code !== 'IDEMPOTENCY_KEY_REUSED') fixture.results.set(formatInput(input), result)
}

function addInput(model: Model, input: Input): void {
  const id = `${input.caller} ${input.key}`
  const others = (model.get(id) ?? []).filter(({ title }) => title !== input.title)
  model.set(id, [...others, input])
}

type Command = fc.AsyncCommand<Model, Fixture>
let run = 0

const command = (name: string, act: (model: Model) => Promise<void>): Command => ({
  check: () => true,
  toString: () => name,
  run: act,
})
const inputs = fc.record({
  caller: fc.constantFrom('ada', 'eve'),
  key: fc.constantFrom('a', 'b'),
  title: fc.constantFrom('x', 'x', 'x', 'y'),
})
/** Adds the number of the run to the caller, because all runs share the store. */
const forRun = (input: Input): Input => ({ ...input, caller: `${input.caller}-${run}` })

const send = fc.tuple(inputs, fc.constantFrom(...deliveryResults)).map(([input, result]) =>
  command(`send ${formatInput(input)}: ${result}`, async (model) => {
    addInput(model, forRun(input))
    check(model, forRun(input), await fixture.run(forRun(input), result))
  }),
)
const sendConcurrently = fc
  .tuple(inputs, fc.constantFrom(...deliveryResults), fc.integer({ min: 2, max: 4 }))
  .map(([input, result, times]) =>
    command(`send ${times} × ${formatInput(input)}: ${result}`, async (model) => {
      addInput(model, forRun(input))
      const sending = Array.from({ length: times }, () => fixture.run(forRun(input), result))
      for (const result of await Promise.all(sending)) check(model, forRun(input), result)
    }),
  )
const kill = fc
  .tuple(inputs, fc.constantFrom<DeliveryResult>('killed', 'killed after the execution'))
  .map(([input, result]) =>
    command(`${result}: ${formatInput(input)}`, async (model) => {
      addInput(model, forRun(input))
      await fixture.kill(forRun(input), result)
    }),
  )
const passTime = fc.constantFrom(1_000, delayMs, absenceProvenAfterMs).map((ms) =>
  command(`pass ${ms}`, async () => {
    clock.advance(ms)
    fixture.vendor.executeDelayed()
    await fixture.finishBackgroundWork()
  }),
)
const setReadable = fc
  .boolean()
  .map((value) => command(`unreadable: ${value}`, async () => void (fixture.vendor.isUnreadable = value)))

test('executes a mutation at most once and reports its true outcome, whatever fails and however often it is repeated', () =>
  fc.assert(
    fc.asyncProperty(
      fc.commands([send, send, send, sendConcurrently, kill, passTime, passTime, setReadable], { maxCommands: 12 }),
      async (commands) => {
        run++
        const model: Model = new Map()
        fixture.vendor.isUnreadable = false
        await fc.asyncModelRun(() => ({ model, real: fixture }), commands)
        fixture.vendor.isUnreadable = false
        // If the vendor can be read, a mutation with the same key reconciles every unknown outcome.
        for (const ms of [delayMs, absenceProvenAfterMs, absenceProvenAfterMs]) {
          clock.advance(ms)
          fixture.vendor.executeDelayed()
          await fixture.finishBackgroundWork()
        }
        for (const [, sent] of model) {
          const results = await Promise.all(sent.map((input) => fixture.run(input, 'rejected')))
          for (const [index, result] of results.entries()) {
            check(model, sent[index]!, result)
            expect(result.outcome).toMatch(/^(SUCCEEDED|REJECTED)$/)
          }
        }
      },
    ),
    runs(25, 10_000),
  ))

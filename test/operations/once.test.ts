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
import { dataFolder } from './open.ts'

/** What becomes of a request to the vendor. */
const fates = [
  'done',
  'rejected',
  'not sent',
  'lost',
  'lost when done',
  'done late',
  'unread',
  'internal error',
] as const
type Fate = (typeof fates)[number] | 'killed' | 'killed when done'

const late = 20_000
const folder = dataFolder()
const clock = new ManualClock()

/** A vendor that knows things by a name of our choosing, and may do late what it was sent. */
class Vendor {
  readonly made = new Map<string, number>()
  readonly #late: { name: string; at: number }[] = []
  /** Cannot be looked at. */
  blind = false

  make(name: string): void {
    this.made.set(name, (this.made.get(name) ?? 0) + 1)
  }
  async send(name: string, fate: Fate, call: CallContext): Promise<void> {
    if (fate === 'not sent') throw new Problem('VENDOR_UNAVAILABLE', 'No.', { delivery: 'not-sent' })
    call.writesStarted++
    if (fate === 'rejected') throw new Problem('VENDOR_REJECTED', 'No.', { delivery: 'rejected' })
    if (fate === 'done late') this.#late.push({ name, at: clock.now() + late })
    else if (fate !== 'lost' && fate !== 'killed') this.make(name)
    if (fate === 'killed' || fate === 'killed when done') return new Promise(() => {})
    if (fate === 'internal error') throw new TypeError('a bug')
    if (fate === 'unread') throw new Problem('VENDOR_BAD_RESPONSE', 'No.', { delivery: 'unread' })
    if (fate !== 'done') throw new Problem('VENDOR_UNAVAILABLE', 'No.', { delivery: 'unknown' })
    call.writesSucceeded++
  }
  pass(): void {
    for (const { name, at } of this.#late.splice(0))
      if (at <= clock.now()) this.make(name)
      else this.#late.push({ name, at })
  }
  findCreated = async ({ clientAssignedId }: NewConference): Promise<Conference | null> => {
    if (this.blind) throw new Problem('VENDOR_UNAVAILABLE', 'No.')
    return this.made.has(clientAssignedId) ? ({ vendorId: clientAssignedId } as Conference) : null
  }
}

interface Asked {
  caller: string
  key: string
  title: string
}
const textOf = ({ caller, key, title }: Asked): string => `${caller} ${key} ${title}`

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

/** The operations of a process, and of the one that is started after a kill, over one store and one vendor. */
class Fixture {
  vendor = new Vendor()
  /** What each input is called at the vendor. */
  readonly names = new Map<string, string>()
  /** What the latest answer to each input was. */
  readonly told = new Map<string, MutationResult>()
  #store = new SqliteOperationStore(join(folder, 'operations.sqlite'))
  #processRegistry = new MortalRegistry(folder)
  #operations = this.#start()

  #start(): Operations {
    const vendor = { findCreated: (...of: [NewConference]) => this.vendor.findCreated(...of) }
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

  request(asked: Asked, fate: Fate, sent?: () => void): MutationRequest {
    const prepare = (clientAssignedId: string): MutationPlan => {
      this.names.set(textOf(asked), clientAssignedId)
      return {
        account: { key: 'v', vendor: this.vendor } as unknown as Account,
        change: null,
        lookup: { kind: 'created', input: { clientAssignedId, invite: [] } as unknown as NewConference },
        execute: async (call) => {
          const sending = this.vendor.send(clientAssignedId, fate, call)
          sent?.()
          await sending
          return { result: null }
        },
      }
    }
    const { caller, key, title } = asked
    const time = { deadline: clock.now() + 25_000 }
    const call = new CallContext({ caller, signal: new AbortController().signal, time })
    return { caller, mutation: 'createConference', input: { title }, key, call, createPlan: prepare }
  }
  run(asked: Asked, fate: Fate): Promise<MutationResult> {
    return this.#operations.runMutation(this.request(asked, fate))
  }
  /** The process ends at once while the vendor has the request; another one is started. */
  async kill(asked: Asked, fate: Fate): Promise<void> {
    const sent = Promise.withResolvers<void>()
    void this.#operations.runMutation(this.request(asked, fate, sent.resolve)).then(() => sent.resolve())
    await sent.promise
    const old = this.#operations
    await this.#processRegistry.unregister()
    this.#processRegistry = new MortalRegistry(folder)
    this.#store = new SqliteOperationStore(join(folder, 'operations.sqlite'))
    this.#operations = this.#start()
    // Its request never ends, so that it writes nothing more; what it does behind the scenes is over.
    void old.stop(0)
    await this.#recovered()
    await this.quiet()
  }
  /** Waits until the process that is alive has taken over the operations of the killed one. */
  async #recovered(): Promise<void> {
    const alive = new Set([this.#processRegistry.id])
    while ((await this.#store.listUnresolved(0, alive)).length > 0)
      await new Promise((resolve) => setImmediate(resolve))
  }
  /** Whatever goes on behind the scenes has gone as far as it can: it waits for the clock. */
  async quiet(): Promise<void> {
    for (let turn = 0; turn < 4; turn++) {
      await this.#store.find('nothing')
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  close = (): Promise<void> => this.#store.close()

  /** How often the vendor has done it. */
  done(asked: Asked): number {
    return this.vendor.made.get(this.names.get(textOf(asked)) ?? '') ?? 0
  }
}

const fixture = new Fixture()
afterAll(async () => {
  await fixture.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Every input that was ever given, by caller and key. */
type Model = Map<string, Asked[]>

/** Checks an answer just given: done once at most, and the outcome is true. */
function check(model: Model, asked: Asked, result: MutationResult): void {
  const done = fixture.done(asked)
  const all = model.get(`${asked.caller} ${asked.key}`)!
  expect(all.reduce((sum, each) => sum + fixture.done(each), 0)).toBeLessThanOrEqual(1)
  if (result.outcome === 'SUCCEEDED') expect(done).toBe(1)
  else if (result.outcome !== 'UNKNOWN') expect(done).toBe(0)
  const before = fixture.told.get(textOf(asked))
  if (before?.outcome === 'SUCCEEDED') expect(result).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
  if (result.problems[0]?.code !== 'IDEMPOTENCY_KEY_REUSED') fixture.told.set(textOf(asked), result)
}

function note(model: Model, asked: Asked): void {
  const place = `${asked.caller} ${asked.key}`
  const others = (model.get(place) ?? []).filter(({ title }) => title !== asked.title)
  model.set(place, [...others, asked])
}

type Command = fc.AsyncCommand<Model, Fixture>
let run = 0

const command = (name: string, act: (model: Model) => Promise<void>): Command => ({
  check: () => true,
  toString: () => name,
  run: act,
})
const asked = fc.record({
  caller: fc.constantFrom('ada', 'eve'),
  key: fc.constantFrom('a', 'b'),
  title: fc.constantFrom('x', 'x', 'x', 'y'),
})
/** Of this run alone: the store is one for all. */
const own = (of: Asked): Asked => ({ ...of, caller: `${of.caller}-${run}` })

const send = fc.tuple(asked, fc.constantFrom(...fates)).map(([of, fate]) =>
  command(`send ${textOf(of)}: ${fate}`, async (model) => {
    note(model, own(of))
    check(model, own(of), await fixture.run(own(of), fate))
  }),
)
const together = fc.tuple(asked, fc.constantFrom(...fates), fc.integer({ min: 2, max: 4 })).map(([of, fate, times]) =>
  command(`send ${times} × ${textOf(of)}: ${fate}`, async (model) => {
    note(model, own(of))
    const sending = Array.from({ length: times }, () => fixture.run(own(of), fate))
    for (const result of await Promise.all(sending)) check(model, own(of), result)
  }),
)
const kill = fc.tuple(asked, fc.constantFrom<Fate>('killed', 'killed when done')).map(([of, fate]) =>
  command(`${fate}: ${textOf(of)}`, async (model) => {
    note(model, own(of))
    await fixture.kill(own(of), fate)
  }),
)
const pass = fc.constantFrom(1_000, late, absenceProvenAfterMs).map((ms) =>
  command(`pass ${ms}`, async () => {
    clock.advance(ms)
    fixture.vendor.pass()
    await fixture.quiet()
  }),
)
const look = fc.boolean().map((blind) => command(`blind: ${blind}`, async () => void (fixture.vendor.blind = blind)))

test('executes a mutation at most once and reports its true outcome, whatever fails and however often it is repeated', () =>
  fc.assert(
    fc.asyncProperty(
      fc.commands([send, send, send, together, kill, pass, pass, look], { maxCommands: 12 }),
      async (commands) => {
        run++
        const model: Model = new Map()
        fixture.vendor.blind = false
        await fc.asyncModelRun(() => ({ model, real: fixture }), commands)
        fixture.vendor.blind = false
        // With a vendor that can be looked at, the same key clears up whatever was unknown.
        for (const ms of [late, absenceProvenAfterMs, absenceProvenAfterMs]) {
          clock.advance(ms)
          fixture.vendor.pass()
          await fixture.quiet()
        }
        for (const [, all] of model) {
          const results = await Promise.all(all.map((each) => fixture.run(each, 'rejected')))
          for (const [index, result] of results.entries()) {
            check(model, all[index]!, result)
            expect(result.outcome).toMatch(/^(SUCCEEDED|REJECTED)$/)
          }
        }
      },
    ),
    runs(40, 10_000),
  ))

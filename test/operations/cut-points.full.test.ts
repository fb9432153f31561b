import { afterAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../src/sandboxes/kit.ts'
import type { AnyVendor } from '../../src/vendors/definition.ts'
import { vendors } from '../../src/vendors/index.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { cutPoints, startCutProxy, type CutPoint, type CutProxy } from './cut-proxy.ts'
import { mutate, open, type Opened } from './open.ts'
import { createFile, scenarios, type Scenario } from './scenarios.ts'

/** Number of repetitions with the same key. Before the last one, a delayed request has taken effect. */
const repeats = 3
/** A PNG file, which every vendor accepts as an avatar. */
const picture = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100_000, 7)])
let caseCount = 0

const countEffects = ({ sandbox }: Opened, { effects }: Scenario, start: number): number =>
  sandbox.effects.slice(start).filter(({ kind }) => effects.includes(kind)).length

/** Checks that the outcome is true for this number of effects. */
function check(outcome: string, effects: number, label: string): void {
  caseCount += 1
  expect(effects, label).toBeLessThanOrEqual(1)
  if (outcome === 'SUCCEEDED') expect(effects, label).toBe(1)
  else if (outcome !== 'UNKNOWN') expect(effects, `${label}: ${outcome}`).toBe(0)
}

async function run(opened: Opened, proxy: CutProxy, scenario: Scenario, point: CutPoint): Promise<string[]> {
  const key = `${scenario.mutation}/${String(scenario.write.path)}/${point}`.replaceAll(' ', '-')
  const prepared = { ...(await scenario.prepare(opened)), idempotencyKey: key }
  const isUpload = scenario.mutation === 'uploadFile'
  const input = () => (isUpload ? { ...prepared, file: createFile(picture) } : prepared)
  const start = opened.sandbox.effects.length
  const deadline = new AbortController()
  if (point === 'refused connection') await proxy.stopListening()
  else proxy.cut(point, scenario.write, () => deadline.abort(new Error('deadline')))
  const first = await mutate(opened, scenario.mutation, input(), { signal: deadline.signal })
  check(first.outcome, countEffects(opened, scenario, start), `${key}, first`)
  if (point === 'refused connection') await proxy.accept()
  else expect(proxy.hasCut(), key).toBe(true)
  const outcomes = [first.outcome]
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    if (repeat === repeats) opened.clock.advance(61_000)
    const { outcome, replayed, operation } = await mutate(opened, scenario.mutation, input())
    check(outcome, countEffects(opened, scenario, start), `${key}, repeat ${repeat}`)
    const stored = await opened.execute('query ($id: ID!) { operation(id: $id) { outcome } }', { id: operation.id })
    expect(stored.operation.outcome, key).toBe(outcome)
    if (outcomes.at(-1) === 'SUCCEEDED') expect({ replayed, outcome }).toEqual({ replayed: true, outcome: 'SUCCEEDED' })
    outcomes.push(outcome)
  }
  return outcomes
}

const fixtures: { name: string; definition: AnyVendor; seed: object; vendorScenarios: readonly Scenario[] }[] = [
  ...vendors.map((definition) => ({
    name: definition.label,
    definition,
    seed: {},
    vendorScenarios: scenarios.filter(({ vendor }) => vendor === definition.slug),
  })),
  {
    name: 'TrueConf Server without client-assigned IDs',
    definition: trueconf,
    seed: { customIds: false },
    vendorScenarios: scenarios.filter(
      ({ vendor, mutation }) => vendor === 'trueconf' && mutation === 'createConference',
    ),
  },
]

describe.each(fixtures)('$name', ({ definition, seed, vendorScenarios }) => {
  test.each(vendorScenarios)(
    'executes $mutation by $write.path at most once, wherever the connection is cut',
    async (scenario) => {
      const outcomes: Record<string, string[]> = {}
      let proxy: CutProxy | undefined
      const startProxy = async ({ url }: Sandbox): Promise<string> => (proxy = await startCutProxy(url)).url
      const opened = await open(definition, { seed, startProxy })
      await opened.account.upstream.getToken(AbortSignal.timeout(5_000))
      for (const point of cutPoints) outcomes[point] = await run(opened, proxy!, scenario, point)
      await proxy!.close()
      expect(opened.internalErrors).toEqual([])
      expect(outcomes['refused connection']?.[0]).toBe('NOT_SENT')
      expect(outcomes['all of the request read']?.[0]).toBe('UNKNOWN')
      expect(outcomes['executed, closed after the response']?.[0]).toBe('SUCCEEDED')
    },
  )
})

afterAll(() => process.stdout.write(`cut points: ${caseCount} cases\n`))

import { afterAll, describe, expect, it } from 'vitest'
import type { Sandbox } from '../../src/sandboxes/kit.ts'
import type { AnyVendor } from '../../src/vendors/definition.ts'
import { vendors } from '../../src/vendors/index.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { cutPoints, startCutProxy, type CutPoint, type CutProxy } from './cut-proxy.ts'
import { mutate, open, type Opened } from './open.ts'
import { fileOf, scenarios, type Scenario } from './scenarios.ts'

/** How often each client repeats with the same key; between the last two, the vendor had its time to do it late. */
const repeats = 3
/** Of a kind that every vendor takes as an avatar. */
const picture = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100_000, 7)])
let cases = 0

const effectsOf = ({ sandbox }: Opened, { effects }: Scenario, since: number): number =>
  sandbox.effects.slice(since).filter(({ kind }) => effects.includes(kind)).length

/** What the outcome promises of the number of effects. */
function check(outcome: string, effects: number, where: string): void {
  cases += 1
  expect(effects, where).toBeLessThanOrEqual(1)
  if (outcome === 'SUCCEEDED') expect(effects, where).toBe(1)
  else if (outcome !== 'UNKNOWN') expect(effects, `${where}: ${outcome}`).toBe(0)
}

async function run(opened: Opened, proxy: CutProxy, scenario: Scenario, point: CutPoint): Promise<string[]> {
  const key = `${scenario.mutation}/${String(scenario.write.path)}/${point}`.replaceAll(' ', '-')
  const prepared = { ...(await scenario.prepare(opened)), idempotencyKey: key }
  const upload = scenario.mutation === 'uploadFile'
  const input = () => (upload ? { ...prepared, file: fileOf(picture) } : prepared)
  const since = opened.sandbox.effects.length
  const deadline = new AbortController()
  if (point === 'refused connection') await proxy.refuse()
  else proxy.cut(point, scenario.write, () => deadline.abort(new Error('deadline')))
  const first = await mutate(opened, scenario.mutation, input(), { signal: deadline.signal })
  check(first.outcome, effectsOf(opened, scenario, since), `${key}, first`)
  if (point === 'refused connection') await proxy.accept()
  else expect(proxy.made(), key).toBe(true)
  const outcomes = [first.outcome]
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    if (repeat === repeats) opened.clock.advance(61_000)
    const { outcome, replayed, operation } = await mutate(opened, scenario.mutation, input())
    check(outcome, effectsOf(opened, scenario, since), `${key}, repeat ${repeat}`)
    const asked = await opened.ask('query ($id: ID!) { operation(id: $id) { outcome } }', { id: operation.id })
    expect(asked.operation.outcome, key).toBe(outcome)
    if (outcomes.at(-1) === 'SUCCEEDED') expect({ replayed, outcome }).toEqual({ replayed: true, outcome: 'SUCCEEDED' })
    outcomes.push(outcome)
  }
  return outcomes
}

const fixtures: { name: string; definition: AnyVendor; seed: object; own: readonly Scenario[] }[] = [
  ...vendors.map((definition) => ({
    name: definition.label,
    definition,
    seed: {},
    own: scenarios.filter(({ vendor }) => vendor === definition.slug),
  })),
  {
    name: 'TrueConf Server that lets nobody choose ids',
    definition: trueconf,
    seed: { customIds: false },
    own: scenarios.filter(({ vendor, mutation }) => vendor === 'trueconf' && mutation === 'createConference'),
  },
]

describe.each(fixtures)('$name', ({ definition, seed, own }) => {
  it.each(own)('$mutation by $write.path is done once or not at all, wherever it is cut', async (scenario) => {
    const table: Record<string, string[]> = {}
    let proxy: CutProxy | undefined
    const via = async ({ url }: Sandbox): Promise<string> => (proxy = await startCutProxy(url)).url
    const opened = await open(definition, { seed, via })
    await opened.account.upstream.getToken(AbortSignal.timeout(5_000))
    for (const point of cutPoints) table[point] = await run(opened, proxy!, scenario, point)
    await proxy!.close()
    expect(opened.internalErrors).toEqual([])
    expect(table['refused connection']?.[0]).toBe('NOT_SENT')
    expect(table['all of the request read']?.[0]).toBe('UNKNOWN')
    expect(table['done, closed behind the answer']?.[0]).toBe('SUCCEEDED')
  })
})

afterAll(() => process.stdout.write(`cut points: ${cases} cases\n`))

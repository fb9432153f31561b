import { parseArgs } from 'node:util'
import { post } from './client.ts'
import { startFaultySandboxes } from './faulty-sandboxes.ts'
import { openLoop, summary } from './open-loop.ts'
import { startParley } from './parley.ts'
import { readServer } from './stalls.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    /** Times are shown, not judged: for machines that others use. */
    'counts-only': { type: 'boolean', default: false },
  },
})

const repeat = (times: number, text: (index: number) => string): string =>
  Array.from({ length: times }, (_, i) => text(i)).join(' ')
const nested = (levels: number): string => `${'{ node(id: "x") '.repeat(levels)}{ id }${'}'.repeat(levels)}`

/** Documents that would cost much more than they look; none may be run. */
const hostile: Record<string, string> = {
  'fragments that double': `{ ...F0 } ${repeat(30, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F30 on Query { __typename }`,
  'fragments in a circle': '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
  '1,000 levels': nested(1_000),
  '10,000 aliases': `{ ${repeat(10_000, (i) => `a${i}: __typename`)} }`,
  'one field 3,000 times': `{ ${repeat(3_000, () => 'accounts { key }')} }`,
  '500 directives': `{ __typename ${repeat(500, () => '@skip(if: false)')} }`,
  'a million nodes':
    '{ users(first: 100) { nodes { conferences(first: 100) { nodes { participants(first: 100) { nodes { id } } } } } } }',
  '900,000 characters of nothing': `{ __typename ${'#'.repeat(900_000)}`,
  'introspection in depth': `{ __schema { types { ${'fields { type { '.repeat(30)} name ${'} }'.repeat(30)} } } }`,
}

/** In which refusals are told by their status. */
const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' }

const vendors = await startFaultySandboxes()
/** The requests that vendor calls were made for. */
const served = new Set<unknown>()
const parley = await startParley(
  { accounts: vendors.accounts },
  {
    environment: { LOG_LEVEL: 'debug' },
    onLine: ({ msg, requestId }) => void (msg === 'vendor call' && served.add(requestId)),
  },
)
/** The hostile ones. */
const hostileIds: string[] = []
const honest = JSON.stringify({ query: '{ users(first: 20) { nodes { id displayName } } }' })
for (let number = 0; number < 200; number++) await post(parley.url, honest)

const seconds = Number(values.seconds)
const run = async (attacked: boolean) => {
  await readServer(parley.url)
  const latencies: number[] = []
  const refusals: number[] = []
  const problems: string[] = []
  let number = 0
  const attack = async (due: number): Promise<void> => {
    const [name, query] = Object.entries(hostile)[number++ % Object.keys(hostile).length]!
    const { status, failure, requestId } = await post(parley.url, JSON.stringify({ query }), headers)
    if (status !== 400 && status !== 413) problems.push(`${name}: ${failure ?? status}`)
    hostileIds.push(requestId)
    refusals.push(performance.now() - due)
  }
  const ask = async (due: number): Promise<void> => {
    const { json, failure } = await post(parley.url, honest)
    if (!json?.data) problems.push(`honest: ${failure ?? 'an error'}`)
    latencies.push(performance.now() - due)
  }
  await Promise.all([openLoop(50, seconds, ask), attacked && openLoop(5, seconds, attack)])
  const { stalls } = await readServer(parley.url)
  return { honest: summary(latencies), refusals: summary(refusals), stalls, problems }
}

const calm = await run(false)
const attacked = await run(true)
await parley.dispose()
await vendors.close()

console.table({ 'honest, calm': calm.honest, 'honest, attacked': attacked.honest, refusals: attacked.refusals })
console.info('event loop held, ms:', { calm: calm.stalls, attacked: attacked.stalls })
const broken = [
  ...new Set([...calm.problems, ...attacked.problems]),
  ...(hostileIds.some((id) => served.has(id)) ? ['a hostile document made vendor calls'] : []),
  ...(!values['counts-only'] && attacked.stalls.p99 > 50 ? ['event loop p99 above 50 ms'] : []),
]
console.info(broken.length === 0 ? 'held' : `BROKEN: ${broken.join('; ')}`)
process.exit(broken.length === 0 ? 0 : 1)

import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { request } from 'undici'
import { startProcess } from '../../test/support/server.ts'
import { listAttacks, type Attack } from '../harness/attacks.ts'
import { parse, post } from '../harness/client.ts'
import { now } from '../harness/clock.ts'
import { openLoop, percentile } from '../harness/open-loop.ts'
import { memoryOf } from '../harness/process.ts'
import { sample, type Line, type Row } from '../harness/row.ts'
import { startVendors } from '../harness/vendors.ts'
import { listed, sum } from '../harness/verdict.ts'

const heapMiB = 384
const maxMemoryMiB = 512
const keyOf = (caller: string): string => `bench-key-of-${caller}`
const callers = ['honest', 'greedy']
const clients = callers.map((name) => ({
  name,
  apiKeySha256: createHash('sha256').update(keyOf(name)).digest('hex'),
  scopes: ['read', 'write'],
}))
const accountKeys = ['trueconf', 'zoom', 'imeetcentral'] as const
const headers = { 'content-type': 'application/json', authorization: `Bearer ${keyOf('honest')}` }
const operations = [
  '{ accounts { key } }',
  ...accountKeys.map(
    (key) => `{ users(filter: { accounts: ["${key}"] }, first: 5) { nodes { id } sources { status } } }`,
  ),
  'mutation { createConference(input: { account: "trueconf", title: "x", owner: { vendorId: "helen" }, schedule: { permanent: true } }) { outcome } }',
]

/** Reason why the operation was lost. Null if it succeeded. */
async function operate(url: string, query: string): Promise<string | null> {
  const reply = await post(url, JSON.stringify({ query }), headers)
  const response = parse(reply)
  if (reply.failure || reply.status !== 200) return reply.failure ?? `${reply.status}`
  if (response?.errors) return response.errors.map(({ extensions }) => extensions?.code).join()
  return /"(FAILED|RATE_LIMITED|NOT_SENT|UNKNOWN|REJECTED)"/.exec(reply.text)?.[1] ?? null
}

const attackProcess = fileURLToPath(new URL('../attack-process.ts', import.meta.url))

/** Runs the attacks one after another, each on a new server. */
async function measure(accounts: object, name: string, attacks: readonly Attack[], seconds: number): Promise<Line> {
  const node = [`--max-old-space-size=${heapMiB}`]
  const parley = await startProcess({ accounts, clients }, { node, onLine: () => undefined })
  const { url, pid } = parley
  for (const query of operations) await operate(url, query)
  let hasEnded = false
  void parley.exited.then(() => (hasEnded = true))
  const memory = sample(100, () => (hasEnded ? Infinity : memoryOf(pid)))
  const lost = new Map<string, number>()
  const times: number[] = []
  let number = 0
  const operateInParallel = (): Promise<unknown> =>
    openLoop(10, seconds, async (due) => {
      const query = operations[number++ % operations.length]!
      const why = await operate(url, query)
      times.push(now() - due)
      if (why !== null) lost.set(`${query.slice(0, 50)}: ${why}`, (lost.get(`${query.slice(0, 50)}: ${why}`) ?? 0) + 1)
    })
  if (attacks.length === 0) await operateInParallel()
  for (const attack of attacks) {
    const attacker = fork(attackProcess, { serialization: 'advanced' })
    attacker.send({ port: Number(new URL(url).port), attack })
    await operateInParallel()
    const ended = once(attacker, 'exit')
    attacker.send('stop')
    await ended
  }
  memory.stop()
  const left = await release(url)
  await parley.dispose()
  const highest = Math.max(...memory.values)
  const text = [
    `${name}: ${highest.toFixed(0)} MiB (< ${maxMemoryMiB})`,
    `${sum(lost.values())} of ${times.length} lost (0)`,
    `p99 ${percentile(times, 0.99).toFixed(0)} ms`,
    `${left === null ? 'all' : `not ${left}`} released (all)${listed(lost)}`,
  ]
  return { text: text.join(', '), holds: highest < maxMemoryMiB && lost.size === 0 && left === null }
}

/** Waits until everything is released. Returns what is still in use after a while. */
async function release(url: string): Promise<string | null> {
  let held = ''
  for (let time = 0; time < 30; time++) {
    const text = await request(`${url}/metrics`).then(
      ({ body }) => body.text(),
      () => '',
    )
    const read = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1])
    const [bytes, inFlight] = [read('parley_buffered_bytes'), read('parley_operations_in_flight')]
    if (bytes === 0 && inFlight === 0) return null
    held = `${bytes} bytes and ${inFlight} operations`
    await delay(1_000)
  }
  return held
}

export const slowClients: Row = {
  title: `A15: slow clients of one caller, heap of ${heapMiB} MiB`,
  seconds: 600,
  run: async (options) => {
    const vendors = startVendors()
    const plans = accountKeys.map((key) => ({ key, vendor: key, written: true, tokenLife: 3600 }))
    const accounts = await vendors.ask('open', plans)
    await vendors.ask('injectFaults', 0)
    const targets = ['{"account":"imeetcentral"}']
    const wanted = process.env['ATTACK'] ?? ''
    const attacks = listAttacks(keyOf('greedy'), targets).filter(({ name }) => name.includes(wanted))
    const runs: [name: string, attacks: readonly Attack[]][] = [
      ['calm', []],
      ...attacks.map((attack): [string, Attack[]] => [attack.name, [attack]]),
      ['one process under all of them', attacks],
    ]
    const seconds = options.seconds / (2 * attacks.length + 1)
    const lines: Line[] = []
    for (const [name, attacksOfRun] of runs) {
      const line = await measure(accounts, name, attacksOfRun, seconds)
      console.info(line.holds ? 'holds ' : 'BROKEN', line.text)
      lines.push(line)
    }
    await vendors.close()
    return lines
  },
}

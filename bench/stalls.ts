import { setTimeout as delay } from 'node:timers/promises'
import { hostile, telling } from './harness/hostile.ts'
import { post } from './harness/client.ts'
import { Load } from './harness/load.ts'
import { cpuOf, memoryOf, stallsOf } from './harness/process.ts'

/**
 * How long each hostile request holds the server's event loop: `node bench/stalls.ts [words of a name] [--rounds 3]`. Shows the smallest
 * of the rounds, because other work on the machine only makes it longer; and no more than the processor time that the server used.
 */
const rounds = 3
const maxStall = 50
/** The server samples its event loop every 10 ms. */
const settleMs = 40
const wanted = process.argv[2] ?? ''
const load = await Load.open()
const { url, pid } = load.parley
let stalled = 0
for (const { name, body, headers, status } of hostile.filter((each) => each.name.includes(wanted))) {
  const held: number[] = []
  let text = ''
  for (let round = 0; round < rounds; round++) {
    await stallsOf(url)
    await delay(settleMs)
    const cpu = cpuOf(pid)
    const reply = await post(url, body, { ...telling, ...headers })
    await delay(settleMs)
    const used = cpuOf(pid) - cpu
    held.push(Math.min((await stallsOf(url)).max, used))
    const code = /"code":"([A-Z_]+)"/.exec(reply.text)?.[1] ?? 'ok'
    const isExpected = status.includes(reply.status)
    text = `${reply.failure ?? reply.status} ${code}${isExpected ? '' : ' (unexpected)'}, ${Math.round(reply.text.length / 1024)} kB`
  }
  const best = Math.min(...held)
  if (best > maxStall) stalled++
  console.info(`${best > maxStall ? 'STALL' : '     '} ${String(best).padStart(5)} ms  ${name}: ${text}`)
}
console.info(
  `${stalled} requests held the event loop for more than ${maxStall} ms; ${Math.round(memoryOf(pid))} MiB resident`,
)
await load.close()
process.exit(0)

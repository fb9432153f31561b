import { post } from '../harness/client.ts'
import { now } from '../harness/clock.ts'
import { hostile, strictHeaders } from '../harness/hostile.ts'
import { Load } from '../harness/load.ts'
import { openLoop, summary } from '../harness/open-loop.ts'
import { stallsOf } from '../harness/process.ts'
import { lossLine, p99Of, timed, type Line, type Row } from '../harness/row.ts'
import { listed, nothing, sum } from '../harness/verdict.ts'

export const hostileQueries: Row = {
  title: 'A9: one hostile request a second',
  seconds: 120,
  run: async (options) => {
    const load = await Load.open()
    await load.vendors.ask('injectFaults', 0)
    await openLoop(options.rate, options.seconds / 4, load.operate)
    const calm = await stallsOf(load.parley.url)
    const start = now()
    const rejections: { name: string; ms: number }[] = []
    const odd = new Map<string, number>()
    const attack = async (due: number): Promise<void> => {
      const { name, body, headers, status } = hostile[rejections.length % hostile.length]!
      const place = rejections.push({ name, ms: 0 }) - 1
      const reply = await post(load.parley.url, body, { ...strictHeaders, ...headers })
      rejections[place]!.ms = now() - due
      if (reply.failure || !status.includes(reply.status)) {
        const why = `${name}: ${reply.failure ?? reply.status}`
        odd.set(why, (odd.get(why) ?? 0) + 1)
      }
    }
    await Promise.all([openLoop(options.rate, options.seconds, load.operate), openLoop(1, options.seconds, attack)])
    const stalls = await stallsOf(load.parley.url)
    const [before, meanwhile] = [p99Of(load.done, 0, start), p99Of(load.done, start, Infinity)]
    const { p50, p99 } = summary(rejections.map(({ ms }) => ms))
    const slowest = rejections.reduce((one, other) => (other.ms > one.ms ? other : one))
    const lines: Line[] = [
      await lossLine(load, nothing),
      {
        text: `${sum(odd.values())} of ${rejections.length} hostile requests not rejected as expected (0)${listed(odd)}`,
        holds: odd.size === 0,
      },
      timed(
        options,
        `event loop held: at most ${stalls.max} ms (≤ 50), p99 ${stalls.p99} ms; in calm ${calm.p99} and ${calm.max}`,
        stalls.max <= 50,
      ),
      { text: `honest p99 ${before.toFixed(0)} ms in calm, ${meanwhile.toFixed(0)} ms meanwhile`, holds: null },
      { text: `rejected in ${p50} ms, p99 ${p99} ms; slowest: ${slowest.name}`, holds: null },
    ]
    await load.close()
    return lines
  },
}

import { setTimeout as delay } from 'node:timers/promises'
import { now } from '../harness/clock.ts'
import { Load } from '../harness/load.ts'
import { openLoop } from '../harness/open-loop.ts'
import { memoryOf } from '../harness/process.ts'
import { lossLine, median, p99Of, sample, timed, type Row } from '../harness/row.ts'
import { troubleAt } from '../harness/verdict.ts'

const slow = ['trueconf', 'trueconf-writes']
/** Maximum number of concurrent calls of an account with the default limits. */
const cap = 64

export const slowVendor: Row = {
  title: 'A4: one vendor 10 s slow, for two thirds of the time',
  seconds: 180,
  run: async (options) => {
    const load = await Load.open()
    await load.vendors.ask('injectFaults', 0)
    const third = (options.seconds * 1000) / 3
    const start = now() + third
    const memory = sample(500, () => memoryOf(load.parley.pid))
    const schedule = async (): Promise<void> => {
      await delay(third)
      for (const key of slow) await load.vendors.ask('health', key, 10_000)
    }
    await Promise.all([openLoop(options.rate, options.seconds, load.operate), schedule()])
    memory.stop()

    const others = load.done.filter(({ read }) => !read.accounts.includes('trueconf'))
    const [before, meanwhile] = [p99Of(others, 0, start), p99Of(others, start, Infinity)]
    const { peak } = (await load.vendors.ask('seen'))['trueconf']!
    const { length } = memory.values
    const part = (from: number, to: number): number => median(memory.values.slice(length * from, length * to))
    const growth = part(0.85, 1) - part(0.5, 0.65)
    const lines = [
      await lossLine(load, troubleAt(...slow)),
      timed(
        options,
        `the others' p99 ${before.toFixed(0)} ms before, ${meanwhile.toFixed(0)} ms meanwhile (≤ 1.2 ×)`,
        meanwhile <= 1.2 * before,
      ),
      { text: `at most ${peak} calls at one time to the slow one (≤ ${cap})`, holds: peak <= cap },
      { text: `memory ${growth.toFixed(1)} MiB more at its end than in its middle (≤ 16)`, holds: growth <= 16 },
    ]
    await load.close()
    return lines
  },
}

import { setTimeout as delay } from 'node:timers/promises'
import { now } from '../harness/clock.ts'
import { Load, type Done } from '../harness/load.ts'
import { openLoop } from '../harness/open-loop.ts'
import { lossLine, median, p99Of, timed, type Row } from '../harness/row.ts'
import { troubleAt } from '../harness/verdict.ts'

const dead = ['trueconf', 'trueconf-writes']
/** The circuit breaker must be open after this time. */
const settled = 2_000

export const deadVendor: Row = {
  title: 'A3: one vendor does not work for a third of the time',
  seconds: 180,
  run: async (options) => {
    const load = await Load.open()
    await load.vendors.ask('injectFaults', 0)
    const third = (options.seconds * 1000) / 3
    const start = now() + third
    const end = start + third
    const health = async (state: 'well' | 'reset'): Promise<number> => {
      for (const key of dead) await load.vendors.ask('health', key, state)
      return (await load.vendors.ask('seen'))['trueconf']!.calls
    }
    let calls = 0
    const schedule = async (): Promise<void> => {
      await delay(third)
      calls -= await health('reset')
      await delay(third)
      calls += await health('well')
    }
    await Promise.all([openLoop(options.rate, options.seconds, load.operate), schedule()])

    const asks = (one: Done): boolean => one.read.accounts.includes('trueconf')
    const others = load.done.filter((one) => !asks(one))
    const affected = load.done.filter(asks)
    const during = affected.filter(({ due }) => due >= start && due < end)
    const failing = median(
      during
        .filter(({ due, read, verdict }) => due >= start + settled && read.accounts.length === 1 && verdict !== 'right')
        .map(({ due, ended }) => ended - due),
    )
    const [before, meanwhile] = [p99Of(others, 0, start), p99Of(others, start, end)]
    const lastBad = Math.max(0, ...affected.filter(({ verdict }) => verdict !== 'right').map(({ due }) => due))
    const recovery = Math.max(0, lastBad - end) / 1000
    const wrong = others.filter(({ verdict }) => verdict !== 'right').length
    const lines = [
      await lossLine(load, troubleAt(...dead)),
      { text: `${wrong} of ${others.length} reads of the other accounts with an error (0)`, holds: wrong === 0 },
      timed(
        options,
        `their p99 ${before.toFixed(0)} ms before, ${meanwhile.toFixed(0)} ms meanwhile (≤ 1.2 ×)`,
        meanwhile <= 1.2 * before,
      ),
      timed(
        options,
        `median time until a call of the failed vendor fails ${failing.toFixed(1)} ms (≤ 20)`,
        failing <= 20,
      ),
      { text: `${calls} calls for ${during.length} operations (≤ 1.02 ×)`, holds: calls <= 1.02 * during.length },
      timed(options, `normal ${recovery.toFixed(1)} s after it came back (≤ 10)`, recovery <= 10),
    ]
    await load.close()
    return lines
  },
}

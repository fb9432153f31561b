import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { now } from '../harness/clock.ts'
import { dump, dumping, type Heap } from '../harness/heap.ts'
import { Load } from '../harness/load.ts'
import { closedLoop } from '../harness/open-loop.ts'
import { memoryOf } from '../harness/process.ts'
import { lossLine, type Row } from '../harness/row.ts'
import { nothing } from '../harness/verdict.ts'

const runs = 5
const callers = 100

export const leakHunt: Row = {
  title: 'A6: five runs of 100 callers, a heap dump after each',
  seconds: 210,
  run: async (options) => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-heap-'))
    const load = await Load.open({ node: dumping(folder) })
    await load.vendors.ask('injectFaults', 0)
    await delay(5_000)
    const heaps: (Heap & { at: number; resident: number })[] = []
    for (let run = 0; run < runs; run++) {
      await closedLoop(callers, (options.seconds / runs) * 0.75, load.operate)
      await delay((options.seconds / runs) * 250)
      heaps.push({ ...(await dump(load.parley, folder)), at: now(), resident: memoryOf(load.parley.pid) })
    }
    const growing = [...heaps[0]!.constructors.keys()].flatMap((name) => {
      const counts = heaps.map(({ constructors }) => constructors.get(name) ?? 0)
      const grows = counts.every((count, index) => index === 0 || count > counts[index - 1]!)
      return grows ? [`${name} ${counts.join(' ')}`] : []
    })
    const rate = slope(heaps.slice(1).map(({ at, size }) => [at / 60_000, size / 2 ** 20]))
    const lines = [
      await lossLine(load, nothing),
      {
        text: `${growing.length} constructors grew from each dump to the next (0)${growing.map((one) => `\n         ${one}`).join('')}`,
        holds: growing.length === 0,
      },
      {
        text: `heap ${heaps.map(({ size }) => (size / 2 ** 20).toFixed(1)).join(' ')} MiB: ${rate.toFixed(2)} MiB a minute after run 2 (≤ 1)`,
        holds: rate <= 1,
      },
      {
        text: `resident ${heaps.map(({ resident }) => resident.toFixed(0)).join(' ')} MiB, dumps included`,
        holds: null,
      },
    ]
    await load.close()
    await rm(folder, { recursive: true })
    return lines
  },
}

/** Computes the slope of the line that fits the points best. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))]
  const rise = points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0)
  return rise / points.reduce((sum, [at]) => sum + (at - x) ** 2, 0)
}

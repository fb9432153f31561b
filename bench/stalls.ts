import { monitorEventLoopDelay } from 'node:perf_hooks'
import { request } from 'undici'

/** How long an event loop was held, in whole ms. */
export interface Stalls {
  p99: number
  max: number
}

/** Watches this process from now on. */
export function watchStalls(): () => Stalls {
  const histogram = monitorEventLoopDelay({ resolution: 10 })
  histogram.enable()
  return () => ({ p99: Math.round(histogram.percentile(99) / 1e6), max: Math.round(histogram.max / 1e6) })
}

/** What the server has measured of itself: of its event loop since it was last asked, of its processor since its start. */
export async function readServer(url: string): Promise<{ stalls: Stalls; cpuSeconds: number }> {
  const text = await (await request(`${url}/metrics`)).body.text()
  const read = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1])
  const held = (which: string): number => Math.round(read(`nodejs_eventloop_lag_${which}_seconds`) * 1000)
  return { stalls: { p99: held('p99'), max: held('max') }, cpuSeconds: read('process_cpu_seconds_total') }
}

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

/** What the server has measured of itself since it was last asked. */
export async function serverStalls(url: string): Promise<Stalls> {
  const text = await (await request(`${url}/metrics`)).body.text()
  const read = (name: string): number => {
    const [, value] = new RegExp(`^nodejs_eventloop_lag_${name}_seconds (\\S+)`, 'm').exec(text) ?? []
    return Math.round(Number(value) * 1000)
  }
  return { p99: read('p99'), max: read('max') }
}

import { Counter, Gauge, type Registry } from '../prometheus.ts'
import type { DownloadEnd } from '../../http/download/download.ts'

/** Registers the counters of downloads. Returns a function that counts one, by the GraphQL name of its vendor. */
export function registerDownloadCounters(registry: Registry): (vendor: string, end: DownloadEnd) => void {
  const registers = [registry]
  const downloads = new Counter({
    name: 'parley_downloads_total',
    help: 'Downloads of recordings, by vendor and outcome (complete, disconnected, slow_reader, or an error code).',
    labelNames: ['vendor', 'outcome'],
    registers,
  })
  const bytes = new Counter({
    name: 'parley_download_bytes_total',
    help: 'Bytes of recordings that were sent, by vendor.',
    labelNames: ['vendor'],
    registers,
  })
  return (vendor, end) => {
    downloads.inc({ vendor, outcome: end.outcome })
    bytes.inc({ vendor }, end.bytes)
  }
}

/** Registers the gauge of downloads in progress. */
export function registerDownloadGauge(registry: Registry, count: () => number): void {
  const gauge: Gauge = new Gauge({
    name: 'parley_downloads_in_flight',
    help: 'Downloads of recordings in progress. At the limit downloads, further downloads are rejected with OVERLOADED.',
    registers: [registry],
    collect: () => gauge.set(count()),
  })
}

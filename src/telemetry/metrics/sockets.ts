import { Counter, Gauge, type Registry } from '../prometheus.ts'
import { cutReasons, type CutReason } from '../../http/guard/cut-connections.ts'

export interface SocketGauges {
  bufferedBytes(): number
  connections(): number
  streams(): number
}

/**
 * Registers the counter of client connections that the server closed while they were in use. Returns a function that
 * counts one.
 */
export function registerCutConnectionCounter(registry: Registry): (reason: CutReason) => void {
  const cuts = new Counter({
    name: 'parley_connections_cut_total',
    help: 'Client connections closed by the server while they were in use, by reason.',
    labelNames: ['reason'],
    registers: [registry],
  })
  for (const reason of cutReasons) cuts.inc({ reason }, 0)
  return (reason) => cuts.inc({ reason })
}

/** Registers the gauges of client connections, of event streams, and of buffered bytes. */
export function registerSocketGauges(registry: Registry, { bufferedBytes, connections, streams }: SocketGauges): void {
  const registers = [registry]
  const buffered: Gauge = new Gauge({
    name: 'parley_buffered_bytes',
    help: 'Bytes reserved for requests and responses. At the limit bufferBytes, requests are rejected.',
    registers,
    collect: () => buffered.set(bufferedBytes()),
  })
  const open: Gauge = new Gauge({
    name: 'parley_connections',
    help: 'Open client connections. At the limit connections, the oldest connection without credentials is closed.',
    registers,
    collect: () => open.set(connections()),
  })
  const openStreams: Gauge = new Gauge({
    name: 'parley_streams',
    help: 'Open event streams. At the limit streams, subscriptions are rejected with TOO_MANY_SUBSCRIPTIONS.',
    registers,
    collect: () => openStreams.set(streams()),
  })
}

import { Counter, Gauge, type Registry } from 'prom-client'
import { cutReasons, type CutReason } from '../../http/guard/cut-connections.ts'

export interface SocketGauges {
  bufferedBytes(): number
  connections(): number
}

/** Registers the counter of the client connections that the server closed while they were in use. */
export function countCutConnections(registry: Registry): (reason: CutReason) => void {
  const cuts = new Counter({
    name: 'parley_connections_cut_total',
    help: 'Client connections that the server closed while they were in use, by reason.',
    labelNames: ['reason'],
    registers: [registry],
  })
  for (const reason of cutReasons) cuts.inc({ reason }, 0)
  return (reason) => cuts.inc({ reason })
}

export function watchSockets(registry: Registry, { bufferedBytes, connections }: SocketGauges): void {
  const registers = [registry]
  const buffered: Gauge = new Gauge({
    name: 'parley_buffered_bytes',
    help: 'Bytes reserved for requests and responses; from the limit bufferBytes on, requests are rejected.',
    registers,
    collect: () => buffered.set(bufferedBytes()),
  })
  const open: Gauge = new Gauge({
    name: 'parley_connections',
    help: 'Open client connections; from the limit connections on, the oldest without credentials is closed.',
    registers,
    collect: () => open.set(connections()),
  })
}

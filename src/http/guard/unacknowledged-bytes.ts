import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'

/** Tables of the connections of this machine. Only Linux has them. */
const tables: Readonly<Record<string, string>> = { IPv4: '/proc/net/tcp', IPv6: '/proc/net/tcp6' }

/**
 * Returns the number of bytes that the operating system has accepted for a connection, and that the other end has not
 * acknowledged. Returns 0 if the operating system does not report it.
 *
 * Node learns that a client reads only when a third of the system's buffer, which can have several MiB, is free again.
 */
export function countUnacknowledgedBytes({ localFamily = '', localPort, remotePort }: Socket): number {
  const table = tables[localFamily]
  if (table === undefined || localPort === undefined || remotePort === undefined) return 0
  // Address and port of both ends, the state, and the number of bytes, all in hexadecimal.
  const row = new RegExp(
    `:${formatPort(localPort)} [0-9A-F]+:${formatPort(remotePort)} [0-9A-F]{2} ([0-9A-F]{8}):`,
    'g',
  )
  let bytes = 0
  for (const [, queued = ''] of readTable(table).matchAll(row)) bytes += Number.parseInt(queued, 16)
  return bytes
}

const formatPort = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0')

function readTable(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

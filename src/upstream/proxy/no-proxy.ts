import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { createAddressFilter, isAddressRange } from '../../core/address-ranges.ts'

/** Whether a host is called without a proxy. IPv6 addresses have no brackets. */
export type IsExcluded = (host: string, port: number) => boolean

/**
 * Parses the value of `NO_PROXY`: host names, which include their subdomains, IP addresses, and CIDR ranges, each with or
 * without a port. `*` excludes every host. Other entries are ignored.
 */
export function parseNoProxy(list: string): IsExcluded {
  const entries = list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(parseEntry)
  return (host, port) => {
    const name = host.toLowerCase().replace(/\.$/, '')
    return entries.some((entry) => (entry.port === null || entry.port === port) && entry.matches(name))
  }
}

function parseEntry(entry: string): { port: number | null; matches: (host: string) => boolean } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(entry) ?? []
  const host = bracketed ?? plain ?? entry
  return { port: port === undefined ? null : Number(port), matches: createMatcher(host) }
}

function createMatcher(pattern: string): (host: string) => boolean {
  if (pattern === '*') return () => true
  if (isAddressRange(pattern)) {
    const isInRange = createAddressFilter([pattern])
    return (host) => isIP(host) !== 0 && isInRange(host)
  }
  const plain = pattern.replace(/^\*?\./, '').replace(/\.$/, '')
  // Host names in URLs are ASCII.
  const name = domainToASCII(plain) || plain
  return (host) => host === name || host.endsWith(`.${name}`)
}

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { isIP, isIPv4, SocketAddress, type Socket } from 'node:net'
import { createAddressFilter } from '../../core/address-ranges.ts'

/** If true, every peer is a trusted proxy. A list contains the IP addresses and CIDR ranges of trusted proxies. */
export type TrustProxySetting = boolean | readonly string[]

/** Longer than every real chain of proxies. The header could contain thousands of addresses. */
const maxProxies = 20

const ignoredHeaders: IncomingHttpHeaders = {}

/** The scheme and the host that the client requested. Null if no trusted proxy reports them. */
export interface RequestedSite {
  scheme: string | null
  host: string | null
}

interface Forwarding {
  clientAddress: string | undefined
  /** Number of trusted proxies that the request came through. */
  proxyCount: number
}

/** Decides which forwarded headers are used. Headers that a trusted proxy did not add are ignored. */
export class ProxyTrust {
  readonly #isDisabled: boolean
  readonly #isTrusted: (address: string) => boolean
  /**
   * 1 if the setting is `true`: the addresses of proxies are unknown, and only the last entry of a header comes from
   * the peer.
   */
  readonly #maxProxies: number

  constructor(setting: TrustProxySetting) {
    this.#isDisabled = setting === false
    this.#isTrusted = typeof setting === 'boolean' ? () => setting : createAddressFilter(setting)
    this.#maxProxies = setting === true ? 1 : maxProxies
  }

  /** Whether the peer is a trusted proxy. */
  isFromProxy({ socket }: IncomingMessage): boolean {
    if (this.#isDisabled) return false
    const peer = getPeerAddress(socket)
    return peer !== undefined && this.#isTrusted(peer)
  }

  /** Returns the headers of a trusted proxy. No headers are returned if the peer is not one. */
  getTrustedHeaders(request: IncomingMessage): IncomingHttpHeaders {
    return this.isFromProxy(request) ? request.headers : ignoredHeaders
  }

  /** Returns the nearest address that is not a trusted proxy. Undefined if the connection is closed. */
  findClientAddress(request: IncomingMessage): string | undefined {
    return this.#trace(request).clientAddress
  }

  /** Returns the scheme and host from the headers of trusted proxies. */
  findRequestedSite(request: IncomingMessage): RequestedSite {
    const { proxyCount } = this.#trace(request)
    const { 'x-forwarded-proto': schemes, 'x-forwarded-host': hosts } = request.headers
    return { scheme: selectEntry(schemes, proxyCount)?.toLowerCase() ?? null, host: selectEntry(hosts, proxyCount) }
  }

  #trace({ headers, socket }: IncomingMessage): Forwarding {
    let clientAddress = getPeerAddress(socket)
    let proxyCount = 0
    const forwardedFor = String(headers['x-forwarded-for'] ?? '')
    let end = forwardedFor.length
    while (clientAddress !== undefined && proxyCount < this.#maxProxies && this.#isTrusted(clientAddress)) {
      proxyCount++
      const start = end > 0 ? forwardedFor.lastIndexOf(',', end - 1) : -1
      const address = parseAddress(forwardedFor.slice(start + 1, Math.max(0, end)))
      // Entries further left were not added by a trusted proxy.
      if (address === null) break
      clientAddress = address
      end = start
    }
    return { clientAddress, proxyCount }
  }
}

/** Returns the address of the other end, which can be that of a proxy. Undefined if the connection is closed. */
export function getPeerAddress({ remoteAddress = '' }: Socket): string | undefined {
  return parseAddress(remoteAddress) ?? undefined
}

/** Each proxy adds at most one entry, at the end. */
function selectEntry(header: string | string[] | undefined, proxyCount: number): string | null {
  if (header === undefined || proxyCount === 0) return null
  const entries = String(header).split(',')
  return entries.at(-Math.min(proxyCount, entries.length))!.trim()
}

/**
 * Parses an IP address. Ignores a port and a zone (such as `br-3f2a` or `eth0.100`).
 *
 * @returns The address in the format of Node. An IPv4 address in the format of IPv6, as sockets report it, becomes an IPv4
 * address. Null if the text is not an address.
 */
function parseAddress(text: string): string | null {
  if (isIPv4(text)) return text
  const [, bracketed, ipv4, ipv6] =
    /^(?:\[([\da-f:.]+)(?:%[\w.-]+)?\](?::\d{1,5})?|([\d.]+)(?::\d{1,5})?|([\da-f:.]+)(?:%[\w.-]+)?)$/i.exec(
      text.trim(),
    ) ?? []
  const address = bracketed ?? ipv4 ?? ipv6 ?? ''
  if (isIP(address) !== 6) return isIP(address) === 4 && bracketed === undefined ? address : null
  return new SocketAddress({ address, family: 'ipv6' }).address.replace(/^::ffff:(?=\d+\.)/, '')
}

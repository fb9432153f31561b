import { isLoopback } from '../../core/host.ts'
import type { IsExcluded } from './no-proxy.ts'

/** An HTTP proxy that opens connections to other servers (`CONNECT`). */
export interface ProxyServer {
  /** Name of the setting or environment variable that the proxy comes from. */
  setting: string
  /** Without user name and password. */
  url: URL
  /** Value of `Proxy-Authorization`. Null if the URL has no user. */
  authorization: string | null
}

/** Returns the proxy for calls to an origin. Null if there is none. */
export type FindProxy = (origin: string) => ProxyServer | null

/** Proxies from the configuration and the environment. */
export interface ProxySettings {
  https: ProxyServer | null
  http: ProxyServer | null
  isExcluded: IsExcluded
}

/**
 * Creates a function that finds the proxy for an origin. Loopback addresses never have one, unless the account has a proxy.
 *
 * @param override Setting of the account. A proxy is used for every call. With false, no proxy is used.
 */
export function createProxyFinder(
  { https, http, isExcluded }: ProxySettings,
  override: ProxyServer | false | undefined,
): FindProxy {
  if (override !== undefined) return () => override || null
  if (https === null && http === null) return () => null
  return (origin) => {
    const { protocol, hostname, port } = new URL(origin)
    const host = hostname.replace(/^\[|\]$|\.$/g, '')
    if (isLoopback(host) || host.endsWith('.localhost')) return null
    const isHttps = protocol === 'https:'
    if (isExcluded(host, Number(port || (isHttps ? 443 : 80)))) return null
    return isHttps ? https : http
  }
}

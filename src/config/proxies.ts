import { z } from 'zod'
import type { ProxyServer, ProxySettings } from '../upstream/proxy/find-proxy.ts'
import { parseNoProxy } from '../upstream/proxy/no-proxy.ts'
import type { ConfigurationIssues } from './issues.ts'
import type { EnvironmentVariables } from './references.ts'
import { hideFromLogs } from './hide-from-logs.ts'

const form = 'the URL of an HTTP proxy, such as http://user:password@proxy.example.com:3128'

/** Schema of a proxy setting: the URL of a proxy, or false for no proxy. */
export const proxySetting = z.union([
  z.literal(false, `must be ${form}, or false.`),
  z.string().refine((text) => parseProxyUrl(text) !== null, `must be ${form}.`),
])

/** Returns null if the URL is invalid. `http://` can be omitted, as in other programs. */
function parseProxyUrl(text: string): URL | null {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`)
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash) return null
  return decodeCredentials(url) === null ? null : url
}

/** Returns `user:password`. Null if it cannot be decoded. */
function decodeCredentials({ username, password }: URL): string | null {
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  } catch {
    return null
  }
}

/** @param setting Name of the setting or environment variable with the URL. */
export function createProxyServer(text: string, setting: string): ProxyServer {
  const url = parseProxyUrl(text)!
  const credentials = Buffer.from(decodeCredentials(url)!).toString('base64')
  const authorization = url.username || url.password ? `Basic ${credentials}` : null
  return hideFromLogs({ setting, url: new URL(url.origin), authorization })
}

/** @param proxy Value of the setting `proxy`. If undefined, the environment variables apply. */
export function readProxies(
  proxy: string | false | undefined,
  { environment, issues }: { environment: EnvironmentVariables; issues: ConfigurationIssues },
): ProxySettings {
  if (proxy === false) return { https: null, http: null, isExcluded: () => true }
  const isExcluded = parseNoProxy(readVariable(environment, 'NO_PROXY')?.value ?? '')
  if (proxy !== undefined) {
    const server = createProxyServer(proxy, 'proxy')
    return { https: server, http: server, isExcluded }
  }
  const read = (name: string): ProxyServer | null => {
    const variable = readVariable(environment, name)
    if (!variable) return null
    if (parseProxyUrl(variable.value)) return createProxyServer(variable.value, variable.name)
    issues.add([variable.name], `must be ${form}. Correct it, unset it, or set "proxy: false" in the configuration.`)
    return null
  }
  return { https: read('HTTPS_PROXY'), http: read('HTTP_PROXY'), isExcluded }
}

/** Returns a variable that is set. The name in lower case takes precedence, as in other programs. */
function readVariable(environment: EnvironmentVariables, name: string): { name: string; value: string } | null {
  for (const spelling of [name.toLowerCase(), name]) {
    const value = environment[spelling]
    if (value) return { name: spelling, value }
  }
  return null
}

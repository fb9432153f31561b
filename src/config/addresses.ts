import { isLoopback } from '../core/host.ts'
import type { ConfigurationIssues } from './issues.ts'

export interface Address {
  host: string
  port: number
}

/** `host`: by default that of the API. */
export type MetricsSetting = { host?: string | undefined; port: number } | boolean

interface Settings {
  clients: readonly unknown[]
  jwt: unknown
  metrics: MetricsSetting
}

/**
 * Adds what is wrong with the addresses of the API (to the issues of the environment) and of `/metrics`. Returns where
 * `/metrics` is: at an address of its own, at the API's (true), or nowhere (false).
 */
export function checkAddresses(
  api: Address,
  { clients, jwt, metrics }: Settings,
  findings: { environment: ConfigurationIssues; file: ConfigurationIssues },
): Address | boolean {
  const isOpen = clients.length === 0 && !jwt
  if (isOpen && !isLoopback(api.host))
    findings.environment.add(
      ['HOST'],
      'must be 127.0.0.1 without clients, because everyone who reaches another address can do everything; ' +
        'configure clients or jwt (without a file: PARLEY_API_KEY), or set HOST=127.0.0.1',
    )
  if (typeof metrics === 'boolean') return metrics
  const { host = api.host, port } = metrics
  if (isOpen && metrics.host !== undefined && !isLoopback(metrics.host))
    findings.file.add(
      ['metrics', 'host'],
      'must be 127.0.0.1 while no callers are configured; configure clients or jwt',
    )
  if (port !== 0 && port === api.port && host === api.host)
    findings.file.add(['metrics', 'port'], 'is the port of the API; set another port, or take metrics out')
  return { host, port }
}

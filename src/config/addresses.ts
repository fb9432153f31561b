import { isLoopback } from '../core/host.ts'
import type { ConfigurationIssues } from './issues.ts'

export interface Address {
  host: string
  port: number
}

/** Value of `metrics`: an address of its own, or whether `/metrics` is at the address of the API. Default of `host`: the API's. */
export type MetricsSetting = { host?: string | undefined; port: number } | boolean

interface Settings {
  clients: readonly unknown[]
  jwt: unknown
  metrics: MetricsSetting
}

/**
 * Validates the addresses of the API and of `/metrics`, and adds their problems to the issues. Returns the address of
 * `/metrics`, true if it is the API's, or false if `/metrics` is off.
 */
export function validateAddresses(
  api: Address,
  { clients, jwt, metrics }: Settings,
  issues: { environment: ConfigurationIssues; file: ConfigurationIssues },
): Address | boolean {
  const isOpen = clients.length === 0 && !jwt
  if (isOpen && !isLoopback(api.host))
    issues.environment.add(
      ['HOST'],
      'without authentication, anyone who can reach this address has full access. ' +
        'Configure "clients" or "jwt" (without a file: PARLEY_API_KEY), or set HOST=127.0.0.1.',
    )
  if (typeof metrics === 'boolean') return metrics
  const { host = api.host, port } = metrics
  if (isOpen && metrics.host !== undefined && !isLoopback(metrics.host))
    issues.file.add(['metrics', 'host'], 'must be 127.0.0.1 without authentication. Configure "clients" or "jwt".')
  if (port !== 0 && port === api.port && host === api.host)
    issues.file.add(['metrics', 'port'], 'is the port of the API. Set another port, or remove "metrics".')
  return { host, port }
}

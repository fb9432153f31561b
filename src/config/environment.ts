import { ConfigurationError } from '../core/configuration-error.ts'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { scopes } from '../auth/caller.ts'
import { isHost } from '../core/host.ts'
import { ConfigurationIssues } from './issues.ts'
import type { EnvironmentVariables } from './references.ts'

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** What the process itself is told by environment variables, whatever the accounts. */
export interface ProcessSettings {
  /** HOST; default 127.0.0.1. */
  host: string
  /** PORT; default 4000, 0 takes any that is free. */
  port: number
  /** PARLEY_SANDBOX_PORT: the first of three; default 4010, 0 takes any that are free. */
  sandboxPort: number
  /** LOG_LEVEL; default info. */
  logLevel: (typeof logLevels)[number]
  /** Where traces go: OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, or OTEL_EXPORTER_OTLP_ENDPOINT with /v1/traces; null: nowhere. */
  tracesUrl: string | null
}

/** Throws ConfigurationError. */
export function readProcessSettings(environment: EnvironmentVariables): ProcessSettings {
  const findings = new ConfigurationIssues()
  const settings = checkProcessSettings(environment, findings)
  if (!settings) throw new ConfigurationError(findings.problems)
  return settings
}

const createPortSchema = (most: number) => {
  const message = `must be a whole number from 0 to ${most}`
  return z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= most, message)
    .transform(Number)
}

const collector = z
  .string()
  .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), 'must be an address that begins with http(s)://')

const Process = z.object({
  HOST: z.string().refine(isHost, 'must be an IP address or a host name, such as 127.0.0.1').default('127.0.0.1'),
  PORT: createPortSchema(65_535).default(4000),
  PARLEY_SANDBOX_PORT: createPortSchema(65_533).default(4010),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.optional(),
})

export function checkProcessSettings(
  environment: EnvironmentVariables,
  findings: ConfigurationIssues,
): ProcessSettings | undefined {
  const given = Object.entries(environment).filter(([, value]) => value)
  const read = findings.validate(Process, Object.fromEntries(given), [])
  return (
    read && {
      host: read.HOST,
      port: read.PORT,
      sandboxPort: read.PARLEY_SANDBOX_PORT,
      logLevel: read.LOG_LEVEL,
      tracesUrl: read.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? getTracesUrl(read.OTEL_EXPORTER_OTLP_ENDPOINT),
    }
  )
}

const getTracesUrl = (endpoint?: string): string | null =>
  endpoint ? `${endpoint.replace(/\/+$/, '')}/v1/traces` : null

/** The `clients` that PARLEY_API_KEY makes: one with every scope; none where it is not set. */
export function readClientsFromEnv(environment: EnvironmentVariables, findings: ConfigurationIssues): object[] {
  const key = environment['PARLEY_API_KEY']
  if (!key) return []
  if (!/^[\x21-\x7e]+$/.test(key))
    findings.add(['PARLEY_API_KEY'], 'must be visible ASCII characters without spaces or line ends; choose another key')
  const apiKeySha256 = createHash('sha256').update(key).digest('hex')
  return [{ name: 'default', apiKeySha256, scopes }]
}

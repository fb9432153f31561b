import { ConfigurationError } from '../core/configuration-error.ts'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { scopes } from '../auth/caller.ts'
import { isHost } from '../core/host.ts'
import { ConfigurationIssues } from './issues.ts'
import type { EnvironmentVariables } from './references.ts'

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** Settings of the process, which come from environment variables. */
export interface ProcessSettings {
  /** `HOST`. Default: 127.0.0.1. */
  host: string
  /** `PORT`. 0 selects a free port. Default: 4000. */
  port: number
  /** `PARLEY_SANDBOX_PORT`, the first of three ports. 0 selects free ports. Default: 4010. */
  sandboxPort: number
  /** `LOG_LEVEL`. Default: info. */
  logLevel: (typeof logLevels)[number]
  /**
   * URL that receives traces: `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`, or `OTEL_EXPORTER_OTLP_ENDPOINT` followed by `/v1/traces`.
   * Null if neither is set.
   */
  tracesUrl: string | null
}

/** @throws ConfigurationError with all problems, if a variable is invalid. */
export function readProcessSettings(environment: EnvironmentVariables): ProcessSettings {
  const issues = new ConfigurationIssues()
  const settings = validateProcessSettings(environment, issues)
  if (!settings) throw new ConfigurationError(issues.problems)
  return settings
}

const createPortSchema = (maxPort: number) => {
  const message = `must be a whole number from 0 to ${maxPort}.`
  return z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= maxPort, message)
    .transform(Number)
}

const collector = z
  .string()
  .refine(
    (text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''),
    'must be a URL that begins with "http://" or "https://".',
  )

const Process = z.object({
  HOST: z.string().refine(isHost, 'must be an IP address or a host name, such as 127.0.0.1.').default('127.0.0.1'),
  PORT: createPortSchema(65_535).default(4000),
  PARLEY_SANDBOX_PORT: createPortSchema(65_533).default(4010),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.optional(),
})

/** Returns the settings of the process. If a variable is invalid, returns undefined and adds its problem to `issues`. */
export function validateProcessSettings(
  environment: EnvironmentVariables,
  issues: ConfigurationIssues,
): ProcessSettings | undefined {
  const setVariables = Object.entries(environment).filter(([, value]) => value)
  const variables = issues.validate(Process, Object.fromEntries(setVariables), [])
  return (
    variables && {
      host: variables.HOST,
      port: variables.PORT,
      sandboxPort: variables.PARLEY_SANDBOX_PORT,
      logLevel: variables.LOG_LEVEL,
      tracesUrl: variables.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? getTracesUrl(variables.OTEL_EXPORTER_OTLP_ENDPOINT),
    }
  )
}

const getTracesUrl = (endpoint?: string): string | null =>
  endpoint ? `${endpoint.replace(/\/+$/, '')}/v1/traces` : null

/** Returns the `clients` that `PARLEY_API_KEY` configures: one client with every scope, or none if the variable is not set. */
export function readClientsFromEnv(environment: EnvironmentVariables, issues: ConfigurationIssues): object[] {
  const key = environment['PARLEY_API_KEY']
  if (!key) return []
  if (!/^[\x21-\x7e]+$/.test(key))
    issues.add(
      ['PARLEY_API_KEY'],
      'must be visible ASCII characters without spaces and line breaks. Choose another key.',
    )
  const apiKeySha256 = createHash('sha256').update(key).digest('hex')
  return [{ name: 'default', apiKeySha256, scopes }]
}

import { ConfigurationError } from '../core/configuration-error.ts'
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { validateAddresses, type Address } from './addresses.ts'
import {
  readAccountsFromEnv,
  validateAccounts,
  suggestEnvFix,
  suggestFileFix,
  type AccountConfiguration,
} from './accounts.ts'
import type { CacheSettings } from './cache.ts'
import { validateClients } from './clients.ts'
import { readDocument } from './document.ts'
import { resolveMcpSettings } from './mcp.ts'
import { resolveDocumentPaths } from './trusted-documents.ts'
import { validateProcessSettings, readClientsFromEnv } from './environment.ts'
import type { Limits } from './limits.ts'
import { ConfigurationIssues } from './issues.ts'
import { readProxies } from './proxies.ts'
import { dereference } from './references.ts'
import { Settings } from './settings.ts'
import { hideFromLogs } from './hide-from-logs.ts'
import { sanitizeText } from '../core/errors.ts'
import { readTextFile } from '../core/text-file.ts'
import type { TrustProxySetting } from '../http/guard/proxy-trust.ts'
import type { DocumentSettings } from '../documents/document-settings.ts'
import type { McpSettings } from '../mcp/mcp-settings.ts'
import type { ApiClient, CallerLimits } from '../auth/caller.ts'
import type { JwtVerifierOptions } from '../auth/jwt/verifier.ts'
import { createProxyFinder } from '../upstream/proxy/find-proxy.ts'
import type { AnyVendor } from '../vendors/definition.ts'

export type { AccountConfiguration } from './accounts.ts'
export { readProcessSettings } from './environment.ts'
export { serverLimits } from './limits.ts'

/** An issuer of JWTs. */
export interface JwtConfiguration extends JwtVerifierOptions {
  /** Limits of each subject. */
  limits?: CallerLimits | undefined
}

export interface FederationSettings {
  /** Prefix of the names of types and root fields. If omitted, they do not change. */
  prefix?: string | undefined
}

export interface Configuration {
  /** Path of the configuration file, as the user typed it. Null if only environment variables are used. */
  file: string | null
  /** Absolute paths of the configuration file and of the files that it refers to. */
  files: readonly string[]
  /** In the order of the configuration. */
  accounts: AccountConfiguration[]
  clients: readonly ApiClient[]
  /** Trusted documents of callers without documents of their own. Null if there are none. */
  documents: DocumentSettings | null
  /** Tools for language models. Null if there are none. */
  mcp: McpSettings | null
  /** Null if no issuer of JWTs is configured. */
  jwt: JwtConfiguration[] | null
  /** Absolute path of the directory of the embedded store. */
  data: string
  cursorSecret: string | null
  /** URL of the Redis server that processes share, with user and password. Null if each process has an embedded store. */
  redis: string | null
  /** Null if nothing is cached. */
  cache: CacheSettings | null
  /**
   * Null if no other origin is allowed. `isLoopbackAllowed`: whether pages of this machine are allowed. True if neither
   * callers nor a file are configured, so that frontends in development need no setting.
   */
  cors: { origins: string[]; isLoopbackAllowed: boolean } | null
  /** Host names that requests can have if no callers are configured, besides those of the loopback interface. In lower case. */
  allowedHosts: string[]
  /** Prefix of every path except `/metrics`. Empty if there is none. */
  basePath: string
  /** Origin of links to this server. Null if it is that of the request. */
  publicUrl: string | null
  /** Whether GraphiQL is served. */
  graphiql: boolean
  /** Null if `/subgraph` is not served. */
  federation: FederationSettings | null
  /** URL of the HTTP proxy to the vendors, or false for none. If undefined, the environment variables apply. */
  proxy?: string | false | undefined
  /** Address of `/metrics`: true if it is the API's, false if `/metrics` is off. */
  metrics: Address | boolean
  /** Whether other processes can listen at the same host and port. */
  reusePort: boolean
  /** Proxies whose forwarded headers are trusted. */
  trustProxy: TrustProxySetting
  host: string
  port: number
  limits: Limits
}

interface LoadOptions {
  environment: NodeJS.ProcessEnv
  /** Working directory, to which paths outside of a configuration file are relative. */
  directory: string
  vendors: readonly AnyVendor[]
}

/**
 * Loads the configuration from `file`, the file in `PARLEY_CONFIG`, `parley.config.yaml`, or only from environment variables:
 * the first of these that exists. Returns null if nothing is configured.
 *
 * @throws ConfigurationError with all problems, if the configuration is invalid.
 */
export function loadConfiguration(options: LoadOptions & { file?: string }): Configuration | null {
  const { environment, vendors } = options
  const file = findConfigurationFile(options)
  if (file !== undefined) return loadFile(file, options)
  const accounts = readAccountsFromEnv(vendors, environment)
  return Object.keys(accounts).length === 0 ? null : parseConfiguration({ accounts }, options)
}

/** Returns the path of the configuration file that `loadConfiguration` reads. Undefined if there is none. */
export function findConfigurationFile({
  environment,
  directory,
  file,
}: Pick<LoadOptions, 'environment' | 'directory'> & { file?: string }): string | undefined {
  const defaultFile = 'parley.config.yaml'
  const hasDefaultFile = existsSync(resolve(directory, defaultFile))
  return file ?? (environment['PARLEY_CONFIG'] || (hasDefaultFile ? defaultFile : undefined))
}

/**
 * Validates settings that have the structure of a configuration file, without resolving references in them. If the settings
 * have no `clients`, `PARLEY_API_KEY` configures one.
 *
 * @throws ConfigurationError with all problems, if the settings are invalid.
 */
export function parseConfiguration(settings: Record<string, unknown>, context: LoadOptions): Configuration {
  const issues = new ConfigurationIssues()
  const clients = readClientsFromEnv(context.environment, issues)
  return validate(
    { clients, ...settings },
    { ...context, issues, getFixHint: suggestEnvFix, file: null, files: new Set() },
  )
}

function loadFile(file: string, context: LoadOptions): Configuration {
  const path = resolve(context.directory, file)
  const name = sanitizeText(file)
  let text: string
  try {
    text = readTextFile(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ConfigurationError([
      `${name}: cannot be read (${code}). Set the path of a file that this process can read.`,
    ])
  }
  const { settings, issues } = readDocument(text, name)
  if (settings === undefined) throw new ConfigurationError(issues.problems)
  const directory = dirname(path)
  const files = new Set([path])
  const complete = dereference(settings, { environment: context.environment, directory, issues, files })
  return validate(complete, { ...context, directory, issues, getFixHint: suggestFileFix, file: name, files })
}

interface ValidationContext extends LoadOptions {
  issues: ConfigurationIssues
  getFixHint: Parameters<typeof validateAccounts>[1]['getFixHint']
  file: string | null
  files: Set<string>
}

function validate(settings: unknown, context: ValidationContext): Configuration {
  const { environment, directory, issues, file, files } = context
  const environmentIssues = new ConfigurationIssues()
  const processSettings = validateProcessSettings(environment, environmentIssues)
  const general = issues.validate(Settings, settings, [], (name) =>
    name === 'accounts' ? 'Configure at least one account.' : 'Set it.',
  )
  if (general?.cache?.shared && general.redis === null)
    issues.add(['cache', 'shared'], 'requires "redis". Set "redis", or remove "shared".')
  if (general?.mcp && general.mcp.url === undefined && general.jwt !== null)
    issues.add(['mcp', 'url'], 'is required, because "jwt" is configured. Set the URL under which clients reach /mcp.')
  // Accounts and clients are validated even if other settings are invalid, so that one start shows all problems.
  const raw = isBlock(settings) ? settings : {}
  const accounts = isBlock(raw['accounts']) ? raw['accounts'] : {}
  const proxies = readProxies(general?.proxy, { environment, issues: environmentIssues })
  const checked = {
    accounts: validateAccounts(accounts, { ...context, proxies }),
    clients: validateClients(Array.isArray(raw['clients']) ? raw['clients'] : [], {
      accountKeys: Object.keys(accounts),
      directory,
      issues,
    }),
  }
  const metrics =
    processSettings &&
    general &&
    validateAddresses(processSettings, general, { environment: environmentIssues, file: issues })
  const problems = [...issues.problems, ...environmentIssues.problems]
  if (!processSettings || !general || metrics === undefined || problems.length > 0)
    throw new ConfigurationError(problems, files)
  const { host, port } = processSettings
  const isLoopbackAllowed = file === null && checked.clients.length === 0 && general.jwt === null
  const cors = general.cors || isLoopbackAllowed ? { origins: general.cors?.origins ?? [], isLoopbackAllowed } : null
  const data = resolve(directory, general.data)
  const documents = general.documents && resolveDocumentPaths(general.documents, directory)
  const mcp = general.mcp && resolveMcpSettings(general.mcp, directory)
  const findProxy = createProxyFinder(proxies, undefined)
  const jwt = general.jwt?.map((issuer) => ({ ...issuer, findProxy })) ?? null
  return hideFromLogs({
    file,
    files: [...files],
    ...general,
    ...checked,
    documents,
    mcp,
    jwt,
    cors,
    metrics,
    data,
    host,
    port,
  })
}

const isBlock = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

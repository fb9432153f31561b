import { ConfigurationError } from '../core/configuration-error.ts'
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { checkAddresses, type Address } from './addresses.ts'
import {
  readAccountsFromEnv,
  checkAccounts,
  suggestEnvFix,
  suggestFileFix,
  type AccountConfiguration,
} from './accounts.ts'
import { checkClients } from './clients.ts'
import { readDocument } from './document.ts'
import { checkProcessSettings, readClientsFromEnv } from './environment.ts'
import type { Limits } from './limits.ts'
import { ConfigurationIssues } from './issues.ts'
import { readProxies } from './proxies.ts'
import { dereference } from './references.ts'
import { Settings } from './settings.ts'
import { hideFromLogs } from './hide-from-logs.ts'
import { sanitizeText } from '../core/errors.ts'
import { readTextFile } from '../core/text-file.ts'
import type { TrustProxySetting } from '../http/guard/proxy-trust.ts'
import type { ApiClient, CallerLimits } from '../auth/caller.ts'
import type { JwtVerifierOptions } from '../auth/jwt/verifier.ts'
import { createProxyFinder } from '../upstream/proxy/find-proxy.ts'
import type { AnyVendor } from '../vendors/definition.ts'

export type { AccountConfiguration } from './accounts.ts'
export { readProcessSettings } from './environment.ts'
export { serverLimits } from './limits.ts'

/** An issuer of JWTs. `limits`: of each of its subjects. */
export interface JwtConfiguration extends JwtVerifierOptions {
  limits?: CallerLimits | undefined
}

export interface Configuration {
  /** Name of the configuration file; null if environment variables alone make the configuration. */
  file: string | null
  /** Absolute paths of the files that make the configuration. */
  files: readonly string[]
  /** In the order of the configuration. */
  accounts: AccountConfiguration[]
  clients: readonly ApiClient[]
  /** Null if no issuer of JWTs is configured. */
  jwt: JwtConfiguration[] | null
  /** Directory of the embedded store; absolute. */
  data: string
  cursorSecret: string | null
  /** Address of the Redis that processes share, with user and password; null: each has its own embedded store. */
  redis: string | null
  /** `isLoopbackAllowed`: without callers and without a file, as in the sandbox, frontends in development need no setting. */
  cors: { origins: string[]; isLoopbackAllowed: boolean } | null
  /** Names of this machine that requests may carry if no callers are configured, besides those of the loopback interface. Lower case. */
  allowedHosts: string[]
  /** Prefix of every path but `/metrics`; empty if there is none. */
  basePath: string
  /** Whether GraphiQL is served. */
  graphiql: boolean
  /** URL of an HTTP proxy; false for none; undefined for those of the environment. */
  proxy?: string | false | undefined
  /** Where `/metrics` is: at an address of its own, at the API's (true), or nowhere (false). */
  metrics: Address | boolean
  /** Whether other processes may listen at the same host and port. */
  reusePort: boolean
  /** Whose forwarded headers are used. */
  trustProxy: TrustProxySetting
  host: string
  port: number
  limits: Limits
}

interface Surroundings {
  environment: NodeJS.ProcessEnv
  /** The working directory: what paths outside a configuration file are relative to. */
  directory: string
  vendors: readonly AnyVendor[]
}

/**
 * From the file named, else PARLEY_CONFIG, else parley.config.yaml, else the environment alone;
 * null where nothing is configured: the sandbox's turn. Throws ConfigurationError.
 */
export function loadConfiguration(options: Surroundings & { file?: string }): Configuration | null {
  const { environment, vendors } = options
  const file = findConfigurationFile(options)
  if (file !== undefined) return fromFile(file, options)
  const accounts = readAccountsFromEnv(vendors, environment)
  return Object.keys(accounts).length === 0 ? null : parseConfiguration({ accounts }, options)
}

/** Returns the configuration file that `loadConfiguration` reads; undefined if there is none. */
export function findConfigurationFile({
  environment,
  directory,
  file,
}: Pick<Surroundings, 'environment' | 'directory'> & { file?: string }): string | undefined {
  const usual = 'parley.config.yaml'
  return file ?? (environment['PARLEY_CONFIG'] || (existsSync(resolve(directory, usual)) ? usual : undefined))
}

/**
 * From settings as a file would hold them, taken as they are; where they name no clients, PARLEY_API_KEY makes one.
 * Throws ConfigurationError.
 */
export function parseConfiguration(settings: Record<string, unknown>, around: Surroundings): Configuration {
  const findings = new ConfigurationIssues()
  const clients = readClientsFromEnv(around.environment, findings)
  return check({ clients, ...settings }, { ...around, findings, cure: suggestEnvFix, file: null, files: new Set() })
}

function fromFile(file: string, around: Surroundings): Configuration {
  const path = resolve(around.directory, file)
  const name = sanitizeText(file)
  let text: string
  try {
    text = readTextFile(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ConfigurationError([`${name}: cannot be read (${code}); name a file that this process may read`])
  }
  const { settings, findings } = readDocument(text, name)
  if (settings === undefined) throw new ConfigurationError(findings.problems)
  const directory = dirname(path)
  const files = new Set([path])
  const complete = dereference(settings, { environment: around.environment, directory, findings, files })
  return check(complete, { ...around, directory, findings, cure: suggestFileFix, file: name, files })
}

interface Check extends Surroundings {
  findings: ConfigurationIssues
  cure: Parameters<typeof checkAccounts>[1]['cure']
  file: string | null
  files: Set<string>
}

function check(settings: unknown, around: Check): Configuration {
  const { environment, directory, findings, file, files } = around
  const ofProcess = new ConfigurationIssues()
  const own = checkProcessSettings(environment, ofProcess)
  const general = findings.validate(Settings, settings, [], (name) =>
    name === 'accounts' ? 'name at least one account' : 'set it',
  )
  // Accounts and clients are looked at whatever else is wrong, so that one start shows everything.
  const raw = isBlock(settings) ? settings : {}
  const accounts = isBlock(raw['accounts']) ? raw['accounts'] : {}
  const proxies = readProxies(general?.proxy, { environment, findings: ofProcess })
  const checked = {
    accounts: checkAccounts(accounts, { ...around, proxies }),
    clients: checkClients(Array.isArray(raw['clients']) ? raw['clients'] : [], Object.keys(accounts), findings),
  }
  const metrics = own && general && checkAddresses(own, general, { environment: ofProcess, file: findings })
  const problems = [...findings.problems, ...ofProcess.problems]
  if (!own || !general || metrics === undefined || problems.length > 0) throw new ConfigurationError(problems, files)
  const { host, port } = own
  const isLoopbackAllowed = file === null && checked.clients.length === 0 && general.jwt === null
  const cors = general.cors || isLoopbackAllowed ? { origins: general.cors?.origins ?? [], isLoopbackAllowed } : null
  const data = resolve(directory, general.data)
  const findProxy = createProxyFinder(proxies, undefined)
  const jwt = general.jwt?.map((issuer) => ({ ...issuer, findProxy })) ?? null
  return hideFromLogs({ file, files: [...files], ...general, ...checked, jwt, cors, metrics, data, host, port })
}

const isBlock = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

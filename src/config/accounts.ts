import { resolve } from 'node:path'
import { z } from 'zod'
import { createProxyFinder, type FindProxy, type ProxySettings } from '../upstream/proxy/find-proxy.ts'
import type { AnyVendor } from '../vendors/definition.ts'
import type { FixHint, ConfigurationIssues } from './issues.ts'
import type { EnvironmentVariables } from './references.ts'
import { createProxyServer, proxySetting } from './proxies.ts'
import { hideFromLogs } from './hide-from-logs.ts'

export interface AccountConfiguration {
  key: string
  definition: AnyVendor
  /** Settings of the vendor, as `definition.config` returns them. */
  config: unknown
  /** Value of the setting `proxy` of the account. */
  proxy: unknown
  findProxy: FindProxy
}

interface AccountContext {
  vendors: readonly AnyVendor[]
  /** Directory to which `keyFile` is relative. */
  directory: string
  issues: ConfigurationIssues
  /** Proxies of accounts that do not set `proxy`. */
  proxies: ProxySettings
  getFixHint: (key: string, definition: AnyVendor) => FixHint
  /** Receives the paths of the files that were read. */
  files: Set<string>
}

/** Returns the valid accounts, in the order of the configuration. Adds the problems of the others to `issues`. */
export function validateAccounts(
  value: Readonly<Record<string, unknown>>,
  context: AccountContext,
): AccountConfiguration[] {
  return Object.entries(value)
    .map(([key, entry]) => validateAccount(key, entry, context))
    .filter((account) => account !== null)
}

function validateAccount(key: string, entry: unknown, context: AccountContext): AccountConfiguration | null {
  const { vendors, directory, issues, proxies, getFixHint, files } = context
  const path = ['accounts', key]
  if (!/^[A-Za-z][\w-]{0,39}$/.test(key))
    issues.add(
      path,
      'must be named with 1 to 40 letters, digits, "-", or "_", and begin with a letter. Rename the account.',
    )
  const slugs = vendors.map(({ slug }) => slug)
  const WithVendor = z.looseObject({ vendor: z.enum(slugs) })
  const account = issues.validate(WithVendor, entry, path, () => `Set it to one of ${slugs.join(', ')}.`)
  const definition = vendors.find(({ slug }) => slug === account?.vendor)
  if (!account || !definition) return null
  const { vendor: _, proxy, ...settings } = account
  if (typeof settings['keyFile'] === 'string') {
    settings['keyFile'] = resolve(directory, settings['keyFile'])
    files.add(String(settings['keyFile']))
  }
  const config: unknown = issues.validate(definition.config, settings, path, getFixHint(key, definition))
  const override = issues.validate(proxySetting.optional(), proxy, [...path, 'proxy'])
  if (config === undefined) return null
  const server = typeof override === 'string' ? createProxyServer(override, `accounts.${key}.proxy`) : override
  return hideFromLogs({ key, definition, config, proxy: override, findProxy: createProxyFinder(proxies, server) })
}

/** Returns `Set it, or refer to an environment variable with ${ZOOM_CLIENT_SECRET}.` */
export const suggestFileFix = (key: string): FixHint => {
  const prefix = key.replaceAll('-', '_').toUpperCase()
  return (name) => {
    const variable = `${prefix}_${name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase()}`
    return `Set it, or refer to an environment variable with \${${variable}}.`
  }
}

/** Returns `Set the environment variable ZOOM_CLIENT_SECRET.`, with the name that the vendor's definition reads. */
export const suggestEnvFix = (_key: string, definition: AnyVendor): FixHint => {
  const variables = getVariableNames(definition)
  return (name) =>
    variables[name] === undefined ? 'Set it.' : `Set the environment variable ${String(variables[name])}.`
}

/** Returns the names of the vendor's environment variables that are set. */
export const listSetVariables = (definition: AnyVendor, environment: EnvironmentVariables): string[] =>
  Object.values(getVariableNames(definition))
    .map(String)
    .filter((name) => environment[name])

/**
 * Returns the name of the environment variable of each setting. The definition reads them from an environment in which every
 * variable has its own name as its value.
 */
function getVariableNames(definition: AnyVendor): Record<string, unknown> {
  const names = new Proxy<EnvironmentVariables>({}, { get: (_, name) => String(name) })
  return definition.fromEnvironment(names) ?? {}
}

/** Returns the accounts that environment variables configure. The key of an account is the slug of its vendor. */
export function readAccountsFromEnv(
  vendors: readonly AnyVendor[],
  environment: EnvironmentVariables,
): Record<string, unknown> {
  const accounts: Record<string, unknown> = {}
  for (const vendor of vendors) {
    const settings = vendor.fromEnvironment(environment)
    if (settings) accounts[vendor.slug] = { vendor: vendor.slug, ...settings }
  }
  return accounts
}

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
  /** What `definition.config` made of the settings. */
  config: unknown
  /** The setting `proxy` of the account. */
  proxy: unknown
  findProxy: FindProxy
}

interface AccountContext {
  vendors: readonly AnyVendor[]
  /** What `keyFile` is relative to. */
  directory: string
  findings: ConfigurationIssues
  /** For accounts without a setting of their own. */
  proxies: ProxySettings
  cure: (key: string, definition: AnyVendor) => FixHint
  /** Files that were read are added. */
  files: Set<string>
}

export function checkAccounts(
  value: Readonly<Record<string, unknown>>,
  around: AccountContext,
): AccountConfiguration[] {
  return Object.entries(value)
    .map(([key, entry]) => checkAccount(key, entry, around))
    .filter((account) => account !== null)
}

function checkAccount(key: string, entry: unknown, around: AccountContext): AccountConfiguration | null {
  const { vendors, directory, findings, proxies, cure, files } = around
  const path = ['accounts', key]
  if (!/^[A-Za-z][\w-]{0,39}$/.test(key))
    findings.add(path, 'must be named with 1 to 40 letters, digits, "-" or "_", a letter first; rename the account')
  const slugs = vendors.map(({ slug }) => slug)
  const WithVendor = z.looseObject({ vendor: z.enum(slugs) })
  const account = findings.validate(WithVendor, entry, path, () => `write one of ${slugs.join(', ')}`)
  const definition = vendors.find(({ slug }) => slug === account?.vendor)
  if (!account || !definition) return null
  const { vendor: _, proxy, ...settings } = account
  if (typeof settings['keyFile'] === 'string') {
    settings['keyFile'] = resolve(directory, settings['keyFile'])
    files.add(String(settings['keyFile']))
  }
  const config: unknown = findings.validate(definition.config, settings, path, cure(key, definition))
  const override = findings.validate(proxySetting.optional(), proxy, [...path, 'proxy'])
  if (config === undefined) return null
  const server = typeof override === 'string' ? createProxyServer(override, `accounts.${key}.proxy`) : override
  return hideFromLogs({ key, definition, config, proxy: override, findProxy: createProxyFinder(proxies, server) })
}

/** `set it, or take it from the environment with ${ZOOM_CLIENT_SECRET}` */
export const suggestFileFix = (key: string): FixHint => {
  const prefix = key.replaceAll('-', '_').toUpperCase()
  return (name) => {
    const variable = `${prefix}_${name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase()}`
    return `set it, or take it from the environment with \${${variable}}`
  }
}

/** `set ZOOM_CLIENT_SECRET`, by the name that the vendor itself reads. */
export const suggestEnvFix = (_key: string, definition: AnyVendor): FixHint => {
  const variables = getVariables(definition)
  return (name) => `set ${String(variables[name] ?? 'it')} in the environment`
}

/** Returns the environment variables of a vendor that are set, by name. */
export const listSetVariables = (definition: AnyVendor, environment: EnvironmentVariables): string[] =>
  Object.values(getVariables(definition))
    .map(String)
    .filter((name) => environment[name])

/** Returns the variable of each setting: an environment in which every variable holds its own name shows them. */
function getVariables(definition: AnyVendor): Record<string, unknown> {
  const names = new Proxy<EnvironmentVariables>({}, { get: (_, name) => String(name) })
  return definition.fromEnvironment(names) ?? {}
}

/** The accounts that environment variables alone make, by their vendor's slug. */
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

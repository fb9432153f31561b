import type { CheckResult } from '../core/check-result.ts'
import { joinNames } from '../core/join-names.ts'
import type { AccountConfiguration, Configuration } from '../config/configuration.ts'
import { listSetVariables } from '../config/accounts.ts'
import { checkDocuments, checkTools } from './check-documents.ts'
import { checkKeySet } from '../auth/jwt/check.ts'
import { checkDataFolder } from '../operations/check-folder.ts'
import type { FindProxy } from '../upstream/proxy/find-proxy.ts'
import { openAccount } from '../vendors/accounts.ts'
import { checkAccount } from './check-account.ts'

/** One test of `parley check`. */
export interface Check {
  /** Name at the start of each output line, such as an account key or `redis`. */
  name: string
  /** Origins to which `run` sends requests. Empty if it sends none. */
  targets: readonly string[]
  /** Setting that configures the targets, as the end of a sentence. */
  reason: string
  run(): Promise<CheckResult> | CheckResult
}

/** Returns the tests of a configuration. Sends no request; `run` of a test does. */
export function listChecks(configuration: Configuration, environment: NodeJS.ProcessEnv): Check[] {
  const { accounts, jwt, mcp, redis, data, file } = configuration
  const formatSetting = (setting: string): string => `${setting} is in ${file}`
  const isOnlyIssuer = jwt?.length === 1
  return [
    ...accounts.map((account) => createAccountCheck(account, configuration, environment)),
    ...(jwt ?? []).map((issuer, index) => ({
      name: isOnlyIssuer ? 'jwt' : `jwt[${index}]`,
      targets: [new URL(issuer.jwksUrl).origin],
      reason:
        formatSetting(isOnlyIssuer ? 'jwt.jwksUrl' : `jwt[${index}].jwksUrl`) + formatProxies(issuer, [issuer.jwksUrl]),
      run: () => checkKeySet(issuer),
    })),
    ...(hasDocuments(configuration)
      ? [{ name: 'documents', targets: [], reason: '', run: () => checkDocuments(configuration) }]
      : []),
    ...(mcp === null ? [] : [{ name: 'tools', targets: [], reason: '', run: () => checkTools(configuration) }]),
    redis === null
      ? { name: 'data', targets: [], reason: '', run: () => checkDataFolder(data) }
      : {
          name: 'redis',
          targets: [new URL(redis).host],
          reason: formatSetting('redis'),
          run: async () => (await import('../redis/check.ts')).checkRedis(redis),
        },
  ]
}

const hasDocuments = ({ documents, clients }: Configuration): boolean =>
  documents !== null || clients.some((client) => client.documents !== undefined)

function createAccountCheck(
  settings: AccountConfiguration,
  { file, limits }: Configuration,
  environment: NodeJS.ProcessEnv,
): Check {
  const { key, definition } = settings
  const account = openAccount(settings, { limits: limits.upstream })
  const { tokenUrl, apiUrl } = account.upstream
  const urls = [...(tokenUrl === null ? [] : [tokenUrl]), ...(account.vendor.checkVersion ? [apiUrl] : [])]
  const variables = joinNames(listSetVariables(definition, environment))
  return {
    name: key,
    targets: [...new Set(urls.map((url) => new URL(url).origin))],
    reason:
      (file === null ? `the environment has ${variables}` : `accounts.${key} is in ${file}`) +
      formatProxies(settings, urls),
    run: () => checkAccount(account, definition, limits),
  }
}

/** Returns the end of a reason that names the proxies. Empty if no request uses a proxy. */
function formatProxies({ findProxy }: { findProxy?: FindProxy }, urls: readonly string[]): string {
  const proxies = urls.map((url) => findProxy?.(new URL(url).origin)).filter((proxy) => proxy != null)
  const settings = [...new Set(proxies.map(({ setting }) => `"${setting}"`))]
  return settings.length === 0 ? '' : `, through the proxy in ${settings.join(' and ')}`
}

import { listRestartSettings } from '../config/restart.ts'
import type { Configuration } from '../config/configuration.ts'
import type { AccountChanges } from './open-accounts.ts'

/** Changes of a reload. */
export interface ReloadReport {
  /** Whether accounts, callers, limits, trusted documents, tools, the cache, or the public URL have changed. */
  isChanged: boolean
  accounts: AccountChanges
  /** Whether callers were added, removed, or changed. */
  callers: boolean
  limits: boolean
  /** Whether the trusted documents have other settings. */
  documents: boolean
  /** Whether the tools have other settings. */
  tools: boolean
  /** Whether the settings of the cache have changed. */
  cache: boolean
  /** Settings that differ and need a restart. */
  restart: string[]
}

/**
 * Compares configurations.
 *
 * @param configurations `current` was in use before the reload. `next` was read. `applied` is `next` with the settings of
 *   `current` that need a restart.
 */
export function createReloadReport(
  { current, next, applied }: Record<'current' | 'next' | 'applied', Configuration>,
  accounts: AccountChanges,
): ReloadReport {
  // Compared as JSON, because the settings contain functions, which are never equal.
  const isDifferent = (name: 'clients' | 'jwt' | 'limits' | 'documents' | 'mcp' | 'cache'): boolean =>
    JSON.stringify(current[name]) !== JSON.stringify(applied[name])
  const callers = isDifferent('clients') || isDifferent('jwt')
  const limits = isDifferent('limits')
  const documents = isDifferent('documents')
  const tools = isDifferent('mcp')
  const cache = isDifferent('cache')
  const hasOtherAccounts = Object.values(accounts).some(({ length }) => length > 0)
  const hasOtherUrl = current.publicUrl !== applied.publicUrl
  const isChanged = hasOtherAccounts || callers || limits || documents || tools || cache || hasOtherUrl
  return { isChanged, accounts, callers, limits, documents, tools, cache, restart: listRestartSettings(current, next) }
}

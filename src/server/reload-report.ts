import { listRestartSettings } from '../config/restart.ts'
import type { Configuration } from '../config/configuration.ts'
import type { AccountChanges } from './open-accounts.ts'

/** What a reload changed. */
export interface ReloadReport {
  isChanged: boolean
  accounts: AccountChanges
  /** Whether callers were added, removed, or changed. */
  callers: boolean
  limits: boolean
  /** Settings that differ and need a restart. */
  restart: string[]
}

/** `next`: the configuration as it was read; `applied`: the part of it that needs no restart. */
export function createReloadReport(
  { current, next, applied }: Record<'current' | 'next' | 'applied', Configuration>,
  accounts: AccountChanges,
): ReloadReport {
  // As JSON, because what finds a proxy is a function.
  const isDifferent = (name: 'clients' | 'jwt' | 'limits'): boolean =>
    JSON.stringify(current[name]) !== JSON.stringify(applied[name])
  const callers = isDifferent('clients') || isDifferent('jwt')
  const limits = isDifferent('limits')
  const isChanged = Object.values(accounts).some(({ length }) => length > 0) || callers || limits
  return { isChanged, accounts, callers, limits, restart: listRestartSettings(current, next) }
}

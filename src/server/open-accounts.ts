import { isDeepStrictEqual } from 'node:util'
import type { AccountLog } from '../telemetry/account-log.ts'
import type { Caller } from '../auth/caller.ts'
import type { AccountConfiguration, Configuration } from '../config/configuration.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { openAccount, type Account, type AccountOptions } from '../vendors/accounts.ts'

export interface OpenAccountsOptions extends Pick<AccountOptions, 'share'> {
  /** Returns what is called with the events of an account that is opened. */
  observe(): NonNullable<AccountOptions['onEvent']>
  metrics: Metrics
  accountLog: AccountLog
}

/** Keys of the accounts that a configuration adds, removes, and opens again because their settings are others. */
export interface AccountChanges {
  added: string[]
  removed: string[]
  changed: string[]
}

interface Entry {
  account: Account
  /** The account is opened again if one of them changes. */
  settings: unknown
}

/** The accounts of the configuration in use. */
export class OpenAccounts {
  /** In the order of the configuration. A reload changes the list in place; operations work with a copy. */
  readonly list: Account[] = []
  readonly #options: OpenAccountsOptions
  #entryByKey: ReadonlyMap<string, Entry> = new Map()

  constructor(options: OpenAccountsOptions) {
    this.#options = options
    options.metrics.registerAccountGauges(this.list)
  }

  /** Returns the accounts that a caller can use. */
  listFor({ accounts: keys }: Caller): readonly Account[] {
    return this.list.filter(({ key }) => keys?.has(key) ?? true)
  }

  /**
   * Opens the accounts of a configuration. An account whose settings are the same stays open, with its access token, its
   * circuit breakers, and its rate limits. Operations in progress finish with the accounts that they began with, and idle
   * connections of those that are replaced end by themselves. If it throws, nothing has changed.
   */
  apply(configuration: Configuration): AccountChanges {
    const before = this.#entryByKey
    const entries = configuration.accounts.map((each) => this.#findOrOpen(each, configuration))
    this.#entryByKey = new Map(entries.map((entry) => [entry.account.key, entry]))
    this.list.splice(0, this.list.length, ...entries.map(({ account }) => account))
    const { metrics, accountLog } = this.#options
    metrics.watchCalls(this.list.map(({ key }) => key))
    accountLog.watch(this.list)
    for (const { key, upstream } of this.list) upstream.setShared(hasSeveralCallers(key, configuration))
    const kept = entries.filter(({ account: { key } }) => before.has(key))
    return {
      added: entries.filter((entry) => !kept.includes(entry)).map(({ account: { key } }) => key),
      removed: [...before.keys()].filter((key) => !this.#entryByKey.has(key)),
      changed: kept.filter((entry) => before.get(entry.account.key) !== entry).map(({ account: { key } }) => key),
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.list.map(({ upstream }) => upstream.close()))
  }

  #findOrOpen(account: AccountConfiguration, { limits, proxy }: Configuration): Entry {
    const settings = [{ ...account, findProxy: null }, limits.upstream, proxy]
    const known = this.#entryByKey.get(account.key)
    if (known && isDeepStrictEqual(known.settings, settings)) return known
    const { share, observe } = this.#options
    return { settings, account: openAccount(account, { share, onEvent: observe(), limits: limits.upstream }) }
  }
}

/** A key set's subjects can be many. */
function hasSeveralCallers(account: string, { clients, jwt }: Configuration): boolean {
  return jwt !== null || clients.filter(({ accounts }) => accounts?.includes(account) ?? true).length > 1
}

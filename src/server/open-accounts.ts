import { isDeepStrictEqual } from 'node:util'
import type { AccountLog } from '../telemetry/account-log.ts'
import type { Caller } from '../auth/caller.ts'
import type { AccountConfiguration, Configuration } from '../config/configuration.ts'
import type { Outdated } from '../events/outdated.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { openAccount, type Account, type AccountOptions } from '../vendors/accounts.ts'
import { ReadCache } from '../upstream/read-cache.ts'

export interface OpenAccountsOptions extends Pick<AccountOptions, 'share'> {
  /** Creates the listener for the events of an account that is opened. */
  observe(): NonNullable<AccountOptions['onEvent']>
  metrics: Metrics
  accountLog: AccountLog
}

/** Keys of the accounts that a configuration adds, removes, or opens again because their settings have changed. */
export interface AccountChanges {
  added: string[]
  removed: string[]
  changed: string[]
}

interface Entry {
  account: Account
  /** Settings of the account. If one of them changes, the account is opened again. */
  settings: unknown
}

/** The accounts of the configuration in use. */
export class OpenAccounts {
  /** Accounts in configuration order. A reload changes the list in place. Operations use a copy. */
  readonly list: Account[] = []
  readonly #options: OpenAccountsOptions
  readonly #cache = new ReadCache()
  #entryByKey: ReadonlyMap<string, Entry> = new Map()
  #listByCaller = new WeakMap<Caller, readonly Account[]>()

  constructor(options: OpenAccountsOptions) {
    this.#options = options
    options.metrics.registerAccountGauges(this.list)
  }

  /** Returns the accounts that a caller can use. Returns the same list until the accounts change. */
  listFor(caller: Caller): readonly Account[] {
    const known = this.#listByCaller.get(caller)
    if (known) return known
    const list = this.list.filter(({ key }) => caller.accounts?.has(key) ?? true)
    this.#listByCaller.set(caller, list)
    return list
  }

  /**
   * Opens the accounts of a configuration. An account whose settings are the same stays open, with its access token, its
   * circuit breakers, and its rate limits. Operations in progress finish with the accounts that they began with. Idle
   * connections of replaced accounts close after their timeout. If `apply` throws, nothing has changed.
   */
  apply(configuration: Configuration): AccountChanges {
    const before = this.#entryByKey
    const entries = configuration.accounts.map((account) => this.#findOrOpen(account, configuration))
    this.#entryByKey = new Map(entries.map((entry) => [entry.account.key, entry]))
    this.#cache.configure(configuration.cache, configuration.limits.cacheBytes)
    this.#listByCaller = new WeakMap()
    this.list.splice(0, this.list.length, ...entries.map(({ account }) => account))
    const { metrics, accountLog } = this.#options
    metrics.createCallSeries(this.list.map(({ key }) => key))
    accountLog.watch(this.list)
    for (const { key, upstream } of this.list) upstream.setShared(hasSeveralCallers(key, configuration))
    const kept = entries.filter(({ account: { key } }) => before.has(key))
    return {
      added: entries.filter((entry) => !kept.includes(entry)).map(({ account: { key } }) => key),
      removed: [...before.keys()].filter((key) => !this.#entryByKey.has(key)),
      changed: kept.filter((entry) => before.get(entry.account.key) !== entry).map(({ account: { key } }) => key),
    }
  }

  /** Removes what is cached of the data that a message of a vendor makes outdated. */
  invalidate(key: string, { conference, areUsersOutdated }: Outdated): void {
    const upstream = this.list.find((account) => account.key === key)?.upstream
    if (conference !== null) upstream?.forgetChanged({ kind: 'conferences', conferenceId: conference })
    if (areUsersOutdated) upstream?.forgetChanged({ kind: 'users' })
  }

  /** Closes the accounts and their connections. */
  async close(): Promise<void> {
    await Promise.all(this.list.map(({ upstream }) => upstream.close()))
  }

  #findOrOpen(account: AccountConfiguration, { limits, proxy }: Configuration): Entry {
    const settings = [{ ...account, findProxy: null }, limits.upstream, proxy]
    const openEntry = this.#entryByKey.get(account.key)
    if (openEntry && isDeepStrictEqual(openEntry.settings, settings)) return openEntry
    const { share, observe } = this.#options
    const options = { share, cache: this.#cache, onEvent: observe(), limits: limits.upstream }
    return { settings, account: openAccount(account, options) }
  }
}

/** Whether several callers can use the account. A JWT key set is assumed to have several subjects. */
function hasSeveralCallers(account: string, { clients, jwt }: Configuration): boolean {
  return jwt !== null || clients.filter(({ accounts }) => accounts?.includes(account) ?? true).length > 1
}

import type { Logger } from 'pino'
import { computeAccountState, type AccountState } from '../upstream/account-state.ts'
import type { Account } from '../vendors/accounts.ts'

/** Minimum time between two log lines of an account. A state that lasts for less time might not be logged. */
const minLineIntervalMs = 1_000

const levels: Record<AccountState, 'info' | 'warn' | 'error'> = {
  UNUSED: 'info',
  OK: 'info',
  DEGRADED: 'warn',
  RATE_LIMITED: 'warn',
  UNAVAILABLE: 'warn',
  MISCONFIGURED: 'error',
}

interface Entry {
  account: Account
  state: AccountState
  loggedAt: number
  isScheduled: boolean
}

/**
 * Logs changes of the state of each account. Checks it after vendor calls, and each second, because some states end
 * with time.
 */
export class AccountLog {
  readonly #log: Logger
  readonly #entryByKey = new Map<string, Entry>()
  #timer: NodeJS.Timeout | undefined

  constructor(log: Logger) {
    this.#log = log
  }

  /** Watches these accounts instead of the previous ones. */
  watch(accounts: readonly Account[]): void {
    const entries = accounts.map((account): Entry => {
      const existing = this.#entryByKey.get(account.key)
      return existing?.account === account
        ? existing
        : { account, state: 'UNUSED', loggedAt: -Infinity, isScheduled: false }
    })
    this.#entryByKey.clear()
    for (const entry of entries) this.#entryByKey.set(entry.account.key, entry)
    this.#timer ??= setInterval(() => {
      for (const entry of this.#entryByKey.values()) this.#check(entry)
    }, minLineIntervalMs).unref()
  }

  /** Checks the state of an account in the next turn of the event loop, when the result of its call has been recorded. */
  onEvent(key: string): void {
    const entry = this.#entryByKey.get(key)
    if (!entry || entry.isScheduled) return
    entry.isScheduled = true
    setImmediate(() => {
      entry.isScheduled = false
      this.#check(entry)
    })
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #check(entry: Entry): void {
    const { account, state: from, loggedAt } = entry
    const now = performance.now()
    if (now < loggedAt + minLineIntervalMs) return
    const health = account.upstream.getHealth()
    const to = computeAccountState(health)
    if (to === from) return
    entry.state = to
    entry.loggedAt = now
    this.#log[levels[to]]({ account: account.key, from, to, code: health.problem?.code }, 'account state changed')
  }
}

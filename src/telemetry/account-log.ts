import type { Logger } from 'pino'
import { computeAccountState, type AccountState } from '../upstream/account-state.ts'
import type { Account } from '../vendors/accounts.ts'

/** Least time between two lines of one account in ms. A state that lasts for less can go without a line. */
const lineInterval = 1_000

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

/** Logs every change of an account's state: after its vendor calls, and each second, because some changes come with time. */
export class AccountLog {
  readonly #log: Logger
  readonly #entryByKey = new Map<string, Entry>()
  #timer: NodeJS.Timeout | undefined

  constructor(log: Logger) {
    this.#log = log
  }

  /** Watches these accounts, and no others any longer. */
  watch(accounts: readonly Account[]): void {
    const entries = accounts.map((account): Entry => {
      const known = this.#entryByKey.get(account.key)
      return known?.account === account ? known : { account, state: 'UNUSED', loggedAt: -Infinity, isScheduled: false }
    })
    this.#entryByKey.clear()
    for (const entry of entries) this.#entryByKey.set(entry.account.key, entry)
    this.#timer ??= setInterval(() => {
      for (const entry of this.#entryByKey.values()) this.#look(entry)
    }, lineInterval).unref()
  }

  /** Looks at the account once what its call has met is known. */
  onEvent(key: string): void {
    const entry = this.#entryByKey.get(key)
    if (!entry || entry.isScheduled) return
    entry.isScheduled = true
    setImmediate(() => {
      entry.isScheduled = false
      this.#look(entry)
    })
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #look(entry: Entry): void {
    const { account, state: from, loggedAt } = entry
    const now = performance.now()
    if (now < loggedAt + lineInterval) return
    const health = account.upstream.getHealth()
    const to = computeAccountState(health)
    if (to === from) return
    entry.state = to
    entry.loggedAt = now
    this.#log[levels[to]]({ account: account.key, from, to, code: health.problem?.code }, 'account state changed')
  }
}

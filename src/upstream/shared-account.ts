import type { Token } from './auth-scheme.ts'

/** A token that a process has had; `dead`: the vendor rejects it. */
export interface SharedToken extends Token {
  isRejected: boolean
}

/** What an account hears of the other processes that serve it. */
export interface SharedStateListener {
  /** They use this token from now on. */
  onToken(token: Token): void
  /** The vendor's rate limit holds calls back until then, in ms since the epoch. */
  onCooldown(limit: string, until: number): void
  /** How many processes there are, this one among them. */
  onProcessCount(count: number): void
}

/** What processes share of one account. A call whose token is in hand waits for none of it. */
export interface SharedAccount {
  /**
   * A token other than the one known: that of another process, or what `fetch` gives, which one process at a time calls.
   * Where the others cannot be asked it is what `fetch` gives. Throws what `fetch` throws.
   */
  renewToken(known: SharedToken | null, fetch: () => Promise<Token>): Promise<Token>
  /** Tells the others of a hold. */
  publishCooldown(limit: string, until: number): void
  setListener(listener: SharedStateListener): void
}

import type { Token } from './auth-scheme.ts'

/** A token that a process uses or has used. */
export interface SharedToken extends Token {
  /** Whether the vendor has rejected the token. */
  isRejected: boolean
}

/** Receives an account's events from the other processes that serve it. */
export interface SharedStateListener {
  /** Reports the token that the other processes use from now on. */
  onToken(token: Token): void
  /** Reports a Rate-limit cooldown. @param until End of the cooldown, in milliseconds since the epoch. */
  onCooldown(rateLimit: string, until: number): void
  /** Reports the number of processes that serve the account, including this one. */
  onProcessCount(count: number): void
}

/** State of one account that processes share. A call that has a token never waits for it. */
export interface SharedAccount {
  /**
   * Returns a token other than `known`: the one of another process, or the result of `fetch`. One process at a time calls
   * `fetch`. If the shared state is unavailable, this process calls `fetch`.
   *
   * @throws The error of `fetch`.
   */
  renewToken(known: SharedToken | null, fetch: () => Promise<Token>): Promise<Token>
  /** Sends a Rate-limit cooldown to the other processes. @param until In milliseconds since the epoch. */
  publishCooldown(rateLimit: string, until: number): void
  setListener(listener: SharedStateListener): void
}

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
  /** Reports that data has changed. @param topics See `listTopics`. */
  onOutdated(topics: readonly string[]): void
  /** Reports the number of processes that serve the account, including this one. */
  onProcessCount(count: number): void
}

/** A cached response as text. */
export interface SharedText {
  /** Generation of the topic. */
  generation: string
  /** Null if nothing is cached. */
  text: string | null
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
  /**
   * Returns what is cached for a request, if its topic has not changed since. Null if the shared state is unavailable.
   *
   * @param ttlMs How long responses can be cached, in milliseconds.
   */
  findCached(path: string, topic: string, ttlMs: number): Promise<SharedText | null>
  /** Keeps a response for some time, in milliseconds, for as long as its topic has the same generation. */
  keepCached(path: string, entry: { generation: string; text: string }, ttlMs: number): void
  forgetCached(path: string): void
  /**
   * Notifies the other processes that data has changed. Never rejects.
   *
   * @param topics See `listTopics`.
   * @param ttlMs How long processes can have cached the topics in the shared state, in milliseconds. 0: not at all.
   */
  publishOutdated(topics: readonly string[], ttlMs: number): Promise<void>
  setListener(listener: SharedStateListener): void
}

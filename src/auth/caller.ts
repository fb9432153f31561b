/** Every scope, in the order of the documentation. */
export const scopes = ['read', 'write', 'credentials', 'explore', 'operate'] as const

/**
 * A permission of a caller: queries; mutations; mutations that return a credential; GraphiQL and introspection; operations
 * of other callers.
 */
export type Scope = (typeof scopes)[number]

export interface Caller {
  name: string
  scopes: ReadonlySet<Scope>
  /** Keys of the accounts that the caller can use; null: all. */
  accounts: ReadonlySet<string> | null
}

/** Limits of one caller for a minute. Omitted means no limit. */
export interface CallerLimits {
  operationsPerMinute?: number | undefined
  /** Attempts of vendor calls, retries included. */
  vendorCallsPerMinute?: number | undefined
}

/** A configured caller with an API key. */
export interface ApiClient {
  name: string
  /** 64 hexadecimal digits in lower case, of each of its keys: of two while one replaces the other. */
  apiKeySha256: string | readonly string[]
  scopes: readonly Scope[]
  /** Account keys; null means all. */
  accounts: readonly string[] | null
  limits?: CallerLimits | undefined
}

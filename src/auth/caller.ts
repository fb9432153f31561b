import type { DocumentSettings } from '../documents/document-settings.ts'

/** All scopes, in the order of the documentation. */
export const scopes = ['read', 'write', 'credentials', 'recordings', 'explore', 'operate'] as const

/**
 * A permission of a caller.
 *
 * - `read`: queries.
 * - `write`: mutations.
 * - `credentials`: mutations that return a credential.
 * - `recordings`: links to recordings, and their deletion together with `write`.
 * - `explore`: GraphiQL and introspection.
 * - `operate`: operations of other callers.
 */
export type Scope = (typeof scopes)[number]

/** The authenticated identity behind a request. */
export interface Caller {
  name: string
  scopes: ReadonlySet<Scope>
  /** Keys of the accounts that the caller can use. Null if it can use all accounts. */
  accounts: ReadonlySet<string> | null
  /** When the credentials are no longer accepted, in milliseconds since the epoch. Omitted if they do not expire. */
  expiresAt?: number
}

/** Limits of a caller for each minute. An omitted limit does not apply. */
export interface CallerLimits {
  operationsPerMinute?: number | undefined
  /** Vendor calls, including retries. */
  vendorCallsPerMinute?: number | undefined
}

/** A configured API client. */
export interface ApiClient {
  name: string
  /** SHA-256 of the API key, as 64 lower-case hexadecimal digits. A list while a new key replaces an old one. */
  apiKeySha256: string | readonly string[]
  scopes: readonly Scope[]
  /** Keys of the accounts that the client can use. Null if it can use all accounts. */
  accounts: readonly string[] | null
  /** Documents that the client can send. Omitted if the settings for all callers apply. */
  documents?: DocumentSettings | undefined
  limits?: CallerLimits | undefined
}

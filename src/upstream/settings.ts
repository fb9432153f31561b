import type { ErrorParser } from './vendor-client.ts'
import type { AuthScheme } from './auth-scheme.ts'
import type { UpstreamLimits } from './limits.ts'

/** What a vendor says of the connection to one account. */
export interface UpstreamSettings {
  /** Base of every path; its origin is the only one that the token goes to (beside `origins`). */
  apiUrl: string
  /** What tells apart the customers of a vendor that all have the same `apiUrl`. Not a secret. */
  tenant?: string
  /** Further origins that this account may be called at (a file host). */
  origins?: readonly string[]
  authScheme: AuthScheme
  errorParser: ErrorParser
  /** PEM of the certificate authorities to trust instead of the public ones. */
  ca?: string | undefined
  /** Limits of this vendor that are lower than the defaults. */
  limits?: Partial<UpstreamLimits>
  /** Configured secrets: taken out of everything the vendor says before it is shown. */
  secrets: readonly string[]
}

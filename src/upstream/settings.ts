import type { ErrorParser } from './vendor-client.ts'
import type { AuthScheme } from './auth-scheme.ts'
import type { UpstreamLimits } from './limits.ts'

/** How one account's vendor is called. Defined by the vendor's folder. */
export interface UpstreamSettings {
  /** Base URL of every request path. The token is sent only to its origin and to `origins`. */
  apiUrl: string
  /** Identifies the vendor's customer, if all customers have the same `apiUrl`. Not a secret. */
  tenant?: string
  /** Additional origins that receive the token, such as a file host. */
  origins?: readonly string[]
  authScheme: AuthScheme
  errorParser: ErrorParser
  /** Certificate authorities to trust instead of the public ones, in PEM format. */
  ca?: string | undefined
  /** Limits of this vendor that differ from the defaults. */
  limits?: Partial<UpstreamLimits>
  /** Configured secrets. They are redacted in the vendor's texts. */
  secrets: readonly string[]
}

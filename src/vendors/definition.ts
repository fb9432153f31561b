import type { ZodType } from 'zod'
import type { Client, Dialect } from '../upstream/client.ts'
import type { Grant } from '../upstream/grant.ts'
import type { UpstreamLimits } from '../upstream/limits.ts'
import type { VendorNotes } from './kit/notes.ts'
import type { MissingScopes } from './kit/scopes.ts'
import type { Vendor } from './vendor.ts'

/** What a vendor's folder exports: its names, its configuration, and how it connects. */
export interface VendorDefinition<Config> {
  /** The GraphQL enum value, e.g. `ZOOM`. */
  name: string
  /** What `vendor:` says in the configuration, e.g. `zoom`. */
  slug: string
  /** As people write it, e.g. `iMeet Central`. */
  label: string
  /** The option in `vendorOptions` of a new conference with which callers choose its ID; absent if they cannot. */
  idOption?: string
  /** How the vendor differs from the schema's descriptions. Omitted if it does not. */
  notes?: VendorNotes
  /** An account's settings without `vendor`; messages say how to mend. */
  config: ZodType<Config>
  /** An account from environment variables alone; null where none of them is set. */
  fromEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, unknown> | null
  connect(config: Config, connection: Connector): Vendor
  /** Returns the capabilities that an access token with these scopes does not have in full. Omitted if the vendor reports no scopes. */
  findMissingScopes?(granted: readonly string[]): MissingScopes[]
}

// Each vendor's settings have a type of their own that only its definition knows.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyVendor = VendorDefinition<any>

export interface ConnectionOptions {
  /** Base of every path; its origin is the only one that the token goes to (beside `origins`). */
  apiUrl: string
  /** What tells apart the customers of a vendor that all have the same `apiUrl`. Not a secret. */
  tenant?: string
  /** Further origins that this account may be called at (a file host). */
  origins?: readonly string[]
  grant: Grant
  dialect: Dialect
  /** PEM of the certificate authorities to trust instead of the public ones. */
  ca?: string | undefined
  /** Where the vendor wants less than the defaults. */
  limits?: Partial<UpstreamLimits>
  /** Configured secrets: taken out of everything the vendor says before it is shown. */
  secrets: readonly string[]
}

/** Makes the account's client; called once by `connect`. */
export type Connector = (options: ConnectionOptions) => Client

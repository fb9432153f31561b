import type { ZodType } from 'zod'
import type { VendorClient } from '../upstream/vendor-client.ts'
import type { UpstreamSettings } from '../upstream/settings.ts'
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
  createVendor(config: Config, connection: CreateVendorClient): Vendor
  /** Returns the capabilities that an access token with these scopes does not have in full. Omitted if the vendor reports no scopes. */
  findMissingScopes?(granted: readonly string[]): MissingScopes[]
}

// Each vendor's settings have a type of their own that only its definition knows.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyVendor = VendorDefinition<any>

/** Makes the account's client; called once by `connect`. */
export type CreateVendorClient = (settings: UpstreamSettings) => VendorClient

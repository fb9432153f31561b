import type { ZodType } from 'zod'
import type { VendorClient } from '../upstream/vendor-client.ts'
import type { UpstreamSettings } from '../upstream/settings.ts'
import type { VendorNotes } from './kit/notes.ts'
import type { MissingScopes } from './kit/scopes.ts'
import type { Vendor } from './vendor.ts'

/** Main export of a vendor's folder: its names, its configuration, and its `Vendor`. */
export interface VendorDefinition<Config> {
  /** GraphQL enum value, such as `ZOOM`. */
  name: string
  /** Value of `vendor` in the configuration, such as `zoom`. */
  slug: string
  /** Display name, such as `iMeet Central`. */
  label: string
  /** Name of the option in `vendorOptions` that sets the ID of a new conference. Omitted if callers cannot choose IDs. */
  idOption?: string
  /** Differences from the schema's descriptions. Omitted if there are none. */
  notes?: VendorNotes
  /** Schema of an account's settings, without `vendor`. Its messages end with a fix. */
  config: ZodType<Config>
  /** Reads an account's settings from environment variables. Null if none of them is set. */
  fromEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, unknown> | null
  /** Creates the vendor of one account. Must call `createClient` once. */
  createVendor(config: Config, createClient: CreateVendorClient): Vendor
  /** Finds the capabilities for which a token with these scopes lacks scopes. Omitted if the vendor reports no scopes. */
  findMissingScopes?(granted: readonly string[]): MissingScopes[]
}

// The type of a vendor's settings is known only to its definition.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyVendor = VendorDefinition<any>

/** Creates the client of an account. */
export type CreateVendorClient = (settings: UpstreamSettings) => VendorClient

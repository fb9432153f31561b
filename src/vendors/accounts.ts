import { hash } from 'node:crypto'
import type { FindProxy } from '../upstream/proxy/find-proxy.ts'
import type { Clock } from '../upstream/clock.ts'
import type { UpstreamLimits } from '../upstream/limits.ts'
import type { UpstreamEvent } from '../upstream/events.ts'
import { Upstream } from '../upstream/upstream.ts'
import type { SharedAccount } from '../upstream/shared-account.ts'
import type { UpstreamSettings } from '../upstream/settings.ts'
import type { AnyVendor } from './definition.ts'
import { listCapabilities, type Capability } from './kit/capability.ts'
import type { Vendor } from './vendor.ts'

/** One configured set of credentials at one vendor, opened. */
export interface Account {
  /** Its name in the configuration. */
  key: string
  label: string
  /** Digest of what the account is at its vendor: address and tenant. Rotated secrets do not change it, but another server does. */
  identity: string
  /** The GraphQL enum value of its vendor. */
  vendorName: string
  vendor: Vendor
  /** See `VendorDefinition`. */
  idOption?: string | undefined
  capabilities: readonly Capability[]
  upstream: Upstream
  /** How many items its lists were seen to have, by list; lets a page ask several accounts at once. */
  knownListLengths: Map<string, number>
}

export interface AccountSettings {
  key: string
  definition: AnyVendor
  /** What `definition.config` gave. */
  config: unknown
  /** Default: no proxy. */
  findProxy?: FindProxy
}

export interface AccountOptions {
  limits?: Partial<UpstreamLimits>
  clock?: Clock
  /** Whether several callers can use the account. Default: no. */
  isShared?: (key: string) => boolean
  /** What other processes that serve the account share with this one. */
  share?: ((key: string, connection: UpstreamSettings) => SharedAccount) | undefined
  onEvent?: (account: string, event: UpstreamEvent) => void
}

/** Opens an account; no call is made before its first use. */
export function openAccount(
  { key, definition, config, findProxy }: AccountSettings,
  options: AccountOptions = {},
): Account {
  let upstream: Upstream | undefined
  let identity = ''
  const { onEvent, share } = options
  const vendor = definition.createVendor(config, (connection) => {
    const { apiUrl, tenant = '' } = connection
    identity = hash('sha256', JSON.stringify([definition.slug, apiUrl, tenant]), 'base64url')
    upstream = new Upstream({
      ...connection,
      ...(options.clock ? { clock: options.clock } : {}),
      ...(onEvent ? { onEvent: (event: UpstreamEvent) => onEvent(key, event) } : {}),
      ...(share ? { shared: share(key, connection) } : {}),
      account: key,
      findProxy,
      isShared: options.isShared?.(key) ?? false,
      limits: { ...connection.limits, ...options.limits },
    })
    return upstream.client
  })
  if (!upstream) throw new Error(`${definition.slug}: connect made no client`)
  const label = key === definition.slug ? definition.label : `${definition.label} (${key})`
  return {
    key,
    label,
    identity,
    vendorName: definition.name,
    vendor,
    idOption: definition.idOption,
    capabilities: listCapabilities(vendor),
    upstream,
    knownListLengths: new Map(),
  }
}

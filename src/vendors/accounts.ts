import { hash } from 'node:crypto'
import { AccountCache } from '../upstream/account-cache.ts'
import type { FindProxy } from '../upstream/proxy/find-proxy.ts'
import { systemClock, type Clock } from '../upstream/clock.ts'
import type { UpstreamLimits } from '../upstream/limits.ts'
import type { UpstreamEvent } from '../upstream/events.ts'
import { Upstream } from '../upstream/upstream.ts'
import type { SharedAccount } from '../upstream/shared-account.ts'
import type { ReadCache } from '../upstream/read-cache.ts'
import type { UpstreamSettings } from '../upstream/settings.ts'
import type { AnyVendor } from './definition.ts'
import { listCapabilities, type Capability } from './kit/capability.ts'
import { removeCredentials } from './kit/credentials.ts'
import type { Vendor } from './vendor.ts'

/** An opened account: a configured set of credentials for one vendor. */
export interface Account {
  /** Unique name of the account in the configuration. */
  key: string
  /** Display name. */
  label: string
  /** Digest of the vendor, its URL, and the tenant. Stays the same when secrets are rotated. */
  identity: string
  /** GraphQL enum value of the vendor, such as `ZOOM`. */
  vendorName: string
  vendor: Vendor
  /** See `VendorDefinition`. */
  idOption?: string | undefined
  capabilities: readonly Capability[]
  upstream: Upstream
  /** Number of items in each list at its last read. Paging uses it to request several accounts at once. */
  knownListLengths: Map<string, number>
}

export interface AccountSettings {
  key: string
  definition: AnyVendor
  /** Result of `definition.config`. */
  config: unknown
  /** Default: no proxy. */
  findProxy?: FindProxy
}

export interface AccountOptions {
  limits?: Partial<UpstreamLimits>
  clock?: Clock
  /** Whether several callers can use the account. Default: false. */
  isShared?: (key: string) => boolean
  /** Creates the state that processes share. Default: none. */
  share?: ((key: string, settings: UpstreamSettings) => SharedAccount) | undefined
  /** Default: nothing is cached. */
  cache?: ReadCache | undefined
  onEvent?: (account: string, event: UpstreamEvent) => void
}

/** Opens an account. Makes no vendor call before its first use. */
export function openAccount(
  { key, definition, config, findProxy }: AccountSettings,
  options: AccountOptions = {},
): Account {
  let upstream: Upstream | undefined
  let identity = ''
  const { onEvent, share } = options
  const vendor = definition.createVendor(config, (settings) => {
    const { apiUrl, tenant = '' } = settings
    identity = hash('sha256', JSON.stringify([definition.slug, apiUrl, tenant]), 'base64url')
    upstream = new Upstream({
      ...settings,
      ...(options.clock ? { clock: options.clock } : {}),
      ...(onEvent ? { onEvent: (event: UpstreamEvent) => onEvent(key, event) } : {}),
      ...(share ? { shared: share(key, settings) } : {}),
      cache: createAccountCache(options),
      account: key,
      findProxy,
      isShared: options.isShared?.(key) ?? false,
      limits: { ...settings.limits, ...options.limits },
    })
    return upstream.client
  })
  if (!upstream) throw new Error(`${definition.slug}: createVendor did not create a client`)
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

const createAccountCache = ({ cache, clock = systemClock }: AccountOptions): AccountCache | null =>
  cache ? new AccountCache({ cache, clock, removeCredentials }) : null

import { CallContext } from '../../src/upstream/call-context.ts'
import type { UpstreamLimits } from '../../src/upstream/limits.ts'
import { Upstream, type UpstreamOptions } from '../../src/upstream/upstream.ts'
import type { VendorDefinition } from '../../src/vendors/definition.ts'
import type { Vendor } from '../../src/vendors/vendor.ts'

export interface OpenAccount {
  vendor: Vendor
  upstream: Upstream
  /** Time of a new operation until its deadline: 25 s. */
  call(): CallContext
  close(): Promise<void>
}

/** Opens an account as the server does, without a server. `config` has the settings of parley.config.yaml, with `vendor`. */
export function openAccount<C>(
  definition: VendorDefinition<C>,
  config: object,
  options: Partial<Pick<UpstreamOptions, 'clock' | 'random' | 'onEvent'>> & { limits?: Partial<UpstreamLimits> } = {},
): OpenAccount {
  const { vendor: _, ...settings } = config as { vendor?: unknown }
  let upstream: Upstream | undefined
  const vendor = definition.createVendor(definition.config.parse(settings), (connection) => {
    upstream = new Upstream({
      ...connection,
      ...options,
      account: definition.slug,
      limits: { ...connection.limits, ...options.limits },
    })
    return upstream.client
  })
  if (!upstream) throw new Error('connect made no client')
  const opened = upstream
  return { vendor, upstream: opened, call: () => newCall(options.clock?.now), close: () => opened.close() }
}

/** Creates a call context with the operation deadline of 25 s. */
export function newCall(now: () => number = Date.now): CallContext {
  return new CallContext({ caller: 'test', signal: new AbortController().signal, time: { deadline: now() + 25_000 } })
}

import type { IMeetCentralSandboxOptions } from './imeetcentral/index.ts'
import type { TrueConfSandboxOptions } from './trueconf/index.ts'
import type { ZoomSandboxOptions } from './zoom/index.ts'

/** Starts the sandbox of each vendor. The ports of `startSandboxes` are assigned in this order. */
const starters = {
  zoom: async (options?: ZoomSandboxOptions) => (await import('./zoom/index.ts')).start(options),
  trueconf: async (options?: TrueConfSandboxOptions) => (await import('./trueconf/index.ts')).start(options),
  imeetcentral: async (options?: IMeetCentralSandboxOptions) =>
    (await import('./imeetcentral/index.ts')).start(options),
}

type Starters = typeof starters

/** Name of a vendor, as in the setting `vendor` of an account. */
export type SandboxName = keyof Starters

export const sandboxNames = Object.keys(starters) as SandboxName[]

/**
 * Starts the sandbox of one vendor on a loopback port, with invented users and conferences.
 *
 * ```ts
 * const zoom = await startSandbox('zoom', { seed: { active: 3 } })
 * zoom.fault({ match: { path: /\/users/ }, kind: 'status', status: 503, times: 1 })
 * // Call `zoom.url`, or start Parley with the account `zoom.account`.
 * expect(zoom.ledger.map(({ path }) => path)).toContain('/v2/users')
 * await zoom.close()
 * ```
 *
 * @param options `SandboxOptions` and the options of the vendor. Default: a free port and the default data of the vendor.
 * @throws The error of the system, such as EADDRINUSE, if the port is not free.
 */
export function startSandbox<Name extends SandboxName>(
  name: Name,
  options?: Parameters<Starters[Name]>[0],
): ReturnType<Starters[Name]> {
  return starters[name](options) as ReturnType<Starters[Name]>
}

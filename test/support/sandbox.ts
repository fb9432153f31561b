import { startSandbox, type Sandbox, type SandboxName } from '../../src/sandboxes/index.ts'
import type { AnyVendor } from '../../src/vendors/definition.ts'

/** A sandbox of any vendor, with the settings of its account. */
export type VendorSandbox = Sandbox & { account: Record<string, unknown> }

/** Starts the sandbox of a vendor. @param options Options of this sandbox. */
export function startSandboxOf({ slug }: Pick<AnyVendor, 'slug'>, options: object = {}): Promise<VendorSandbox> {
  return startSandbox(slug as SandboxName, options)
}

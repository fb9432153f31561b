import { vi } from 'vitest'

/** In milliseconds. The timeout of `vi.waitFor` is not a promise of Parley, so that a busy machine gets more time. */
const minTimeout = 20_000

const { waitFor } = vi

const waitPatiently: typeof waitFor = (callback, options = {}) => {
  const given = typeof options === 'number' ? { timeout: options } : options
  return waitFor(callback, { ...given, timeout: Math.max(minTimeout, given.timeout ?? 0) })
}

// Files that share a worker share `vi`.
if (waitFor.name !== waitPatiently.name) vi.waitFor = waitPatiently

import { expect, vi } from 'vitest'

/** Timers that run in this process. */
export const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

/** Waits until no more of them run than there were. */
export async function timersGone(before: number): Promise<void> {
  // From the second look on, two are those of the waiting itself.
  let own = 0
  await vi.waitFor(() => {
    const others = timers() - own
    own = 2
    expect(others).toBeLessThanOrEqual(before)
  })
}

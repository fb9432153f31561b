import { expect, vi } from 'vitest'

/** Returns the number of active timers of this process, with those that are faked. */
export const timers = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length +
  (vi.isFakeTimers() ? vi.getTimerCount() : 0)

/** Waits until at most the earlier number of timers is active. */
export async function timersGone(before: number): Promise<void> {
  // From the second check on, two timers belong to the wait itself.
  let own = 0
  await vi.waitFor(() => {
    const others = timers() - own
    own = 2
    expect(others).toBeLessThanOrEqual(before)
  })
}

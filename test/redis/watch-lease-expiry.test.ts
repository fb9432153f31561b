import { expect, onTestFinished, test, vi } from 'vitest'
import type { RedisConnection } from '../../src/redis/connection.ts'
import { RedisWatchLease } from '../../src/redis/watch-lease.ts'

test('ends the lease in time although a timer fires before the clock shows its time', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let now = 1_000
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now)
  onTestFinished(() => {
    clock.mockRestore()
    vi.useRealTimers()
  })
  const calls: string[] = []
  const connection = { channel: 'parley:0', evalScript: async () => [1, 6_000, null, null] }
  const lease = new RedisWatchLease({
    account: 'trueconf',
    connection: connection as unknown as RedisConnection,
    holder: {
      onAcquired: () => calls.push('acquired'),
      onLost: () => calls.push('lost'),
      onUnneeded: () => calls.push('unneeded'),
      onPollRequested: () => calls.push('poll'),
    },
    getListener: () => null,
    onClosed: () => {},
  })
  lease.request({ participantsOf: 'none' })
  await lease.synchronize()
  expect(calls).toEqual(['acquired'])
  now += 5_997.5
  vi.advanceTimersByTime(6_001)
  expect(calls).toEqual(['acquired'])
  now += 3
  vi.advanceTimersByTime(3)
  expect(calls).toEqual(['acquired', 'lost'])
})

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { OperationTimer } from '../../src/http/guard/operation-timer.ts'

const create = () => new OperationTimer({ timeoutMs: 25_000, graceMs: 1_000 })

describe('OperationTimer', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('aborts at its deadline, and rejects after the grace period if the operation ignores the signal', async () => {
    const timer = create()
    timer.start()
    expect(timer.deadline).toBe(1_025_000)
    vi.advanceTimersByTime(24_999)
    expect(timer.signal.aborted).toBe(false)
    vi.advanceTimersByTime(1)
    expect(timer.signal.reason).toMatchObject({
      code: 'DEADLINE_EXCEEDED',
      message: 'The operation took longer than 25 s.',
    })
    vi.advanceTimersByTime(1_000)
    await expect(timer.settle(new Promise(() => {}))).rejects.toBe(timer.signal.reason)
  })

  test('restarts its time at each extension', () => {
    const timer = create()
    timer.start()
    for (let time = 0; time < 10; time++) {
      vi.advanceTimersByTime(20_000)
      timer.extend()
      expect(timer.deadline).toBe(Date.now() + 25_000)
    }
    vi.advanceTimersByTime(24_999)
    expect(timer.signal.aborted).toBe(false)
    vi.advanceTimersByTime(1)
    expect(timer.signal.reason).toMatchObject({
      message: 'The operation took longer than 25 s after the last bytes of its upload.',
    })
  })

  test('ignores changes of the system clock', () => {
    const timer = create()
    timer.start()
    vi.setSystemTime(0)
    vi.advanceTimersByTime(25_000)
    expect(timer.signal.aborted).toBe(true)
  })

  test('ignores extensions before its start, after its abort, and after its end', () => {
    const timer = create()
    timer.extend()
    expect(timer.deadline).toBe(Infinity)
    timer.start()
    timer.abort(new Problem('SHUTTING_DOWN', 'The server is stopping.'))
    vi.advanceTimersByTime(10_000)
    timer.extend()
    expect(timer.deadline).toBe(1_025_000)
    const ended = create()
    ended.start()
    ended.stop()
    ended.extend()
    vi.runAllTimers()
    expect(ended.signal.aborted).toBe(false)
  })
})

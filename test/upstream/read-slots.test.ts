import { describe, expect, test } from 'vitest'
import { ReadSlots } from '../../src/upstream/read-slots.ts'

const { signal } = new AbortController()

/** Starts this number of reads, and records those that can enter the queue. */
function enterReads(slots: ReadSlots, count: number, entered: number[], abort: AbortSignal = signal): Promise<void>[] {
  return Array.from({ length: count }, async (_, index) => {
    await slots.enter(abort)
    entered.push(index)
  })
}

const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

describe('ReadSlots', () => {
  test('lets one read at a time wait in the queue, and the maximum number be in flight', async () => {
    const slots = new ReadSlots(2)
    const entered: number[] = []
    void enterReads(slots, 5, entered)
    await settle()
    expect(entered).toEqual([0])
    slots.start()
    await settle()
    expect(entered).toEqual([0, 1])
    slots.start()
    await settle()
    expect(entered).toEqual([0, 1])
    slots.leave(true)
    await settle()
    expect(entered).toEqual([0, 1, 2])
  })

  test('lets the next read enter the queue when one leaves without a slot', async () => {
    const slots = new ReadSlots(2)
    const entered: number[] = []
    void enterReads(slots, 2, entered)
    slots.leave(false)
    await settle()
    expect(entered).toEqual([0, 1])
  })

  test('rejects a waiting read when its signal aborts, and continues with the others', async () => {
    const slots = new ReadSlots(1)
    const entered: number[] = []
    const leaving = new AbortController()
    expect(slots.enter(signal)).toBeUndefined()
    const [aborted] = enterReads(slots, 1, [], leaving.signal)
    const [waiting] = enterReads(slots, 1, entered)
    leaving.abort(new Error('gone'))
    await expect(aborted).rejects.toThrow('gone')
    slots.start()
    slots.leave(true)
    await waiting
    expect(entered).toEqual([0])
  })
})

import { setImmediate as waitForTurn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { MessageTurns } from '../../../src/http/stream/message-turns.ts'
import { openStream } from './read-events.ts'
import { startTicks } from './ticks.ts'

describe('MessageTurns', () => {
  test('runs all tasks in their order, at most 64 in a turn of the event loop', async () => {
    const turns = new MessageTurns()
    const numbers: number[] = []
    const results = Array.from({ length: 200 }, (_, index) => turns.run(() => numbers.push(index)))
    let [before, most, count] = [0, 0, 0]
    for (; numbers.length < 200; count++) {
      await waitForTurn()
      most = Math.max(most, numbers.length - before)
      before = numbers.length
    }
    expect(most).toBeLessThanOrEqual(64)
    expect(count).toBeGreaterThan(2)
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, index) => index))
    expect(await Promise.all(results)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
  })

  test('rejects with the error of a task, and runs the next one', async () => {
    const turns = new MessageTurns()
    const failed = turns.run(() => {
      throw new Error('broken')
    })
    const next = turns.run(() => 'next')
    await expect(failed).rejects.toThrow('broken')
    expect(await next).toBe('next')
  })

  test('has no time for work that comes after its turn', async () => {
    const turns = new MessageTurns()
    const turn = await turns.run(() => turns.current)
    await waitForTurn()
    await waitForTurn()
    expect(turns.hasTime(turn)).toBe(false)
  })
})

test('sends messages of every size that follow at once completely and in order', async () => {
  const server = await startTicks()
  const query = 'subscription ($size: Int!) { ticks { number text(size: $size) } }'
  const streams = await Promise.all(
    [0, 500, 8_000, 40_000].map((size) => openStream(server, { query, variables: { size } })),
  )
  server.ticks.send(200)
  server.ticks.end()
  for (const stream of streams) {
    expect(await stream.ended).toBe(true)
    expect(stream.ticks.map((tick) => (tick as { number: number }).number)).toEqual(
      Array.from({ length: 200 }, (_, index) => index + 1),
    )
    expect(stream.events.at(-1)).toEqual({ event: 'complete' })
  }
})

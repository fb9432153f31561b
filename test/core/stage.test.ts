import { setImmediate } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { Stage } from '../../src/core/stage.ts'

test('handles the items of one turn in a row, before the work that follows them', async () => {
  const events: string[] = []
  const stage = new Stage<string>((item) => {
    events.push(item)
    void Promise.resolve().then(() => events.push(`after ${item}`))
  })
  stage.add('a')
  await Promise.resolve()
  stage.add('b')
  expect(events).toEqual([])
  await setImmediate()
  expect(events).toEqual(['a', 'b', 'after a', 'after b'])
})

test('handles an item that is added by another one in a later turn', async () => {
  const events: string[] = []
  const stage = new Stage<string>((item) => {
    if (item === 'a') stage.add('c')
    events.push(item)
  })
  stage.add('a')
  stage.add('b')
  await setImmediate()
  expect(events).toEqual(['a', 'b'])
  await setImmediate()
  expect(events).toEqual(['a', 'b', 'c'])
})

test('handles the other items if one throws', async () => {
  const handled: string[] = []
  const onException = vi.fn()
  const listeners = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException').once('uncaughtException', onException)
  const stage = new Stage<string>((item) => {
    if (item === 'broken') throw new Error('broken')
    handled.push(item)
  })
  for (const item of ['a', 'broken', 'b', 'c']) stage.add(item)
  await setImmediate()
  await setImmediate()
  for (const listener of listeners) process.on('uncaughtException', listener)
  expect(onException).toHaveBeenCalledOnce()
  expect(handled).toEqual(['a', 'b', 'c'])
})

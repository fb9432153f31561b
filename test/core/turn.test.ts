import { expect, test } from 'vitest'
import { takeTurn } from '../../src/core/turn.ts'

const noTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

test('starts one piece of work in each turn of the event loop, and alternates between callers', async () => {
  const started: string[] = []
  const run = async (caller: string, name: string): Promise<void> => {
    await takeTurn(caller)
    started.push(name)
  }
  const greedy = Array.from({ length: 5 }, (_, index) => run('greedy', `greedy ${index}`))
  const modest = [run('modest', 'modest 0'), run('modest', 'modest 1')]
  await Promise.resolve()
  expect(started).toEqual(['greedy 0'])
  await Promise.all([...greedy, ...modest])
  const order = ['greedy 0', 'greedy 1', 'modest 0', 'greedy 2', 'modest 1', 'greedy 3', 'greedy 4']
  expect(started).toEqual(order)
})

test('starts the work of the only caller in the next turn', async () => {
  await noTurn()
  await noTurn()
  expect(takeTurn('one')).toBeUndefined()
  expect(takeTurn('one')).toBeInstanceOf(Promise)
  await noTurn()
  await noTurn()
  await noTurn()
  expect(takeTurn('one')).toBeUndefined()
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EventLog } from '../../src/events/log/event-log.ts'
import { MemoryEventStore } from '../../src/events/log/event-store.ts'
import type { NewEntry } from '../../src/events/log/log-entry.ts'
import { toEpoch } from '../../src/events/log/log-position.ts'

const gap = (since: number, bytes = 0): NewEntry => ({
  entry: { kind: 'gap', account: `zoom${'x'.repeat(bytes)}`, since, until: since },
  identity: null,
})

function open({ eventLog = 10, eventLogTime = 1_000 } = {}) {
  const clock = { now: 1_000_000 }
  const store = new MemoryEventStore({ getLimits: () => ({ eventLog, eventLogTime }), now: () => clock.now })
  return { clock, store, log: store.log }
}

function readAll(log: EventLog, position = log.start) {
  const found: number[] = []
  for (let next = log.findAfter(position); next; next = log.findAfter(next.position))
    if (next.entry.kind === 'gap') found.push(next.entry.since)
  return found
}

test('finds every entry after any position, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 3 }), { maxLength: 60 }), async (pauses) => {
      const { clock, store, log } = open({ eventLog: 1_000, eventLogTime: 1_000_000 })
      const positions = [log.end]
      for (const [index, pause] of pauses.entries()) {
        clock.now += pause
        await store.record([gap(index)])
        positions.push(log.end)
      }
      for (const [index, position] of positions.entries()) {
        expect(readAll(log, position)).toEqual(pauses.map((_, number) => number).slice(index))
        expect(log.isComplete({ epoch: log.epoch, position })).toBe(true)
      }
    }),
  )
})

test('keeps positions in order when the clock goes back', async () => {
  const { clock, store, log } = open()
  await store.record([gap(1)])
  clock.now -= 500
  await store.record([gap(2)])
  expect(readAll(log)).toEqual([1, 2])
})

test('removes the oldest entries above the number and the age, and knows what is missing', async () => {
  const { clock, store, log } = open()
  const begin = log.end
  for (let index = 0; index < 12; index++) await store.record([gap(index)])
  expect(readAll(log)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  expect(log.isComplete({ epoch: log.epoch, position: begin })).toBe(false)
  clock.now += 1_001
  expect(log.isComplete({ epoch: log.epoch, position: begin })).toBe(false)
  expect(readAll(log)).toEqual([])
  expect(log.isComplete({ epoch: log.epoch, position: log.end })).toBe(true)
})

test('keeps at most 32 MiB of entries', async () => {
  const { store, log } = open({ eventLog: 1_000 })
  for (let index = 0; index < 40; index++) await store.record([gap(index, 1024 ** 2)])
  expect(readAll(log).length).toBe(31)
})

test('records entries of an account with the same identity once within 24 hours', async () => {
  const { clock, store, log } = open({ eventLogTime: 86_400_001 })
  const same = { ...gap(1), identity: 'same' }
  const other = { entry: { ...gap(2).entry, account: 'other' }, identity: 'same' }
  expect(await store.record([same, same, other])).toEqual([same, other])
  expect(await store.record([same])).toEqual([])
  clock.now += 86_400_000
  expect(await store.record([same])).toEqual([same])
  expect(readAll(log)).toEqual([1, 2, 1])
})

test('loses every earlier position when it begins another life', async () => {
  const { store, log } = open()
  await store.record([gap(1)])
  const before = { epoch: log.epoch, position: log.end }
  log.restart(toEpoch('next'), log.end)
  expect(log.isComplete(before)).toBe(false)
  expect(readAll(log)).toEqual([])
})

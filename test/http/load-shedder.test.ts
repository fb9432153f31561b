import { expect, onTestFinished, test } from 'vitest'
import { LoadShedder } from '../../src/http/guard/load-shedder.ts'

const limits = { operationsInFlight: 10, operationsPerCaller: 10, operationsWhileBusy: 3 }

/** Simulates samples of an event loop every 50 ms, for a process of any age. */
function open(age = 60_000, changed: Partial<typeof limits> = {}) {
  const loop = { time: age, share: 0, heap: 0 }
  const admission = new LoadShedder(
    { ...limits, ...changed },
    { now: () => loop.time, measureUtilization: () => loop.share, measureHeapShare: () => loop.heap },
  )
  onTestFinished(() => admission.stop())
  const pass = (ms: number, share: number, step = 50): void => {
    loop.share = share
    for (const end = loop.time + ms; loop.time < end;) {
      loop.time += step
      admission.measure()
    }
  }
  return { admission, pass, loop }
}

/** Begins up to `count` operations. Returns the functions that end them. */
const begin = (admission: LoadShedder, count: number, caller = 'one'): (() => void)[] =>
  Array.from({ length: count }, () => (admission.findRejection(caller) ? null : admission.begin(caller))).filter(
    (end) => end !== null,
  )
const begun = (admission: LoadShedder, count: number, caller?: string): number => begin(admission, count, caller).length

test('accepts operations up to operationsInFlight while the event loop has pauses', () => {
  const { admission, pass } = open()
  pass(10_000, 0.97)
  const [end, ...others] = begin(admission, 12)
  expect(others).toHaveLength(9)
  end!()
  expect(begun(admission, 2)).toBe(1)
})

test('accepts operations up to operationsWhileBusy after one second without a pause, and lets running operations end', () => {
  const { admission, pass } = open()
  const ends = begin(admission, 5)
  expect(ends).toHaveLength(5)
  pass(950, 1)
  expect(begun(admission, 1)).toBe(1)
  pass(100, 1)
  expect(begun(admission, 1)).toBe(0)
  for (const end of ends.slice(0, 4)) end()
  expect(begun(admission, 2)).toBe(1)
})

test('rejects no operation after a single stall of any length or while there are pauses', () => {
  const { admission, pass } = open()
  pass(3_000, 1, 3_000)
  pass(50, 0.5)
  for (let time = 0; time < 10; time++) {
    pass(950, 1)
    pass(50, 0.5)
  }
  expect(begun(admission, 10)).toBe(10)
})

test('counts as busy if timers are late several times in a row', () => {
  const { admission, pass } = open()
  pass(1_500, 0.5, 120)
  expect(begun(admission, 10)).toBe(3)
})

test('accepts all operations again after half a second with pauses', () => {
  const { admission, pass } = open()
  pass(1_500, 1)
  pass(450, 0.5)
  expect(begun(admission, 10)).toBe(3)
  pass(100, 0.5)
  expect(begun(admission, 10)).toBe(7)
})

test('never counts as busy in the first 30 s of the process', () => {
  const { admission, pass } = open(0)
  pass(29_950, 1)
  const ends = begin(admission, 12)
  expect(ends).toHaveLength(10)
  pass(2_000, 1)
  for (const end of ends) end()
  expect(begun(admission, 12)).toBe(3)
})

test('accepts an operation of another caller while one caller uses the whole limit, and counts ended operations down to 0', () => {
  const { admission } = open()
  const ends = begin(admission, 12, 'greedy')
  expect(ends).toHaveLength(10)
  const others = begin(admission, 7, 'other')
  expect(others).toHaveLength(5)
  expect(admission.findRejection('greedy')).toBe('TOO_MANY_REQUESTS')
  for (const end of [...ends, ...others]) end()
  expect(begun(admission, 12, 'alone')).toBe(10)
  expect(admission.findRejection('alone')).toBe('OVERLOADED')
})

test('accepts one operation of every caller, up to twice the limit', () => {
  const { admission } = open()
  expect(begun(admission, 10, 'greedy')).toBe(10)
  const callers = Array.from({ length: 15 }, (_, number) => `caller ${number}`)
  expect(callers.map((caller) => begun(admission, 1, caller))).toEqual([...Array(10).fill(1), ...Array(5).fill(0)])
})

test('accepts an operation of another caller while one caller keeps the event loop busy', () => {
  const { admission, pass } = open()
  expect(begun(admission, 10, 'greedy')).toBe(10)
  pass(1_500, 1)
  expect(begun(admission, 1, 'greedy')).toBe(0)
  expect(begun(admission, 1, 'other')).toBe(1)
})

test('accepts few operations while the heap fills, and none when it is nearly full', () => {
  const { admission, loop } = open()
  loop.heap = 0.7
  expect(begun(admission, 5)).toBe(3)
  loop.heap = 0.85
  expect(begun(admission, 1, 'other')).toBe(0)
  loop.heap = 0.5
  expect(begun(admission, 12)).toBe(7)
})

test('limits the operations of one caller below the limit of all callers', () => {
  const { admission } = open(60_000, { operationsPerCaller: 4 })
  expect(begun(admission, 5, 'one')).toBe(4)
  expect(admission.findRejection('one')).toBe('TOO_MANY_REQUESTS')
  expect(begun(admission, 5, 'other')).toBe(4)
})

test('limits the operations of the caller with the most operations as soon as the event loop has no pause', () => {
  const { admission, pass } = open(0, { operationsPerCaller: 9, operationsWhileBusy: 6 })
  pass(150, 1)
  expect(begun(admission, 5, 'one')).toBe(5)
  pass(100, 1)
  expect(begun(admission, 1, 'one')).toBe(0)
  expect(begun(admission, 4, 'other')).toBe(4)
  pass(50, 0.5)
  expect(begun(admission, 1, 'one')).toBe(1)
})

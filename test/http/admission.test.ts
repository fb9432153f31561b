import { expect, onTestFinished, test } from 'vitest'
import { Admission } from '../../src/http/admission.ts'

const limits = { operationsInFlight: 10, operationsWhileBusy: 3 }

/** Looks every 50 ms at a loop that is as busy as it is told, of a process that is so many ms old. */
function open(age = 60_000) {
  const loop = { time: age, share: 0 }
  const admission = new Admission(limits, { now: () => loop.time, busy: () => loop.share })
  onTestFinished(() => admission.stop())
  const pass = (ms: number, share: number, step = 50): void => {
    loop.share = share
    for (const end = loop.time + ms; loop.time < end;) {
      loop.time += step
      admission.look()
    }
  }
  return { admission, pass }
}

const begun = (admission: Admission, count: number): number =>
  Array.from({ length: count }, () => admission.begin()).filter(Boolean).length

test('a loop with pauses takes as many operations as there may be', () => {
  const { admission, pass } = open()
  pass(10_000, 0.97)
  expect(begun(admission, 12)).toBe(10)
  admission.end()
  expect(begun(admission, 2)).toBe(1)
})

test('without a pause for a second it takes few, and what runs may end', () => {
  const { admission, pass } = open()
  expect(begun(admission, 5)).toBe(5)
  pass(950, 1)
  expect(admission.begin()).toBe(true)
  pass(100, 1)
  expect(admission.begin()).toBe(false)
  for (let end = 0; end < 4; end++) admission.end()
  expect(begun(admission, 2)).toBe(1)
})

test('a single stall, however long, and pauses in between refuse nothing', () => {
  const { admission, pass } = open()
  pass(3_000, 1, 3_000)
  pass(50, 0.5)
  for (let time = 0; time < 10; time++) {
    pass(950, 1)
    pass(50, 0.5)
  }
  expect(begun(admission, 10)).toBe(10)
})

test('timers that are late again and again count as busy', () => {
  const { admission, pass } = open()
  pass(1_500, 0.5, 120)
  expect(begun(admission, 10)).toBe(3)
})

test('half a second with pauses makes it normal again', () => {
  const { admission, pass } = open()
  pass(1_500, 1)
  pass(450, 0.5)
  expect(begun(admission, 10)).toBe(3)
  pass(100, 0.5)
  expect(begun(admission, 10)).toBe(7)
})

test('in its first half minute a process works off what comes', () => {
  const { admission, pass } = open(0)
  pass(29_950, 1)
  expect(begun(admission, 12)).toBe(10)
  pass(2_000, 1)
  for (let end = 0; end < 10; end++) admission.end()
  expect(begun(admission, 12)).toBe(3)
})

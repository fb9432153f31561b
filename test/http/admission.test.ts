import { expect, onTestFinished, test } from 'vitest'
import { Admission } from '../../src/http/admission.ts'

const limits = { operationsInFlight: 10, operationsWhileBusy: 3 }

/** Looks every 50 ms at a loop that is as busy as it is told. */
function open() {
  const loop = { time: 0, share: 0 }
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

test('without a pause for half a second it takes few, and what runs may end', () => {
  const { admission, pass } = open()
  expect(begun(admission, 5)).toBe(5)
  pass(450, 1)
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
    pass(450, 1)
    pass(50, 0.5)
  }
  expect(begun(admission, 10)).toBe(10)
})

test('timers that are late again and again count as busy', () => {
  const { admission, pass } = open()
  pass(1_000, 0.5, 120)
  expect(begun(admission, 10)).toBe(3)
})

test('half a second with pauses makes it normal again', () => {
  const { admission, pass } = open()
  pass(1_000, 1)
  pass(450, 0.5)
  expect(begun(admission, 10)).toBe(3)
  pass(100, 0.5)
  expect(begun(admission, 10)).toBe(7)
})

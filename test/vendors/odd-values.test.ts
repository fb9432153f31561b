import { expect, test } from 'vitest'
import { toFlag } from '../../src/vendors/kit/lenient.ts'
import { findIgnoredInputs } from '../../src/vendors/zoom/ignored-inputs.ts'

/** A JSON value that `String` cannot convert. */
const unprintable = { toString: 1, valueOf: 1 }

test('reads a flag that cannot be converted to text as null', () => {
  expect([unprintable, [unprintable], [], null, 'yes'].map((value) => toFlag(value))).toEqual(Array(5).fill(null))
  expect([true, 1, '1', 'true', false, 0].map((value) => toFlag(value))).toEqual([
    ...Array(4).fill(true),
    ...Array(2).fill(false),
  ])
})

test.each([[unprintable], [[unprintable]]])(
  'compares an option with the reported value %j without an error',
  (shown) => {
    const sent = { topic: 'x', type: 2, agenda: 'y' }
    expect(() => findIgnoredInputs(sent as never, { topic: shown, agenda: shown })).not.toThrow()
  },
)

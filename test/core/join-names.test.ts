import { describe, expect, test } from 'vitest'
import { formatCount } from '../../src/core/format-count.ts'
import { joinNames } from '../../src/core/join-names.ts'

describe('joinNames', () => {
  test.each([[[]], [['A']], [['A', 'B']], [['A', 'B', 'C']], [['A', 'B', 'C', 'D']]])(
    'joins %j like Intl.ListFormat',
    (names) => {
      expect(joinNames(names)).toBe(new Intl.ListFormat('en').format(names))
      expect(joinNames(names, 'or')).toBe(new Intl.ListFormat('en', { type: 'disjunction' }).format(names))
    },
  )
})

describe('formatCount', () => {
  test.each([0, 7, 999, 1000, 1440, 123456, 1048576, 1e9, -1, -1000, -999999])(
    'formats %i like toLocaleString',
    (value) => {
      expect(formatCount(value)).toBe(value.toLocaleString('en-US'))
    },
  )
})

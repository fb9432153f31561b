import { describe, expect, test } from 'vitest'
import { listDays, listMonths } from '../../src/vendors/kit/months.ts'

const createRange = (from: string, before: string) => ({ from: new Date(from), before: new Date(before) })

describe('listMonths', () => {
  test.each([
    ['2026-09-20T10:00:00Z', '2026-11-02T00:00:01Z', ['2026-11', '2026-10', '2026-09']],
    ['2026-10-31T23:59:59Z', '2026-11-01T00:00:00Z', ['2026-10']],
    ['2025-12-31T00:00:00Z', '2026-01-31T12:00:00Z', ['2026-01', '2025-12']],
    ['2026-03-31T00:00:00Z', '2026-03-31T00:00:01Z', ['2026-03']],
  ])('lists the months from %s to %s, the newest first', (from, before, months) => {
    expect(listMonths(createRange(from, before))).toEqual(months)
  })
})

describe('listDays', () => {
  const range = createRange('2026-01-15T23:00:00Z', '2026-03-02T00:00:00Z')

  test('cuts the first and the last month to the period', () => {
    expect(listMonths(range).map((month) => listDays(month, range))).toEqual([
      { from: '2026-03-01', to: '2026-03-01' },
      { from: '2026-02-01', to: '2026-02-28' },
      { from: '2026-01-15', to: '2026-01-31' },
    ])
  })
})

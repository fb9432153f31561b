import { describe, expect, test } from 'vitest'
import { computeWeeklyOccurrences, type WeeklySchedule } from '../../../src/vendors/trueconf/weekly-occurrences.ts'

const at = (text: string): Date => new Date(`${text}:00Z`)
const now = at('2026-12-02T12:00').getTime()

/** Tuesdays and Fridays at 09:00 UTC. */
const schedule: WeeklySchedule = {
  conferenceId: '7',
  start: at('2026-12-04T09:00'),
  weekdays: [2, 5],
  offsetMinutes: 0,
  durationMinutes: 30,
  createdAt: at('2026-11-25T00:00'),
}
const listStarts = (of: WeeklySchedule, from: string, before: string): string[] =>
  [...computeWeeklyOccurrences(of, { startsFrom: at(from), startsBefore: at(before) }, now)].map(({ startsAt }) =>
    startsAt.toISOString().slice(0, 16),
  )

describe('computeWeeklyOccurrences', () => {
  test('returns the starts of a period, with its start and without its end', () => {
    expect(listStarts(schedule, '2027-06-15T09:00', '2027-06-22T09:00')).toEqual([
      '2027-06-15T09:00',
      '2027-06-18T09:00',
    ])
    expect(listStarts(schedule, '2027-06-15T09:01', '2027-06-18T09:00')).toEqual([])
  })

  test('begins when the conference was created', () => {
    expect(listStarts(schedule, '2026-10-01T00:00', '2026-12-05T00:00')).toEqual([
      '2026-11-27T09:00',
      '2026-12-01T09:00',
      '2026-12-04T09:00',
    ])
    expect(listStarts({ ...schedule, createdAt: null }, '2026-10-01T00:00', '2026-12-05T00:00')).toEqual([
      '2026-12-04T09:00',
    ])
  })

  test('has no occurrence before the next start if weekdays before it are skipped', () => {
    const later = { ...schedule, start: at('2026-12-15T09:00') }
    expect(listStarts(later, '2026-10-01T00:00', '2026-12-20T00:00')).toEqual(['2026-12-15T09:00', '2026-12-18T09:00'])
  })

  test.each([
    [720, '2026-12-01T12:00', [3]],
    [-720, '2026-12-03T11:00', [3]],
    [330, '2026-12-01T18:30', [3]],
  ])('counts the weekdays at an offset of %i minutes', (offsetMinutes, start, weekdays) => {
    const zoned = { ...schedule, offsetMinutes, start: at(start), weekdays }
    expect(listStarts(zoned, '2027-01-01T00:00', '2027-01-08T00:00')).toHaveLength(1)
    expect(
      listStarts(zoned, '2027-01-01T00:00', '2027-01-31T00:00').map((text) => new Date(`${text}Z`).getUTCDay()),
    ).toEqual(Array.from({ length: 4 }, () => at(start).getUTCDay()))
  })

  test('ends at the last date that can be represented', () => {
    const end = new Date(8.64e15 - 20 * 86_400_000)
    const occurrences = computeWeeklyOccurrences(schedule, { startsFrom: end }, now)
    expect(Array.from(occurrences).length).toBeGreaterThan(3)
  })
})

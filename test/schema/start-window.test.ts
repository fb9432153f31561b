import { describe, expect, test } from 'vitest'
import { findStart } from '../../src/schema/start-window.ts'
import { isWithinPeriod } from '../../src/vendors/kit/occurrences.ts'
import type { Conference, Occurrence, OccurrencePeriod } from '../../src/vendors/vendor-objects.ts'

const day = 86_400_000
const inDays = (days: number): Date => new Date(Math.floor(Date.now() / 1000) * 1000 + days * day)

const meeting = (startsAt: Date): Conference =>
  ({ schedule: { kind: 'once', startsAt, durationMinutes: 30, timeZone: null } }) as Conference

/** A series with occurrences on these days from now. */
function series(days: number[], canceled: number[] = []): Conference {
  const occurrences = days.map((at) => ({ startsAt: inDays(at), cancelled: canceled.includes(at) }) as Occurrence)
  return {
    schedule: { kind: 'recurring', rrule: 'FREQ=WEEKLY', nextStartsAt: null, durationMinutes: 30, timeZone: null },
    findOccurrences: (period: OccurrencePeriod) =>
      occurrences.filter((occurrence) => isWithinPeriod(occurrence, period)),
  } as object as Conference
}

/** Returns the day from now on which the conference first starts in a window, or null. */
function findDay(conference: Conference, from?: number, before?: number): number | null {
  const window = {
    ...(from !== undefined && { startsFrom: inDays(from) }),
    ...(before !== undefined && { startsBefore: inDays(before) }),
  }
  const start = findStart(conference, window)
  return start && Math.round((start.getTime() - Date.now()) / day)
}

describe('findStart', () => {
  test('returns the first occurrence in a window, with its start and without its end', () => {
    const weekly = series([-14, -7, 1, 8, 15])
    expect(findDay(weekly, 5, 20)).toBe(8)
    expect(findDay(weekly, 8, 8.5)).toBe(8)
    expect(findDay(weekly, 2, 8)).toBeNull()
    expect(findDay(weekly, -10, 5)).toBe(-7)
    expect(findDay(weekly, undefined, -6)).toBe(-14)
  })

  test('skips canceled occurrences', () => {
    expect(findDay(series([1, 8, 15], [8]), 5, 20)).toBe(15)
    expect(findDay(series([1, 8], [8]), 5, 20)).toBeNull()
    expect(findDay(series([1, 8], [1]))).toBe(8)
  })

  test('returns the next occurrence if the window has no end', () => {
    const weekly = series([-14, -7, 1, 8])
    expect(findDay(weekly)).toBe(1)
    expect(findDay(weekly, -20)).toBe(1)
    expect(findDay(weekly, 5)).toBe(8)
    expect(findDay(weekly, 9)).toBeNull()
  })

  test('returns null for a series that is over, unless the window is in the past', () => {
    const over = series([-14, -7])
    expect(findDay(over)).toBeNull()
    expect(findDay(over, -20)).toBeNull()
    expect(findDay(over, -20, 5)).toBe(-14)
  })

  test('returns the start of a single conference, also in the past', () => {
    expect(findDay(meeting(inDays(-3)))).toBe(-3)
    expect(findDay(meeting(inDays(-3)), -4)).toBe(-3)
    expect(findDay(meeting(inDays(3)), 0, 3)).toBeNull()
    expect(findDay(meeting(inDays(3)), 3, 4)).toBe(3)
  })

  test('uses the next start of a series whose vendor reports no occurrences', () => {
    const nextStartsAt = inDays(2)
    const schedule = { kind: 'recurring', rrule: 'FREQ=DAILY', nextStartsAt, durationMinutes: null, timeZone: null }
    const conference = { schedule, findOccurrences: () => null } as object as Conference
    expect(findDay(conference, 1, 3)).toBe(2)
    expect(findDay(conference, 3, 4)).toBeNull()
  })
})

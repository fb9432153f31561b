import { expect, test } from 'vitest'
import {
  validateSearch,
  toConferenceFilter,
  createConferencePredicate,
  createUserPredicate,
} from '../../src/schema/filters.ts'
import { findStart } from '../../src/schema/start-window.ts'
import type { Conference, Schedule, User } from '../../src/vendors/vendor-objects.ts'

const user = (fields: Partial<User>) =>
  ({ email: null, displayName: null, givenName: null, familyName: null, status: 'ACTIVE', ...fields }) as User
const conference = (fields: Partial<Conference>) =>
  ({ title: '', state: 'IDLE', tags: [], ownerId: null, schedule: null, ...fields }) as Conference

test.each([
  ['hel', 'Helen Smith', true],
  ['SMI', 'Helen Smith', true],
  ['len', 'Helen Smith', false],
  ['neil', 'O’Neil', true],
  ['ann-marie', 'Ann-Marie Li', true],
  ['helen s', 'Helen Smith', true],
  ['ивано', 'Наталья Иванова', true],
  ['佐', '浩 佐藤', true],
  ['藤', '浩 佐藤', false],
  ['é', 'E\u0301mile', true],
  ['.', 'Helen Smith', false],
])('searches %j in %j: %j', (search, displayName, isMatch) => {
  expect(createUserPredicate({ search })(user({ displayName }))).toBe(isMatch)
})

test('matches a user only if all fields of the filter match', () => {
  const someone = user({ displayName: 'Helen', email: 'Helen@Example.com', status: 'INACTIVE' })
  expect(createUserPredicate({ email: 'helen@example.COM', search: 'hel', status: ['INACTIVE'] })(someone)).toBe(true)
  expect(createUserPredicate({ email: 'helen@example.com', status: ['ACTIVE'] })(someone)).toBe(false)
  expect(createUserPredicate({ email: 'helen@example.co' })(someone)).toBe(false)
  expect(createUserPredicate({ email: 'helen@example.com' })(user({ displayName: 'helen@example.com' }))).toBe(false)
})

test('includes startsFrom, excludes startsBefore, and never matches a conference without a time', () => {
  const noon = new Date('2026-12-01T12:00:00Z')
  const once: Schedule = { kind: 'once', startsAt: noon, durationMinutes: 30, timeZone: null }
  const weekly: Schedule = {
    kind: 'recurring',
    rrule: 'FREQ=WEEKLY',
    nextStartsAt: noon,
    durationMinutes: null,
    timeZone: null,
  }
  for (const schedule of [once, weekly]) {
    expect(findStart(conference({ schedule }), {})).toBe(noon)
    expect(createConferencePredicate({ startsFrom: noon })(conference({ schedule }))).toBe(true)
    expect(createConferencePredicate({ startsBefore: noon })(conference({ schedule }))).toBe(false)
  }
  expect(createConferencePredicate({ startsFrom: new Date(0) })(conference({}))).toBe(false)
  expect(
    createConferencePredicate({ startsBefore: noon })(conference({ schedule: { ...weekly, nextStartsAt: null } })),
  ).toBe(false)
})

test('compares tags with their case, and owners by ID', () => {
  const board = conference({ tags: ['board'], ownerId: 'helen' })
  expect(createConferencePredicate({ tag: 'board', ownerId: 'helen' })(board)).toBe(true)
  expect(createConferencePredicate({ tag: 'Board' })(board)).toBe(false)
  expect(createConferencePredicate({ ownerId: 'dean' })(board)).toBe(false)
})

test('rejects a search text that no name can contain', () => {
  for (const search of ['', ' ', 'x'.repeat(201), 'a\ud800'])
    expect(() => validateSearch(search)).toThrow(/^"filter.search" must have 1 to 200 characters/)
  for (const search of [null, undefined, 'x'.repeat(200), '😀']) validateSearch(search)
})

test('rejects a startsBefore that is not later than startsFrom', () => {
  const [early, late] = [new Date('2026-12-01T12:00:00Z'), new Date('2026-12-01T12:00:01Z')]
  expect(toConferenceFilter({ startsFrom: early, startsBefore: late }, 'me')).toEqual({
    ownerId: 'me',
    startsFrom: early,
    startsBefore: late,
  })
  for (const startsBefore of [early, new Date('2020-01-01T00:00:00Z')])
    expect(() => toConferenceFilter({ startsFrom: early, startsBefore }, undefined)).toThrow(
      '"filter.startsFrom" must be earlier than "filter.startsBefore".',
    )
})

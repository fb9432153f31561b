import { expect, test } from 'vitest'
import {
  checkSearch,
  toConferenceFilter,
  createConferencePredicate,
  createUserPredicate,
} from '../../src/schema/filters.ts'
import { getStart } from '../../src/schema/start-window.ts'
import type { Conference, Schedule, User } from '../../src/vendors/vendor.ts'

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
])('search %j in %j: %j', (search, displayName, found) => {
  expect(createUserPredicate({ search })(user({ displayName }))).toBe(found)
})

test('all that is given must hold', () => {
  const someone = user({ displayName: 'Helen', email: 'Helen@Example.com', status: 'INACTIVE' })
  expect(createUserPredicate({ email: 'helen@example.COM', search: 'hel', status: ['INACTIVE'] })(someone)).toBe(true)
  expect(createUserPredicate({ email: 'helen@example.com', status: ['ACTIVE'] })(someone)).toBe(false)
  expect(createUserPredicate({ email: 'helen@example.co' })(someone)).toBe(false)
  expect(createUserPredicate({ email: 'helen@example.com' })(user({ displayName: 'helen@example.com' }))).toBe(false)
})

test('times: from is included, before is not, and what has no time is in neither', () => {
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
    expect(getStart(conference({ schedule }))).toBe(noon)
    expect(createConferencePredicate({ startsFrom: noon })(conference({ schedule }))).toBe(true)
    expect(createConferencePredicate({ startsBefore: noon })(conference({ schedule }))).toBe(false)
  }
  expect(createConferencePredicate({ startsFrom: new Date(0) })(conference({}))).toBe(false)
  expect(
    createConferencePredicate({ startsBefore: noon })(conference({ schedule: { ...weekly, nextStartsAt: null } })),
  ).toBe(false)
})

test('tags are compared exactly, owners by id', () => {
  const board = conference({ tags: ['board'], ownerId: 'helen' })
  expect(createConferencePredicate({ tag: 'board', ownerId: 'helen' })(board)).toBe(true)
  expect(createConferencePredicate({ tag: 'Board' })(board)).toBe(false)
  expect(createConferencePredicate({ ownerId: 'dean' })(board)).toBe(false)
})

test('what no name can hold is not searched for', () => {
  for (const search of ['', ' ', 'x'.repeat(201), 'a\ud800'])
    expect(() => checkSearch(search)).toThrow(/^"filter.search" must have 1 to 200 characters/)
  for (const search of [null, undefined, 'x'.repeat(200), '😀']) checkSearch(search)
})

test('a stretch of time that holds no moment is refused', () => {
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

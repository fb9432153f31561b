import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeAttendance, type Attendance } from '../../src/schema/merge-attendance.ts'
import type { AttendanceRow } from '../../src/vendors/vendor-objects.ts'
import { runs } from '../support/property.ts'

const at = (seconds: number | null): Date | null =>
  seconds === null ? null : new Date(1_700_000_000_000 + seconds * 1000)

interface RowInput extends Partial<Omit<AttendanceRow, 'joinedAt' | 'leftAt'>> {
  from?: number | null
  to?: number | null
}

const createRow = ({ from = 0, to = 60, ...row }: RowInput): AttendanceRow => ({
  userId: null,
  email: null,
  registrationId: null,
  displayName: null,
  role: 'UNKNOWN',
  isWaiting: false,
  isPresent: false,
  raw: {},
  ...row,
  joinedAt: at(from),
  leftAt: at(to),
})

const merge = (...rows: RowInput[]): Promise<Attendance[]> => mergeAttendance(rows.map(createRow))

describe('mergeAttendance', () => {
  test('counts two devices at the same time once, and no gap', async () => {
    const [person, ...others] = await merge(
      { userId: 'u', from: 0, to: 100 },
      { userId: 'u', from: 50, to: 150 },
      { userId: 'u', from: 60, to: 70 },
      { userId: 'u', from: 300, to: 310 },
    )
    expect(others).toEqual([])
    expect(person).toMatchObject({ seconds: 160, firstJoinedAt: at(0), lastLeftAt: at(310), identifiedBy: 'USER' })
    expect(person!.joins.map(({ seconds }) => seconds)).toEqual([100, 100, 10, 10])
  })

  test('recognizes a person by the user ID, the email address in any case, or the registration, also through other rows', async () => {
    const people = await merge(
      { userId: 'u', email: 'Ada@Example.com' },
      { email: 'ADA@example.com', registrationId: 'r' },
      { registrationId: 'r' },
      { email: 'bob@example.com', from: 1 },
      { email: 'Bob@example.com', from: 2 },
      { registrationId: 's', from: 3 },
    )
    expect(people.map(({ identifiedBy, joins, emails }) => [identifiedBy, joins.length, emails])).toEqual([
      ['USER', 3, ['Ada@Example.com']],
      ['EMAIL', 2, ['bob@example.com']],
      ['REGISTRATION', 1, []],
    ])
  })

  test('joins two groups when a later row connects them', async () => {
    const people = await merge(
      { userId: 'u' },
      { email: 'a@x' },
      { registrationId: 'r' },
      { email: 'A@x', userId: 'u' },
    )
    expect(people.map(({ joins }) => joins.length)).toEqual([3, 1])
  })

  test('never compares names', async () => {
    const people = await merge(
      { displayName: 'Alex Kim' },
      { displayName: 'Alex Kim' },
      { displayName: 'Alex Kim', userId: 'u' },
    )
    expect(people.map(({ identifiedBy }) => identifiedBy)).toEqual(['NONE', 'NONE', 'USER'])
    expect(new Set(people.map(({ id }) => id)).size).toBe(3)
  })

  test('does not count the waiting room, and omits people who were only there', async () => {
    const people = await merge(
      { userId: 'u', isWaiting: true, from: 0, to: 50 },
      { userId: 'u', from: 50, to: 60 },
      { userId: 'v', isWaiting: true },
      { displayName: 'Guest', isWaiting: true },
    )
    expect(people).toMatchObject([{ userIds: ['u'], seconds: 10, firstJoinedAt: at(50), joins: [{ seconds: 10 }] }])
  })

  test('reports no last leave while one device is in the session', async () => {
    const [person] = await merge({ userId: 'u', from: 0, to: 5 }, { userId: 'u', from: 1, to: null, isPresent: true })
    expect(person).toMatchObject({ lastLeftAt: null, seconds: 5 })
    expect(person!.joins[1]).toMatchObject({ leftAt: null, seconds: null })
  })

  test('reports unknown times as null, never as 0', async () => {
    const [person] = await merge({ userId: 'u', from: null, to: null })
    expect(person).toMatchObject({ firstJoinedAt: null, lastLeftAt: null, seconds: null })
    expect(person!.joins).toMatchObject([{ joinedAt: null, leftAt: null, seconds: null }])
  })

  test('uses the name of the latest join, and the role with the most rights', async () => {
    const [person] = await merge(
      { userId: 'u', from: 9, displayName: 'New' },
      { userId: 'u', from: 1, displayName: 'Old', role: 'MODERATOR' },
      { userId: 'u', from: 5, displayName: null, role: 'ATTENDEE' },
    )
    expect(person).toMatchObject({ displayName: 'New', role: 'MODERATOR' })
    expect(person!.joins.map(({ displayName }) => displayName)).toEqual(['Old', null, 'New'])
  })

  test('sorts people by their first join, then in the order of the report', async () => {
    const people = await merge(
      { userId: 'late', from: 9 },
      { userId: 'unknown', from: null },
      { userId: 'second', from: 1 },
      { userId: 'third', from: 1 },
      { userId: 'first', from: 4 },
      { userId: 'first', from: 0 },
    )
    expect(people.map(({ userIds }) => userIds[0])).toEqual(['first', 'second', 'third', 'late', 'unknown'])
  })
})

const anyIdentity = (prefix: string) =>
  fc.option(
    fc.nat(4).map((number) => `${prefix}${number}`),
    { nil: null },
  )
const anyRow = fc
  .record({
    userId: anyIdentity('u'),
    email: anyIdentity('e').chain((email) =>
      email === null ? fc.constant(null) : fc.constantFrom(`${email}@x`, `${email.toUpperCase()}@X`),
    ),
    registrationId: anyIdentity('r'),
    displayName: fc.constantFrom('Alex', 'Kim'),
    from: fc.nat(50),
    length: fc.nat(50),
    isWaiting: fc.nat(9).map((number) => number === 0),
  })
  .map(({ length, ...row }) => createRow({ ...row, to: row.from + length }))

const keysOf = ({ userId, email, registrationId }: AttendanceRow): string[] =>
  [userId, email?.toLowerCase() ?? null, registrationId].filter((key) => key !== null)

describe('mergeAttendance of any report', () => {
  test('has every stay once, and one entry for each set of connected rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 30 }), async (rows) => {
        const people = await mergeAttendance(rows)
        expect(people.reduce((sum, { joins }) => sum + joins.length, 0)).toBe(
          rows.filter(({ isWaiting }) => !isWaiting).length,
        )
        expect(new Set(people.map(({ id }) => id)).size).toBe(people.length)
        // The closure, computed naively: keys that occur in one row belong together.
        const sets: Set<string>[] = []
        for (const keys of rows.map(keysOf)) {
          const touched = sets.filter((set) => keys.some((key) => set.has(key)))
          for (const set of touched) sets.splice(sets.indexOf(set), 1)
          if (keys.length > 0) sets.push(new Set([...keys, ...touched.flatMap((set) => [...set])]))
        }
        const stays = rows.filter(({ isWaiting }) => !isWaiting)
        const attended = sets.filter((set) => stays.some((row) => keysOf(row).some((key) => set.has(key))))
        const guests = stays.filter((row) => keysOf(row).length === 0)
        expect(people).toHaveLength(attended.length + guests.length)
      }),
      runs(200, 5_000),
    )
  })

  test('counts each second in which a person was present once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 30 }), async (rows) => {
        for (const { joins, seconds } of await mergeAttendance(rows)) {
          const present = new Set<number>()
          for (const { joinedAt, leftAt } of joins)
            for (let time = joinedAt!.getTime(); time < leftAt!.getTime(); time += 1000) present.add(time)
          expect(seconds).toBe(present.size)
        }
      }),
      runs(200, 5_000),
    )
  })

  test('does not depend on the order of the rows, except for entries that are otherwise equal', async () => {
    const describeAll = (people: Attendance[]) =>
      people
        .map(({ seconds, joins, firstJoinedAt, identifiedBy }) =>
          [seconds, joins.length, firstJoinedAt, identifiedBy].join(),
        )
        .toSorted()
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 30 }), async (rows) => {
        expect(describeAll(await mergeAttendance(rows.toReversed()))).toEqual(describeAll(await mergeAttendance(rows)))
      }),
      runs(100, 2_000),
    )
  })
})

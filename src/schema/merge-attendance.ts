import { Pacer } from '../core/pacer.ts'
import type { AttendanceRow, ParticipantRole } from '../vendors/vendor-objects.ts'
import { groupConnected } from './group-connected.ts'

export type AttendanceIdentity = 'USER' | 'EMAIL' | 'REGISTRATION' | 'NONE'

/** One stay of one person in a session. */
export interface Join extends Pick<AttendanceRow, 'displayName' | 'joinedAt' | 'leftAt' | 'raw'> {
  seconds: number | null
}

/** One person in one session, with all joins combined. */
export interface Attendance {
  /** Unique within the session. */
  id: string
  identifiedBy: AttendanceIdentity
  /** The user's IDs at the vendor, possibly of another account. */
  userIds: readonly string[]
  /** As the vendor spells them. Addresses that differ only in their case are included once. */
  emails: readonly string[]
  displayName: string | null
  role: ParticipantRole
  firstJoinedAt: Date | null
  lastLeftAt: Date | null
  seconds: number | null
  /** Earliest first. */
  joins: readonly Join[]
}

/** From the one with the most rights. */
const roles: readonly ParticipantRole[] = ['OWNER', 'MODERATOR', 'ATTENDEE', 'UNKNOWN']

/**
 * Combines the rows of a report to one entry for each person. Rows are the same person if they share the user ID, the email
 * address (ignoring case), or the registration. Names are never compared. People who were only in the waiting room are
 * omitted. The result is sorted by the first join, then by the order of the report.
 */
export async function mergeAttendance(rows: readonly AttendanceRow[]): Promise<Attendance[]> {
  const pacer = new Pacer()
  const people: Attendance[] = []
  const countById = new Map<string, number>()
  for (const group of await groupConnected(rows, listIdentities)) {
    const person = createPerson(group)
    if (person) {
      const count = (countById.get(person.id) ?? 0) + 1
      countById.set(person.id, count)
      people.push(count === 1 ? person : { ...person, id: `${person.id} ${count}` })
    }
    if (pacer.isDue) await pacer.pause()
  }
  return people.sort((a, b) => compareTimes(a.firstJoinedAt, b.firstJoinedAt))
}

function listIdentities({ userId, email, registrationId }: AttendanceRow): string[] {
  const identities: string[] = []
  if (userId !== null) identities.push(`USER ${userId}`)
  if (email !== null) identities.push(`EMAIL ${email.toLowerCase()}`)
  if (registrationId !== null) identities.push(`REGISTRATION ${registrationId}`)
  return identities
}

/** Returns null if the person was only in the waiting room. */
function createPerson(rows: readonly AttendanceRow[]): Attendance | null {
  const stays = rows.filter(({ isWaiting }) => !isWaiting).sort((a, b) => compareTimes(a.joinedAt, b.joinedAt))
  const first = stays[0]
  if (!first) return null
  const identified = rows.find(({ userId }) => userId !== null) ?? rows.find(({ email }) => email !== null) ?? rows[0]!
  const [identity] = listIdentities(identified)
  return {
    id: identity ?? `NONE ${first.joinedAt?.getTime() ?? ''} ${first.displayName ?? ''}`,
    identifiedBy: (identity?.slice(0, identity.indexOf(' ')) ?? 'NONE') as AttendanceIdentity,
    userIds: listDistinct(rows.map(({ userId }) => userId)),
    emails: listDistinct(
      rows.map(({ email }) => email),
      (email) => email.toLowerCase(),
    ),
    displayName: stays.findLast(({ displayName }) => displayName !== null)?.displayName ?? null,
    role: roles.find((role) => stays.some((stay) => stay.role === role))!,
    firstJoinedAt: first.joinedAt,
    lastLeftAt: findLastLeave(stays),
    seconds: countSeconds(stays),
    joins: stays.map(toJoin),
  }
}

/** Returns null if the person, or one of their devices, has not left, or if a row has no end. */
function findLastLeave(stays: readonly AttendanceRow[]): Date | null {
  let last: Date | null = null
  for (const { leftAt, isPresent } of stays) {
    if (isPresent || leftAt === null) return null
    if (last === null || leftAt > last) last = leftAt
  }
  return last
}

/** Returns the length of the union of the stays in seconds. Null if no stay has both a start and an end. */
function countSeconds(stays: readonly AttendanceRow[]): number | null {
  let isKnown = false
  let total = 0
  let coveredUntil = -Infinity
  for (const { joinedAt, leftAt } of stays) {
    if (joinedAt === null || leftAt === null) continue
    isKnown = true
    const start = Math.max(joinedAt.getTime(), coveredUntil)
    total += Math.max(0, leftAt.getTime() - start)
    coveredUntil = Math.max(coveredUntil, leftAt.getTime())
  }
  return isKnown ? Math.round(total / 1000) : null
}

function toJoin(row: AttendanceRow): Join {
  const { displayName, joinedAt, leftAt } = row
  const stayMs = joinedAt && leftAt && Math.max(0, leftAt.getTime() - joinedAt.getTime())
  return {
    displayName,
    joinedAt,
    leftAt,
    seconds: stayMs === null ? null : Math.round(stayMs / 1000),
    // Few queries select it, and the credentials of the vendor are removed only then.
    get raw() {
      return row.raw
    },
  }
}

/** Returns the values without null and without those that have the same key as an earlier one. */
function listDistinct(values: readonly (string | null)[], getKey = (value: string): string => value): string[] {
  const valueByKey = new Map<string, string>()
  for (const value of values) if (value !== null && !valueByKey.has(getKey(value))) valueByKey.set(getKey(value), value)
  return [...valueByKey.values()]
}

/** Compares two times, the earlier one first. Unknown times come last. */
const compareTimes = (a: Date | null, b: Date | null): number =>
  a && b ? a.getTime() - b.getTime() : Number(a === null) - Number(b === null)

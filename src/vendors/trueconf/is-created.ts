import type { Conference, NewConference, NewSchedule, Schedule } from '../vendor.ts'

/** How far the server's clock is behind ours at most where it is kept, in ms; and where nobody looks after it. */
const clockToleranceMs = 60_000
const maxClockErrorMs = 15 * 60_000
/** How long in ms an idempotency key, and with it the natural key of a conference, belongs to one operation. */
const idempotencyKeyTtlMs = 24 * 60 * 60_000

/**
 * Whether `conference` can be the one that `createConference` made of `input` for the user `owner`: an ID alone proves
 * nothing, for another conference can have the ID that was chosen. What the server does not report is no difference.
 */
export function matchesNewConference(conference: Conference, input: NewConference, owner: string): boolean {
  const { title, ownerId, schedule } = conference
  if (ownerId !== null && !`${owner}@`.toLowerCase().startsWith(`${ownerId}@`.toLowerCase())) return false
  if (title !== '' && normalizeTitle(title) !== normalizeTitle(input.title)) return false
  return schedule === null || isSameTime(schedule, input.schedule ?? { kind: 'permanent' })
}

/** Whether `isAlike` compared enough to tell a conference from others whose ID nobody chose. */
export const isRecognizable = ({ title, ownerId }: Conference): boolean => title !== '' && ownerId !== null

/** A server can store a text with other spaces, or in another form of Unicode. */
const normalizeTitle = (title: string): string => title.normalize().replaceAll(/\s+/g, ' ').trim()

function isSameTime(shown: Schedule, wanted: NewSchedule): boolean {
  if (shown.kind !== 'once' || wanted.kind !== 'once') return shown.kind === wanted.kind
  return Math.floor(shown.startsAt.getTime() / 1000) === Math.floor(wanted.startsAt.getTime() / 1000)
}

/** Whether `conference` was made since `sentAt`; null if its time of creation does not tell, because clocks differ. */
export function isCreatedSince({ createdAt }: Conference, sentAt: number): boolean | null {
  const madeAt = createdAt?.getTime()
  if (madeAt === undefined) return null
  return madeAt >= sentAt - clockToleranceMs || (madeAt >= sentAt - maxClockErrorMs ? null : false)
}

/** Whether `conference`, which has an ID that Parley chose, is old enough to be certainly someone else's. */
export function isOlderThanKey({ createdAt }: Conference, sentAt: number): boolean {
  return createdAt !== null && createdAt.getTime() < sentAt - idempotencyKeyTtlMs - maxClockErrorMs
}

import type { NewConference, NewSchedule } from '../vendor-inputs.ts'
import type { Conference, Schedule } from '../vendor-objects.ts'

/** How far a synchronized clock of the server can be behind, in milliseconds. */
const clockToleranceMs = 60_000
/** How far a clock that is not synchronized can be behind, in milliseconds. */
const maxClockErrorMs = 15 * 60_000
/** TTL of an idempotency key, and of the IDs that Parley derives for its operation, in milliseconds. */
const idempotencyKeyTtlMs = 24 * 60 * 60_000

/**
 * Whether `createConference` can have created the conference from `input` for the user `owner`. An ID alone does not prove
 * that, because another conference can have the ID. Fields that the server does not report are ignored.
 */
export function matchesNewConference(conference: Conference, input: NewConference, owner: string): boolean {
  const { title, ownerId, schedule } = conference
  if (ownerId !== null && !`${owner}@`.toLowerCase().startsWith(`${ownerId}@`.toLowerCase())) return false
  if (title !== '' && normalizeTitle(title) !== normalizeTitle(input.title)) return false
  return schedule === null || isSameTime(schedule, input.schedule ?? { kind: 'permanent' })
}

/** Whether `matchesNewConference` can compare enough fields to identify a conference whose ID was not chosen. */
export const isRecognizable = ({ title, ownerId }: Conference): boolean => title !== '' && ownerId !== null

/** A server can store a title with other whitespace, or in another Unicode normalization form. */
const normalizeTitle = (title: string): string => title.normalize().replaceAll(/\s+/g, ' ').trim()

function isSameTime(reported: Schedule, expected: NewSchedule): boolean {
  if (reported.kind !== 'once' || expected.kind !== 'once') return reported.kind === expected.kind
  return Math.floor(reported.startsAt.getTime() / 1000) === Math.floor(expected.startsAt.getTime() / 1000)
}

/** Whether a conference was created after `sentAt`. Null if its creation time does not prove it, because clocks differ. */
export function isCreatedSince({ createdAt }: Conference, sentAt: number): boolean | null {
  const createdTime = createdAt?.getTime()
  if (createdTime === undefined) return null
  return createdTime >= sentAt - clockToleranceMs || (createdTime >= sentAt - maxClockErrorMs ? null : false)
}

/** Whether a conference with an ID that Parley chose is so old that it cannot belong to this operation. */
export function isOlderThanKey({ createdAt }: Conference, sentAt: number): boolean {
  return createdAt !== null && createdAt.getTime() < sentAt - idempotencyKeyTtlMs - maxClockErrorMs
}

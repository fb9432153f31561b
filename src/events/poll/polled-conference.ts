import { hash } from 'node:crypto'
import { getOffsetMinutes } from '../../vendors/kit/time-zone.ts'
import type { EventParticipant } from '../../vendors/vendor-events.ts'
import type { Conference, Schedule } from '../../vendors/vendor-objects.ts'

/** What polling remembers of a conference. */
export interface PolledConference {
  /** Compared fields, one line each, in the order of `comparedFields`. Null if the conference could not be read yet. */
  readonly fields: string | null
  readonly isRunning: boolean
  /** Participants by `vendorId`. Null if they were not read, or if the conference is not running. */
  readonly participants: ReadonlyMap<string, EventParticipant> | null
  /** Whether the last complete poll found the conference in the list. If false, it was found by ID. */
  readonly isListed: boolean
}

/** The conferences of an account, by `vendorId`. */
export type ConferenceSnapshot = ReadonlyMap<string, PolledConference>

/** Longer texts are hashed, so that a snapshot of many conferences stays small. */
const maxTextLength = 24

/** Formats the compared fields of a conference. Equal for conferences that differ only in what time alone changes. */
export function formatComparedFields(conference: Conference, comparedFields: readonly (keyof Conference)[]): string {
  return comparedFields.map((name) => shorten(JSON.stringify(toComparedValue(conference[name], name)))).join('\n')
}

/** Lists the fields that differ, with their names in the schema. */
export function listChangedFields(
  before: string,
  after: string,
  comparedFields: readonly (keyof Conference)[],
): readonly string[] {
  const [linesBefore, linesAfter] = [before.split('\n'), after.split('\n')]
  return comparedFields
    .filter((_, index) => linesBefore[index] !== linesAfter[index])
    .map((name) => (name === 'ownerId' ? 'owner' : name))
}

const shorten = (text = 'null'): string =>
  text.length <= maxTextLength ? text : hash('sha256', text, 'base64url').slice(0, maxTextLength)

function toComparedValue(value: unknown, name: keyof Conference): unknown {
  if (name === 'schedule') return value === null ? null : toComparedSchedule(value as Schedule)
  // Vendors do not keep the order of tags.
  return Array.isArray(value) ? value.toSorted() : value
}

/** Returns the values that do not change while time passes: the next start of a series does, its time of day does not. */
function toComparedSchedule(schedule: Schedule): unknown {
  if (schedule.kind !== 'recurring') return schedule
  const { kind, rrule, nextStartsAt, durationMinutes, timeZone } = schedule
  const hasOneTime = nextStartsAt !== null && !/HOUR|MINUTE|SECOND/.test(rrule)
  return { kind, rrule, durationMinutes, timeZone, time: hasOneTime ? getMinuteOfDay(nextStartsAt, timeZone) : null }
}

const dayMinutes = 24 * 60

function getMinuteOfDay(time: Date, timeZone: string | null): number {
  const minutes = Math.floor(time.getTime() / 60_000) + getOffsetMinutes(time.getTime(), timeZone ?? 'UTC')
  return ((minutes % dayMinutes) + dayMinutes) % dayMinutes
}

import type { Conference, Occurrence, OccurrencePeriod, Schedule } from '../vendor-objects.ts'

const oneTimeVersion = 'once'

/** Returns the `vendorId` of an occurrence whose vendor has no ID for it. @param version Distinguishes schedules. */
export const createOccurrenceId = (startsAt: Date, version: string): string => `${startsAt.getTime()}-${version}`

/** Whether this is the `vendorId` of the occurrence of a conference that is not repeated. */
export const isOneTimeOccurrence = (vendorId: string): boolean => vendorId.endsWith(`-${oneTimeVersion}`)

/** Returns the period that contains only the start in an ID of `createOccurrenceId`. Null if it is not such an ID. */
export function getPeriodOfId(vendorId: string): OccurrencePeriod | null {
  const [, digits] = /^(\d{1,15})-/.exec(vendorId) ?? []
  return digits === undefined ? null : { startsFrom: new Date(+digits), startsBefore: new Date(+digits + 1) }
}

/** Creates the occurrence of a conference that is not repeated. */
export const createOneTimeOccurrence = (
  conferenceId: string,
  { startsAt, durationMinutes }: Extract<Schedule, { kind: 'once' }>,
): Occurrence => ({
  vendorId: createOccurrenceId(startsAt, oneTimeVersion),
  conferenceId,
  startsAt,
  durationMinutes,
  cancelled: false,
})

export const isWithinPeriod = ({ startsAt }: Occurrence, { startsFrom, startsBefore }: OccurrencePeriod): boolean =>
  startsAt >= startsFrom && (startsBefore === undefined || startsAt < startsBefore)

/** Finds an occurrence that starts in a period by its `vendorId`. Null if the conference has none, or does not contain them. */
export function findOccurrence(conference: Conference, vendorId: string, period: OccurrencePeriod): Occurrence | null {
  for (const occurrence of conference.findOccurrences?.(period) ?? [])
    if (occurrence.vendorId === vendorId) return occurrence
  return null
}

import { scanList } from '../paging/scan.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { ConferenceChanges, Invitee } from '../vendors/vendor-inputs.ts'
import type { Conference, Occurrence, Schedule } from '../vendors/vendor-objects.ts'
import type { Vendor } from '../vendors/vendor.ts'
import type { Lookup, OperationResult } from './store.ts'

/** Result of the operation if it took effect. Null if no effect was found. `'ambiguous'` if the vendor does not reveal it. */
export type LookupResult = { result: OperationResult | null } | null | 'ambiguous'

/** Maximum number of vendor calls to find a participant. */
const scanCalls = 30

/**
 * Reads the vendor to learn whether an operation took effect.
 *
 * @param since When the operation began, in milliseconds since the epoch.
 * @throws Problem if the vendor cannot be read.
 */
export async function lookUpEffect(
  vendor: Vendor,
  lookup: Lookup,
  since: number,
  call: CallContext,
): Promise<LookupResult> {
  switch (lookup.kind) {
    case 'created':
      return toLookupResult(
        (await vendor.findCreated?.(lookup.input, since, call)) ?? nullOrAmbiguous(vendor.findCreated),
      )
    case 'invited':
      return lookUpInvitation(vendor, lookup.id, lookup.invitee, call)
    case 'removed':
      return lookUpRemoval(vendor, lookup.id, lookup.participantId, call)
    case 'recordingDeleted':
      return lookUpDeletedRecording(vendor, lookup.parentId, lookup.id, call)
    case 'occurrenceChanged': {
      const { id, occurrenceId, changes } = lookup
      const find = vendor.findChangedOccurrence
      return toOccurrenceResult((await find?.(id, occurrenceId, changes, call)) ?? nullOrAmbiguous(find))
    }
    case 'occurrenceCanceled':
      return lookUpCancellation(vendor, lookup.id, lookup.occurrenceId, call)
    default:
      return lookUpChange(vendor, lookup, call)
  }
}

/** Returns null if the vendor supports the lookup and found nothing. Otherwise `'ambiguous'`. */
const nullOrAmbiguous = (lookUp: unknown): null | 'ambiguous' => (lookUp ? null : 'ambiguous')

function toLookupResult(conference: Conference | null | 'ambiguous'): LookupResult {
  if (conference === null || conference === 'ambiguous') return conference
  return { result: { type: 'Conference', value: conference } }
}

function toOccurrenceResult(occurrence: Occurrence | null | 'ambiguous'): LookupResult {
  if (occurrence === null || occurrence === 'ambiguous') return occurrence
  return { result: { type: 'Occurrence', value: occurrence } }
}

async function lookUpCancellation(
  vendor: Vendor,
  id: string,
  occurrenceId: string,
  call: CallContext,
): Promise<LookupResult> {
  if (!vendor.getOccurrence) return 'ambiguous'
  const occurrence = await vendor.getOccurrence(id, occurrenceId, call)
  if (!occurrence) return { result: null }
  return occurrence.cancelled ? toOccurrenceResult(occurrence) : null
}

async function lookUpInvitation(
  vendor: Vendor,
  id: string,
  invitee: Invitee,
  call: CallContext,
): Promise<LookupResult> {
  const participant = (await vendor.findInvited?.(id, invitee, call)) ?? nullOrAmbiguous(vendor.findInvited)
  if (participant === null || participant === 'ambiguous') return participant
  return { result: { type: 'Participant', value: participant } }
}

async function lookUpRemoval(
  vendor: Vendor,
  id: string,
  participantId: string,
  call: CallContext,
): Promise<LookupResult> {
  const listing = vendor.participants?.(id)
  if (!listing) return 'ambiguous'
  const slice = await scanList(listing, 'start', {
    call,
    budget: { remaining: scanCalls },
    isForward: true,
    expectFewMatches: true,
    count: 1,
    matches: (participant) => participant.vendorId === participantId,
  })
  if (slice.failure) throw slice.failure
  if (slice.items.length > 0) return null
  return slice.hitScanLimit || slice.partialProblem ? 'ambiguous' : { result: null }
}

async function lookUpDeletedRecording(
  vendor: Vendor,
  parentId: string,
  id: string,
  call: CallContext,
): Promise<LookupResult> {
  if (!vendor.getRecording) return 'ambiguous'
  return (await vendor.getRecording(parentId, id, call)) ? null : { result: null }
}

type ConferenceLookup = Extract<Lookup, { kind: 'updated' | 'deleted' | 'running' | 'ended' }>

async function lookUpChange(vendor: Vendor, lookup: ConferenceLookup, call: CallContext): Promise<LookupResult> {
  if (!vendor.getConference) return 'ambiguous'
  const conference = await vendor.getConference(lookup.id, call)
  if (lookup.kind === 'deleted') return conference ? null : { result: null }
  if (!conference) return 'ambiguous'
  const isDone = hasTakenEffect(conference, lookup)
  if (isDone === null) return 'ambiguous'
  return isDone ? toLookupResult(conference) : null
}

/** Whether the conference shows the effect. Null if that is not known. */
function hasTakenEffect(
  conference: Conference,
  lookup: Exclude<ConferenceLookup, { kind: 'deleted' }>,
): boolean | null {
  if (lookup.kind === 'updated') return hasChanges(conference, lookup.changes)
  if (conference.state === 'UNKNOWN') return null
  return (conference.state === 'RUNNING') === (lookup.kind === 'running')
}

/** Whether a conference has all the changes. Null if the vendor does not report every changed field. */
function hasChanges(conference: Conference, changes: ConferenceChanges): boolean | null {
  const { title, description, mode, maxParticipants, allowGuests, tags, schedule } = changes
  const pairs: [expected: unknown, actual: unknown][] = [
    [title?.trim(), conference.title.trim()],
    [description?.trim(), conference.description?.trim() ?? null],
    [mode, conference.mode],
    [maxParticipants, conference.maxParticipants],
    [allowGuests, conference.allowGuests],
    [tags?.toSorted().join('\n'), conference.tags.toSorted().join('\n')],
    ...compareSchedules(schedule, conference.schedule),
  ]
  const changed = pairs.filter(([expected]) => expected !== undefined)
  if (changed.some(([expected, actual]) => actual !== null && actual !== expected)) return false
  return changed.length > 0 && changed.every(([, actual]) => actual !== null) ? true : null
}

function compareSchedules(expected: ConferenceChanges['schedule'], actual: Schedule | null): [unknown, unknown][] {
  if (!expected) return []
  if (expected.kind !== actual?.kind) return [[expected.kind, actual?.kind ?? null]]
  if (expected.kind === 'once' && actual.kind === 'once')
    return [
      [expected.startsAt.getTime(), actual.startsAt.getTime()],
      [expected.durationMinutes, actual.durationMinutes],
    ]
  // Vendors rewrite recurrence rules, so that they cannot be compared.
  return expected.kind === 'recurring' ? [[expected.rrule, null]] : [[expected.kind, actual.kind]]
}

import { scanList } from '../paging/scan.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { Conference, ConferenceChanges, Invitee, Schedule, Vendor } from '../vendors/vendor.ts'
import type { Lookup, OperationResult } from './store.ts'

/** Done, with what there is to show; not to be seen (null); or no telling. */
export type LookupResult = { answer: OperationResult | null } | null | 'ambiguous'

/** Vendor calls that looking for a participant may take. */
const scanCalls = 30

/** Looks at the vendor; `since`: when the operation began, in ms since the epoch. Throws Problem. */
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
    default:
      return lookUpChange(vendor, lookup, call)
  }
}

/** What an absent answer means: nothing there, or nobody to ask. */
const nullOrAmbiguous = (member: unknown): null | 'ambiguous' => (member ? null : 'ambiguous')

function toLookupResult(found: Conference | null | 'ambiguous'): LookupResult {
  if (found === null || found === 'ambiguous') return found
  return { answer: { type: 'Conference', value: found } }
}

async function lookUpInvitation(
  vendor: Vendor,
  id: string,
  invitee: Invitee,
  call: CallContext,
): Promise<LookupResult> {
  const found = (await vendor.findInvited?.(id, invitee, call)) ?? nullOrAmbiguous(vendor.findInvited)
  if (found === null || found === 'ambiguous') return found
  return { answer: { type: 'Participant', value: found } }
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
  return slice.hitScanLimit || slice.partialProblem ? 'ambiguous' : { answer: null }
}

type OfConference = Extract<Lookup, { kind: 'updated' | 'deleted' | 'running' | 'ended' }>

async function lookUpChange(vendor: Vendor, lookup: OfConference, call: CallContext): Promise<LookupResult> {
  if (!vendor.getConference) return 'ambiguous'
  const conference = await vendor.getConference(lookup.id, call)
  if (lookup.kind === 'deleted') return conference ? null : { answer: null }
  if (!conference) return 'ambiguous'
  const done = hasTakenEffect(conference, lookup)
  if (done === null) return 'ambiguous'
  return done ? toLookupResult(conference) : null
}

/** Null: no telling. */
function hasTakenEffect(conference: Conference, lookup: Exclude<OfConference, { kind: 'deleted' }>): boolean | null {
  if (lookup.kind === 'updated') return hasChanges(conference, lookup.changes)
  if (conference.state === 'UNKNOWN') return null
  return (conference.state === 'RUNNING') === (lookup.kind === 'running')
}

/** Whether a conference has all that it was changed to; null where not all of it can be seen. */
function hasChanges(conference: Conference, changes: ConferenceChanges): boolean | null {
  const { title, description, mode, maxParticipants, allowGuests, tags, schedule } = changes
  const pairs: [wanted: unknown, shown: unknown][] = [
    [title?.trim(), conference.title.trim()],
    [description?.trim(), conference.description?.trim() ?? null],
    [mode, conference.mode],
    [maxParticipants, conference.maxParticipants],
    [allowGuests, conference.allowGuests],
    [tags?.toSorted().join('\n'), conference.tags.toSorted().join('\n')],
    ...compareSchedules(schedule, conference.schedule),
  ]
  const wanted = pairs.filter(([wish]) => wish !== undefined)
  if (wanted.some(([wish, shown]) => shown !== null && shown !== wish)) return false
  return wanted.length > 0 && wanted.every(([, shown]) => shown !== null) ? true : null
}

function compareSchedules(wanted: ConferenceChanges['schedule'], shown: Schedule | null): [unknown, unknown][] {
  if (!wanted) return []
  if (wanted.kind !== shown?.kind) return [[wanted.kind, shown?.kind ?? null]]
  if (wanted.kind === 'once' && shown.kind === 'once')
    return [
      [wanted.startsAt.getTime(), shown.startsAt.getTime()],
      [wanted.durationMinutes, shown.durationMinutes],
    ]
  // Vendors put rules in words of their own, which cannot be compared.
  return wanted.kind === 'recurring' ? [[wanted.rrule, null]] : [[wanted.kind, shown.kind]]
}

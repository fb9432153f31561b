import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { path } from '../../upstream/path.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { createUnexpectedValueProblem } from '../kit/lenient.ts'
import { findOccurrence } from '../kit/occurrences.ts'
import { nullIfNotFound } from '../kit/problems.ts'
import type { Conference, Occurrence } from '../vendor-objects.ts'
import type { Vendor } from '../vendor.ts'
import { readMeeting } from './conference.ts'
import { createIgnoredInputProblem } from './ignored-inputs.ts'
import { fetchRawMeeting, fetchRawSeries } from './meetings.ts'
import {
  findChangedIn,
  hasDescription,
  listMissingChanges,
  toOccurrenceBody,
  toOccurrenceProblem,
} from './occurrence-changes.ts'
import { toMeetingPathValue } from './path-values.ts'

type OccurrenceResource = Required<
  Pick<Vendor, 'listOccurrences' | 'getOccurrence' | 'updateOccurrence' | 'findChangedOccurrence' | 'cancelOccurrence'>
>

/** Before every start. */
const earliest = new Date(0)

/**
 * Occurrences of meetings: `GET`, `PATCH`, and `DELETE /meetings/{meetingId}`. Without `occurrence_id`, the writes would change the
 * whole series.
 */
export function createOccurrenceResource(client: VendorClient): OccurrenceResource {
  const fetchSeries = async (id: string, call: CallContext): Promise<Conference> =>
    readMeeting(await fetchRawSeries(client, id, call)).conference

  const getOccurrence: OccurrenceResource['getOccurrence'] = async (conferenceId, occurrenceId, call) => {
    const conference = await nullIfNotFound(() => fetchSeries(conferenceId, call))
    return conference && findOccurrence(conference, occurrenceId, { startsFrom: earliest })
  }

  /** Returns the occurrence that a write is about to change, so that its ID is certainly one of the series. */
  async function requireOccurrence(conferenceId: string, occurrenceId: string, call: CallContext): Promise<Occurrence> {
    const occurrence = await getOccurrence(conferenceId, occurrenceId, call)
    const input = { path: ['input', 'occurrenceId'], delivery: 'rejected' } as const
    if (!occurrence) throw new Problem('NOT_FOUND', 'The vendor did not find the occurrence.', { delivery: 'rejected' })
    if (occurrence.cancelled) throw new Problem('VENDOR_CONFLICT', 'The occurrence is already canceled.', input)
    return occurrence
  }

  const getWriteOptions = (conferenceId: string, occurrenceId: string) => ({
    query: { occurrence_id: occurrenceId },
    lockKey: `meeting ${conferenceId}`,
  })

  return {
    getOccurrence,
    listOccurrences: async (conferenceId, period, call) =>
      (await fetchSeries(conferenceId, call)).findOccurrences?.(period) ?? [],

    async updateOccurrence(conferenceId, occurrenceId, changes, call) {
      const json = toOccurrenceBody(changes)
      await requireOccurrence(conferenceId, occurrenceId, call)
      const target = path`/meetings/${toMeetingPathValue(conferenceId)}`
      // Zoom counts updates per meeting and day, so that a cooldown must not affect other meetings.
      const options = { ...getWriteOptions(conferenceId, occurrenceId), json, rateLimit: `update ${conferenceId}` }
      await client.write('PATCH', target, options, call).catch((error: unknown) => {
        throw toOccurrenceProblem(error, changes)
      })
      const series = await fetchSeries(conferenceId, call)
      const occurrence = findChangedIn(series.findOccurrences?.({ startsFrom: earliest }) ?? [], occurrenceId, changes)
      if (!occurrence) throw createUnexpectedValueProblem('occurrences')
      const missing = listMissingChanges(occurrence, changes)
      return { occurrence, problems: missing.map((name) => createIgnoredInputProblem([name])) }
    },

    async findChangedOccurrence(conferenceId, occurrenceId, changes, call) {
      const series = await nullIfNotFound(() => fetchSeries(conferenceId, call))
      const occurrences = series?.findOccurrences?.({ startsFrom: earliest }) ?? []
      const occurrence = findChangedIn(occurrences, occurrenceId, changes)
      if (!occurrence) return 'ambiguous'
      if (listMissingChanges(occurrence, changes).length > 0) return null
      if (changes.description === undefined) return occurrence
      const query = { occurrence_id: occurrence.vendorId }
      const raw = await fetchRawMeeting(client, conferenceId, call, query)
      return hasDescription(raw, changes.description) ? occurrence : null
    },

    async cancelOccurrence(conferenceId, occurrenceId, call) {
      const occurrence = await requireOccurrence(conferenceId, occurrenceId, call)
      const options = { ...getWriteOptions(conferenceId, occurrenceId), rateLimit: 'light' }
      await client.write('DELETE', path`/meetings/${toMeetingPathValue(conferenceId)}`, options, call)
      // Zoom may no longer have the meeting after its last occurrence was canceled.
      const canceled = await getOccurrence(conferenceId, occurrenceId, call)
      return canceled ?? { ...occurrence, cancelled: true }
    },
  }
}

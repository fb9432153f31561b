import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { findOccurrence } from '../kit/occurrences.ts'
import { nullIfNotFound } from '../kit/problems.ts'
import type { Conference, Vendor } from '../vendor.ts'
import { readMeeting } from './conference.ts'
import { fetchRawSeries } from './meetings.ts'

type OccurrenceResource = Required<Pick<Vendor, 'listOccurrences' | 'getOccurrence'>>

/** Before every start. */
const earliest = new Date(0)

/** Occurrences of meetings: `GET /meetings/{meetingId}`. */
export function createOccurrenceResource(client: VendorClient): OccurrenceResource {
  const fetchSeries = async (id: string, call: CallContext): Promise<Conference> =>
    readMeeting(await fetchRawSeries(client, id, call)).conference

  return {
    listOccurrences: async (conferenceId, period, call) =>
      (await fetchSeries(conferenceId, call)).findOccurrences?.(period) ?? [],

    async getOccurrence(conferenceId, occurrenceId, call) {
      const conference = await nullIfNotFound(fetchSeries(conferenceId, call))
      return conference && findOccurrence(conference, occurrenceId, { startsFrom: earliest })
    },
  }
}

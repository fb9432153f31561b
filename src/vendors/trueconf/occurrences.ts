import type { VendorClient } from '../../upstream/vendor-client.ts'
import { findOccurrence, getPeriodOfId } from '../kit/occurrences.ts'
import { nullIfNotFound } from '../kit/problems.ts'
import type { Vendor } from '../vendor.ts'
import { getConference } from './conferences.ts'

type OccurrenceResource = Required<Pick<Vendor, 'listOccurrences' | 'getOccurrence'>>

/** Occurrences of conferences. TrueConf reports none: they are computed from `GET /conferences/{conference_id}`. */
export function createOccurrenceResource(client: VendorClient): OccurrenceResource {
  return {
    listOccurrences: async (conferenceId, period, call) =>
      (await getConference(client, conferenceId, call)).findOccurrences(period) ?? [],

    async getOccurrence(conferenceId, occurrenceId, call) {
      const period = getPeriodOfId(occurrenceId)
      const conference = period && (await nullIfNotFound(() => getConference(client, conferenceId, call)))
      return conference && findOccurrence(conference, occurrenceId, period)
    },
  }
}

import type { VendorClient } from '../../upstream/vendor-client.ts'
import type { PolledEvents } from '../vendor.ts'
import type { TrueConfConference } from './conference.ts'
import { getParticipantId, readParticipant } from './participant.ts'
import { listLiveParticipants } from './participants.ts'

/** How polling finds events: `GET /conferences` and `GET /conferences/{conference_id}/participants`. */
export function createPolledEvents(client: VendorClient): PolledEvents {
  return {
    types: ['CHANGED', 'CREATED', 'DELETED', 'ENDED', 'PARTICIPANT_JOINED', 'PARTICIPANT_LEFT', 'STARTED'],
    comparedFields: [
      'kind',
      'title',
      'description',
      'mode',
      'schedule',
      'ownerId',
      'maxParticipants',
      'allowGuests',
      'tags',
    ],
    async listJoined(conference, call) {
      const records = await listLiveParticipants(client, conference as TrueConfConference, call)
      return records.map((record) => (getParticipantId(record) === null ? null : readParticipant(record)))
    },
  }
}

import { path } from '../../upstream/path.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { createEmptyList } from '../kit/list.ts'
import { createUnsupportedInputProblem } from '../kit/problems.ts'
import type { Vendor } from '../vendor.ts'
import { toMeetingPathValue } from './path-values.ts'
import { toReportedPeriod } from './period.ts'
import { createSessionRecordingList, fetchRecordedSession, findFile } from './recorded-session.ts'
import { isZoomFileId } from './recording.ts'
import { createAccountRecordingList, createMeetingRecordingList } from './recording-months.ts'

type RecordingResource = Required<Pick<Vendor, 'recordings' | 'getRecording' | 'deleteRecording'>>

/** Recordings: their lists, `GET /meetings/{meetingUuid}/recordings`, and `DELETE /meetings/{meetingUuid}/recordings/{id}`. */
export function createRecordingResource(client: VendorClient): RecordingResource {
  return {
    recordings(filter) {
      const { session, conference, startedFrom, startedBefore } = filter
      const period = toReportedPeriod(filter)
      if (period.from >= period.before) return createEmptyList()
      if (session) return createSessionRecordingList(client, session, startedFrom || startedBefore ? period : undefined)
      if (conference) return createMeetingRecordingList(client, conference, period)
      return createAccountRecordingList(client, period)
    },

    async getRecording(parentId, id, call) {
      const session = await fetchRecordedSession(client, parentId, call)
      return session === null ? null : findFile(session, id)
    },

    async deleteRecording(parentId, id, permanently, call) {
      // Zoom deletes all files of the session if the ID is omitted.
      if (!isZoomFileId(id))
        throw createUnsupportedInputProblem(
          ['recordingId'],
          'Zoom does not delete timelines and captions separately. Delete the other files of the session instead.',
        )
      const target = path`/meetings/${toMeetingPathValue(parentId)}/recordings/${id}`
      const query = { action: permanently ? 'delete' : 'trash' }
      await client.write('DELETE', target, { query, rateLimit: 'light', lockKey: `recordings ${parentId}` }, call)
    },
  }
}

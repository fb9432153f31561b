import { Problem } from '../../core/errors.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { Vendor } from '../vendor.ts'
import { createMeeting } from './create-conference.ts'
import { findCreated } from './find-created.ts'
import { findIgnoredInputs } from './ignored-inputs.ts'
import { updateInputs, optionByInput } from './fields.ts'
import { toMeetingChanges } from './input.ts'
import { readMeeting } from './conference.ts'
import { createMeetingList, fetchRawMeeting, fetchRawSeries, readMeetingBy } from './meetings.ts'
import { withInputPath, toOptionProblem, nullIfNotFound } from '../kit/problems.ts'
import { isNumber, toMeetingPathValue } from './path-values.ts'
import { getItemId } from '../kit/lenient.ts'
import { createEmptyList } from '../kit/list.ts'
import { createUserListByStatus } from './users.ts'

/** TTL of a start URL. For hosts that the API created, Zoom's is longer. */
const startUrlTtlSeconds = 7200

type ConferenceResource = Required<
  Pick<
    Vendor,
    | 'conferences'
    | 'getConference'
    | 'completeConference'
    | 'createConference'
    | 'findCreated'
    | 'updateConference'
    | 'deleteConference'
    | 'runConference'
    | 'endConference'
  >
>

/** Adds the path of the owner if Zoom rejects the new host: an unknown user, or one who cannot host. */
function toHostProblem(error: unknown): unknown {
  if (!(error instanceof Problem)) return error
  const { vendorCode, vendorMessage } = error
  const isOfHost = vendorCode === '1001' || vendorCode === '3161' || vendorMessage?.includes('schedule_for')
  return isOfHost ? withInputPath(error, ['owner']) : error
}

/**
 * Meetings: `GET /users/{userId}/meetings`, `GET`, `PATCH`, and `DELETE /meetings/{meetingId}`, and
 * `PUT /meetings/{meetingId}/status`. Zoom lists meetings only by host, without instant meetings.
 */
export function createConferenceResource(client: VendorClient): ConferenceResource {
  const getConference: ConferenceResource['getConference'] = async (id, call) => {
    try {
      const meeting = await nullIfNotFound(() => readMeetingBy(client, id, call))
      return meeting && meeting.conference
    } catch (error) {
      // Zoom reports 300 for a UUID if it accepts only meeting numbers.
      if (error instanceof Problem && error.vendorCode === '300' && !isNumber(id)) return null
      throw error
    }
  }
  return {
    conferences({ ownerId, search, tag, state = [], startsFrom, startsBefore, needsStarts = false }) {
      // Meetings have no tags, and meetings in lists are never idle.
      if (tag !== undefined || (state.length > 0 && state.every((value) => value === 'IDLE'))) return createEmptyList()
      const live = state.length > 0 && state.every((value) => value === 'RUNNING')
      const isTimed = startsFrom !== undefined || startsBefore !== undefined
      const options = { live, needsStarts: needsStarts || isTimed, startsFrom, startsBefore }
      const isExact = search === undefined && !isTimed && (live || state.length === 0)
      if (ownerId !== undefined) return { ...createMeetingList(client, ownerId, options), ...(isExact && { isExact }) }
      return {
        parent: createUserListByStatus(client, 'active'),
        getChildList: (host) => createMeetingList(client, getItemId(host) ?? '', options),
      }
    },

    getConference,
    async completeConference({ vendorId, unlisted }, call) {
      if (!unlisted?.has('schedule')) return getConference(vendorId, call)
      const raw = await nullIfNotFound(() => fetchRawSeries(client, vendorId, call))
      return raw === null ? null : readMeeting(raw).conference
    },

    createConference: (input, call) => createMeeting(client, input, call),
    findCreated: (input, sentAt, call) => findCreated(client, input, sentAt, call),

    async updateConference(id, changes, call) {
      const json = toMeetingChanges(changes)
      const target = path`/meetings/${toMeetingPathValue(id)}`
      // Zoom counts updates per meeting and day, so that a cooldown must not affect other meetings.
      const options = { json, rateLimit: `update ${id}`, lockKey: `meeting ${id}` }
      await client.write('PATCH', target, options, call).catch((error: unknown) => {
        throw toOptionProblem('schedule_for' in json ? toHostProblem(error) : error, optionByInput)
      })
      const raw = await fetchRawMeeting(client, id, call)
      return { conference: readMeeting(raw).conference, problems: findIgnoredInputs(json, raw, updateInputs) }
    },

    deleteConference: (id, call) =>
      client.write(
        'DELETE',
        path`/meetings/${toMeetingPathValue(id)}`,
        { rateLimit: 'light', lockKey: `meeting ${id}` },
        call,
      ),

    async runConference(id, call) {
      const readAt = Date.now()
      // Zoom's API cannot start a meeting. The host needs a new start URL.
      call.forgetReads()
      const { conference, startUrl } = await readMeetingBy(client, id, call)
      return { conference, startUrl, startUrlExpiresAt: startUrl ? new Date(readAt + startUrlTtlSeconds * 1000) : null }
    },

    async endConference(id, call) {
      const options = { json: { action: 'end' }, rateLimit: 'light', lockKey: `meeting ${id}` }
      await client.write('PUT', path`/meetings/${toMeetingPathValue(id)}/status`, options, call)
      return (await readMeetingBy(client, id, call)).conference
    },
  }
}

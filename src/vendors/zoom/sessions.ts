import { Problem } from '../../core/errors.ts'
import { path } from '../../upstream/path.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { createUnexpectedValueProblem } from '../kit/lenient.ts'
import { requireItems } from '../kit/short-list.ts'
import type { FlatList, VendorPage } from '../vendor-lists.ts'
import type { Session } from '../vendor-objects.ts'
import type { Vendor } from '../vendor.ts'
import { maxPageSize } from './lists.ts'
import { isNumber, toMeetingPathValue } from './path-values.ts'
import { createHistoryList } from './session-history.ts'
import { expiredDetailsCode, getSessionId, readStart, ZoomSession } from './session.ts'
import { sortNewestFirst } from './sort-sessions.ts'

function toInstancePage(body: unknown): VendorPage {
  const items = sortNewestFirst(requireItems(body, 'meetings'))
  return { items, next: null, previous: null, total: items.length }
}

/**
 * Creates the list of a meeting's sessions that have ended, of the last 15 months
 * (`GET /past_meetings/{meetingId}/instances`). Zoom returns all of them at once, in any order.
 *
 * @param hasPeriod Whether a filter omits sessions without a start, which must not happen without notice.
 */
export const createInstanceList = (client: VendorClient, meetingId: string, hasPeriod = false): FlatList<Session> => ({
  maxSize: maxPageSize,
  reportsTotal: true,
  async loadPage(_, call) {
    const target = path`/past_meetings/${toMeetingPathValue(meetingId)}/instances`
    const subject = { kind: 'conferences', conferenceId: meetingId } as const
    try {
      const page = await client.read(target, { schema: toInstancePage, subject, rateLimit: 'medium' }, call)
      const hasUnknownStart = hasPeriod && page.items.some((item) => readStart(item) === null)
      return hasUnknownStart ? { ...page, problem: createUnexpectedValueProblem('start_time') } : page
    } catch (error) {
      // Zoom reports a meeting without an ended session in this way.
      if (error instanceof Problem && error.code === 'NOT_FOUND' && error.vendorCode !== null)
        return { items: [], next: null, previous: null, total: 0 }
      throw error
    }
  },
  getId: getSessionId,
  parseItem: (raw) => new ZoomSession(raw, meetingId),
})

/**
 * Sessions that have ended: `GET /past_meetings/{meetingId}/instances`, `GET /report/history_meetings`, and
 * `GET /past_meetings/{meetingUUID}`.
 */
export function createSessionResource(client: VendorClient): Required<Pick<Vendor, 'sessions' | 'getSession'>> {
  return {
    sessions: (filter) =>
      filter.conferenceId === undefined
        ? createHistoryList(client, filter)
        : createInstanceList(client, filter.conferenceId, Boolean(filter.startedFrom ?? filter.startedBefore)),

    async getSession(id, call) {
      // For a number, Zoom would return the latest session of the meeting.
      if (isNumber(id)) return null
      const options = {
        schema: (raw: unknown) => new ZoomSession(raw),
        subject: { kind: 'conferences' },
        rateLimit: 'light',
      } as const
      try {
        return await client.read(path`/past_meetings/${toMeetingPathValue(id)}`, options, call)
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        if (error.code === 'NOT_FOUND') return null
        if (error.vendorCode === expiredDetailsCode) return new ZoomSession({ uuid: id })
        throw error
      }
    },
  }
}

import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { iterateItems } from '../kit/iterate-pages.ts'
import type { NewConference } from '../vendor-inputs.ts'
import type { Conference } from '../vendor-objects.ts'
import type { ZoomMeeting } from './conference.ts'
import { getOwnerRef } from './create-conference.ts'
import { createMeetingList, readMeetingBy } from './meetings.ts'
import { meetingTypes, formatUtcSeconds } from './schedule.ts'

/** How far this machine's clock can be ahead of Zoom's, in milliseconds. */
const clockToleranceMs = 120_000

/**
 * Finds the meeting that was created from the input after `sentAt`, by host, title, type, and start
 * (`GET /users/{userId}/meetings`). `'ambiguous'` if there are several, or only older ones.
 */
export async function findCreated(
  client: VendorClient,
  input: NewConference,
  sentAt: number,
  call: CallContext,
): Promise<Conference | null | 'ambiguous'> {
  call.forgetReads()
  const meetings = createMeetingList(client, getOwnerRef(input))
  // A list can contain a series once for each of its occurrences.
  const matches = new Map<string, { isNew: boolean }>()
  for await (const meeting of iterateItems(meetings, call)) {
    if (!matchesNewMeeting(meeting, input)) continue
    const isNew = (meeting.createdAt?.getTime() ?? sentAt) >= sentAt - clockToleranceMs
    matches.set(meeting.vendorId, { isNew })
  }
  const [only, ...others] = [...matches].filter(([, { isNew }]) => isNew)
  // An older meeting is probably another one, but the clocks can differ by more than the tolerance.
  if (!only) return matches.size > 0 ? 'ambiguous' : null
  return others.length > 0 ? 'ambiguous' : (await readMeetingBy(client, only[0], call)).conference
}

function matchesNewMeeting(meeting: ZoomMeeting, { title, schedule }: NewConference): boolean {
  const type = meetingTypes[schedule?.kind ?? 'permanent']
  if (meeting.title !== title.trim() && meeting.title !== title) return false
  if (meeting.type !== type) return false
  if (schedule?.kind !== 'once') return true
  return (
    meeting.schedule?.kind === 'once' &&
    formatUtcSeconds(meeting.schedule.startsAt) === formatUtcSeconds(schedule.startsAt)
  )
}

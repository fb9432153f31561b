import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { iterateItems } from '../kit/iterate-pages.ts'
import type { Conference, NewConference } from '../vendor.ts'
import type { ZoomMeeting } from './conference.ts'
import { getOwnerRef } from './create-conference.ts'
import { createMeetingList, readMeetingBy } from './meetings.ts'
import { meetingTypes, formatUtcSeconds } from './schedule.ts'

/** Our clock may be ahead of Zoom's. */
const clockToleranceMs = 120_000

/** The meeting that a lost answer told of: by host, title, kind and start, made since; no telling where one is older. */
export async function findCreated(
  client: VendorClient,
  input: NewConference,
  sentAt: number,
  call: CallContext,
): Promise<Conference | null | 'ambiguous'> {
  call.forgetReads()
  const meetings = createMeetingList(client, getOwnerRef(input))
  // By id, for a list may name a series once for each of its times.
  const found = new Map<string, { isNew: boolean }>()
  for await (const meeting of iterateItems(meetings, call)) {
    if (!matchesNewMeeting(meeting, input)) continue
    const isNew = (meeting.createdAt?.getTime() ?? sentAt) >= sentAt - clockToleranceMs
    found.set(meeting.vendorId, { isNew })
  }
  const [only, ...others] = [...found].filter(([, { isNew }]) => isNew)
  // An older one is likely another, but our clock may be wrong by more.
  if (!only) return found.size > 0 ? 'ambiguous' : null
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

import { noMeeting, notEnded } from './errors.ts'
import type { Service } from './service.ts'
import type { ZoomContext } from './context.ts'
import type { Attendance, Instance, Meeting } from './world.ts'

export interface Found {
  meeting: Meeting
  instance: Instance
}

/**
 * Returns the meeting number or UUID in the path. A UUID that begins with `/` or contains `//` must be encoded twice.
 * If it is encoded once, its slashes are lost, and the meeting is not found.
 */
export function getMeetingReference(c: ZoomContext): string {
  const once = c.req.param('meetingId') ?? ''
  if (!once.includes('%')) return once.replace(/^\/|\/(?=\/)/g, '')
  try {
    return decodeURIComponent(once)
  } catch {
    return once
  }
}

/** Returns the latest ended instance for a meeting number, or the instance with a UUID. */
export function getEndedInstance(service: Service, c: ZoomContext): Found {
  const match = lookUp(service, getMeetingReference(c), ({ past }) => past.at(-1))
  if (!match.instance || match.instance.end === null) throw notEnded()
  return { meeting: match.meeting, instance: match.instance }
}

export function liveInstance(service: Service, c: ZoomContext): Found {
  const { meeting, instance } = lookUp(service, getMeetingReference(c), ({ live }) => live ?? undefined)
  if (!instance || instance.end !== null) throw noMeeting(getMeetingReference(c))
  return { meeting, instance }
}

function lookUp(service: Service, ref: string, byNumber: (meeting: Meeting) => Instance | undefined) {
  if (/^\d+$/.test(ref)) {
    const meeting = service.world.meetings.get(Number(ref))
    if (!meeting) throw noMeeting(ref)
    return { meeting, instance: byNumber(meeting) }
  }
  for (const meeting of service.world.meetings.values()) {
    if (meeting.uuid === ref) return { meeting, instance: meeting.live ?? undefined }
    const instance = meeting.past.find(({ uuid }) => uuid === ref)
    if (instance) return { meeting, instance }
  }
  throw noMeeting(ref)
}

/** Counts people instead of joins. A person who joined twice counts once, and one who only waited does not count. */
export const countPeople = (attendances: Attendance[]): number =>
  new Set(
    attendances
      .filter(({ status }) => status === 'in_meeting')
      .map(({ id, user_email, registrant_id, name }) => id || user_email.toLowerCase() || registrant_id || name),
  ).size

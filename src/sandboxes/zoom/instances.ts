import { noMeeting, notEnded } from './errors.ts'
import type { Service } from './service.ts'
import type { ZoomContext } from './context.ts'
import type { Attendance, Instance, Meeting } from './world.ts'

export interface Found {
  meeting: Meeting
  instance: Instance
}

/**
 * The meeting reference of the path. A UUID that begins with `/` or contains `//` has to be encoded twice:
 * encoded once, its slashes get lost on the way and nothing is found.
 */
export function meetingRef(c: ZoomContext): string {
  const once = c.req.param('meetingId') ?? ''
  if (!once.includes('%')) return once.replace(/^\/|\/(?=\/)/g, '')
  try {
    return decodeURIComponent(once)
  } catch {
    return once
  }
}

/** A number means the latest ended instance, a UUID just that one. */
export function endedInstance(service: Service, c: ZoomContext): Found {
  const found = lookUp(service, meetingRef(c), ({ past }) => past.at(-1))
  if (!found.instance || found.instance.end === null) throw notEnded()
  return { meeting: found.meeting, instance: found.instance }
}

export function liveInstance(service: Service, c: ZoomContext): Found {
  const { meeting, instance } = lookUp(service, meetingRef(c), ({ live }) => live ?? undefined)
  if (!instance || instance.end !== null) throw noMeeting(meetingRef(c))
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

/** People, not joins: whoever came back counts once. */
export const headCount = (attendances: Attendance[]): number =>
  new Set(attendances.map(({ id, user_email, name }) => id || user_email || name)).size

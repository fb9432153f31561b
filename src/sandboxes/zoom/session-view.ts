import { countPeople, type Found } from './instances.ts'
import { ZoomError } from './errors.ts'
import type { Service } from './service.ts'
import { formatTime, minute } from './time.ts'
import type { Attendance, Instance, UnfinishedReport } from './world.ts'

/** Returns the state of the report of a session that has ended. Null if the report is complete. */
export function getReportState(
  { now, switches }: Service,
  { report, end }: Instance,
): UnfinishedReport['state'] | null {
  if (report && now() < report.until) return report.state
  return now() < end! + switches.reportLag ? 'unsettled' : null
}

/** Formats a session that has ended, as "Get past meeting details" does. */
export function formatEndedSession(service: Service, { meeting, instance }: Found) {
  const { uuid, start, end, attendances } = instance
  const host = service.world.users.find((user) => user.id === meeting.host_id)
  const isBlank = getReportState(service, instance) === 'blank'
  return {
    id: meeting.id,
    uuid,
    topic: meeting.topic,
    type: meeting.type,
    user_name: host?.fields.display_name ?? '',
    user_email: host?.email ?? '',
    start_time: formatTime(start),
    end_time: formatTime(end!),
    duration: Math.ceil((end! - start) / minute),
    total_minutes: isBlank ? 0 : sumMinutes(attendances),
    participants_count: isBlank ? 0 : countPeople(attendances),
    dept: host?.fields.dept ?? '',
    source: 'Zoom',
  }
}

function sumMinutes(attendances: Attendance[]): number {
  const stays = attendances.filter(({ status }) => status === 'in_meeting')
  return Math.ceil(stays.reduce((sum, { join, leave }) => sum + (leave! - join), 0) / minute)
}

/** Orders sessions as Zoom does: not by time. UUIDs are random. */
export const sortByUuid = (instances: Instance[]): Instance[] =>
  instances.toSorted((a, b) => (a.uuid < b.uuid ? -1 : 1))

/** @throws ZoomError 400/200 if the account has no paid plan. */
export function assertPaid(service: Service, message: string): void {
  if (!service.switches.paid) throw new ZoomError(400, 200, message)
}

import { attend } from './host.ts'
import {
  createInstance,
  createUuid,
  type Attendance,
  type Instance,
  type Meeting,
  type UnfinishedReport,
} from './world.ts'

/** A session that has ended. Times are in milliseconds since the epoch. */
export interface HeldSession {
  start: number
  end: number
  /** Default: a UUID that is derived from the meeting and the start. */
  uuid?: string
  /** One entry for each join. Default of `join` and `leave`: start and end of the session. Default: nobody. */
  joins?: (Partial<Attendance> & { name: string })[]
  /** Default: the report is complete. */
  report?: UnfinishedReport
}

/** Adds a session to the past of a meeting. */
export function holdSession(meeting: Meeting, { start, end, uuid, joins = [], report }: HeldSession): Instance {
  const session = {
    ...createInstance(uuid ?? createUuid(`held:${meeting.id}:${start}`), start),
    end,
    ...(report && { report }),
  }
  for (const [index, who] of joins.entries()) attend(session, `${session.uuid}:${index}`, { leave: end, ...who })
  meeting.past.push(session)
  meeting.past.sort((a, b) => a.start - b.start)
  return session
}

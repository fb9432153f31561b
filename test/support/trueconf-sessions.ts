import type { TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'

const minute = 60_000

/** A join of a person, in milliseconds since the epoch. `leftAt` is null while the person is in the session. */
export interface TestJoin {
  id: string
  name?: string
  joinedAt: number
  leftAt: number | null
}

/**
 * Adds a session of a conference to a sandbox.
 *
 * @param startedAt In milliseconds since the epoch.
 * @param endedAt Default: an hour later. Null for a session that is running.
 * @returns ID of the session.
 */
export function addSession(
  sandbox: TrueConfSandbox,
  conferenceId: string,
  startedAt: number,
  endedAt: number | null = startedAt + 60 * minute,
  joins: readonly TestJoin[] = [],
): string {
  sandbox.others.start(conferenceId)
  const session = sandbox.data.calls.at(-1)!
  const toSeconds = (ms: number): number => Math.floor(ms / 1000)
  if (endedAt !== null) sandbox.others.end(conferenceId)
  session.start_time = toSeconds(startedAt)
  session.end_time = endedAt === null ? null : toSeconds(endedAt)
  session.participants = joins.map(({ id, name = null, joinedAt, leftAt }) => ({
    id,
    display_name: name,
    join_time: toSeconds(joinedAt),
    leave_time: leftAt === null ? null : toSeconds(leftAt),
  }))
  return session.id
}

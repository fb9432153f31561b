import { getCreated } from './recording.ts'
import type { TrueConfSession } from './session.ts'

/** TrueConf completes the file of a record some time after the end of the session. */
const maxDelayMs = 5 * 60_000

/** A session, and when the records that belong to it are created: from its start to its end and five minutes after it. */
export interface RecordSpan {
  session: TrueConfSession
  /** Inclusive. In milliseconds since the epoch. */
  from: number
  /** Inclusive. In milliseconds since the epoch. */
  to: number
}

/**
 * Returns the spans of sessions. A span ends before the next session of the same conference begins, so that a record belongs to
 * one session only.
 *
 * @param sessions Newest first.
 */
export function createRecordSpans(sessions: readonly TrueConfSession[]): RecordSpan[] {
  const nextStarts = new Map<string, number>()
  const spans: RecordSpan[] = []
  for (const session of sessions) {
    const { conferenceId, startedAt, endedAt } = session
    if (conferenceId === null || startedAt === null) continue
    const from = startedAt.getTime()
    const nextStart = nextStarts.get(conferenceId) ?? Infinity
    spans.push({ session, from, to: Math.min((endedAt?.getTime() ?? Infinity) + maxDelayMs, nextStart - 1) })
    nextStarts.set(conferenceId, from)
  }
  return spans
}

/** Whether a record was created in a span. */
export function isInSpan(record: unknown, { from, to }: RecordSpan): boolean {
  const created = getCreated(record)?.getTime()
  return created !== undefined && created >= from && created <= to
}

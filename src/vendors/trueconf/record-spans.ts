import { Pacer } from '../../core/pacer.ts'
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
export async function createRecordSpans(sessions: readonly TrueConfSession[]): Promise<RecordSpan[]> {
  const pacer = new Pacer()
  const nextStarts = new Map<string, number>()
  const spans: RecordSpan[] = []
  for (const session of sessions) {
    if (pacer.isDue) await pacer.pause()
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

/** Finds the session in which a record was made. Null if none is known. */
export function findRecordedSession(record: unknown, spans: readonly RecordSpan[]): TrueConfSession | null {
  const created = getCreated(record)?.getTime()
  if (created === undefined) return null
  return spans.find(({ from, to }) => created >= from && created <= to)?.session ?? null
}

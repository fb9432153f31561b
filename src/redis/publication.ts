import { z } from 'zod'
import type { RecordedEntry } from '../events/log/event-log.ts'
import type { LogEntry } from '../events/log/log-entry.ts'
import type { LogPosition } from '../events/log/log-position.ts'
import { conferenceEventTypes } from '../vendors/vendor-events.ts'

const Participant = z.object({
  vendorId: z.string(),
  userId: z.string().nullable(),
  displayName: z.string().nullable(),
  email: z.string().nullable(),
  role: z.enum(['OWNER', 'MODERATOR', 'ATTENDEE', 'UNKNOWN']),
  status: z.enum(['JOINED', 'LEFT']),
  joinedAt: z.number().nullable(),
  leftAt: z.number().nullable(),
})

const StoredEntry: z.ZodType<LogEntry> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('gap'), account: z.string(), since: z.number(), until: z.number() }),
  z.object({
    kind: z.literal('event'),
    account: z.string(),
    event: z.object({
      type: z.enum(conferenceEventTypes),
      conferenceId: z.string(),
      occurredAt: z.number(),
      changed: z.array(z.string()),
      participant: Participant.nullable(),
      raw: z.unknown(),
    }),
    origin: z.enum(['POLL', 'SOCKET', 'WEBHOOK']),
    observedAt: z.number(),
  }),
])

const Id = z.string().regex(/^\d{1,15}-\d{1,7}$/)

/** Message of the process that recorded entries. `entries` follow the ID `after`. Null if they must be loaded. */
const PublishedEntries = z.object({
  epoch: z.string(),
  after: Id,
  entries: z.array(z.tuple([Id, z.number(), StoredEntry])).nullable(),
})

const LogMessage = z.object({ log: PublishedEntries })

/** Entries that a process has published. */
export interface Publication {
  epoch: string
  /** Position of the entry before the first of `entries`. */
  after: LogPosition
  /** Null if they must be loaded. */
  entries: readonly RecordedEntry[] | null
}

/** Returns null if the text is not a publication of this version, because other programs can publish to the channel. */
export function parsePublication(text: string): Publication | null {
  const data = text.startsWith('{"log":') ? LogMessage.safeParse(parseJson(text)).data : undefined
  if (!data) return null
  const { epoch, after, entries } = data.log
  const toRecorded = ([id, bytes, entry]: [string, number, LogEntry]): RecordedEntry => ({
    position: parseEntryId(id),
    entry,
    bytes,
  })
  return { epoch, after: parseEntryId(after), entries: entries?.map(toRecorded) ?? null }
}

/** Returns null if a stored entry cannot be read: another version of Parley can have recorded it. */
export function parseStoredEntry(id: string, text: Buffer): RecordedEntry | null {
  const { data } = StoredEntry.safeParse(parseJson(text.toString()))
  return data ? { position: parseEntryId(id), entry: data, bytes: text.length } : null
}

/** Parses the ID of an entry. */
export function parseEntryId(id: string): LogPosition {
  const [ms, index] = id.split('-')
  return { ms: Number(ms), index: Number(index) }
}

/** Formats a position as the ID of an entry. */
export const formatEntryId = ({ ms, index }: LogPosition): string => `${ms}-${index}`

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

import { z } from 'zod'

const text = z.string().nullable()
const date = z.date().nullable()
const time = z.number().nullable()

const Schedule = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('once'),
    startsAt: z.date(),
    durationMinutes: z.number().nullable(),
    timeZone: text,
  }),
  z.looseObject({
    kind: z.literal('recurring'),
    rrule: z.string(),
    nextStartsAt: date,
    durationMinutes: z.number().nullable(),
    timeZone: text,
  }),
  z.looseObject({ kind: z.literal('permanent'), since: date }),
])

const Conference = z.looseObject({
  vendorId: z.string(),
  kind: z.enum(['MEETING', 'ROOM', 'WORKSPACE', 'UNKNOWN']),
  title: z.string(),
  description: text,
  mode: z.enum(['ALL_ON_SCREEN', 'VIDEO_LECTURE', 'MODERATED', 'SMART_MEETING']).nullable(),
  state: z.enum(['SCHEDULED', 'RUNNING', 'IDLE', 'ENDED', 'UNKNOWN']),
  schedule: Schedule.nullable(),
  ownerId: text,
  maxParticipants: z.number().nullable(),
  allowGuests: z.boolean().nullable(),
  tags: z.array(z.string()),
  joinUrl: text,
  createdAt: date,
})

const Participant = z.looseObject({
  vendorId: z.string(),
  conferenceId: z.string(),
  userId: text,
  displayName: text,
  email: text,
  role: z.enum(['OWNER', 'MODERATOR', 'ATTENDEE', 'UNKNOWN']),
  status: z.enum(['INVITED', 'REGISTERED', 'WAITING', 'JOINED', 'LEFT', 'UNKNOWN']),
  joinedAt: date,
  leftAt: date,
  joinUrl: text,
})

const Occurrence = z.looseObject({
  vendorId: z.string(),
  conferenceId: z.string(),
  startsAt: z.date(),
  durationMinutes: z.number().nullable(),
  cancelled: z.boolean(),
})

const UploadedFile = z.looseObject({
  vendorId: z.string(),
  name: z.string(),
  contentType: z.string(),
  size: z.number(),
  sha256: z.string(),
  state: z.enum(['ATTACHED', 'DEFERRED']),
  url: text,
})

const StoredResult = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('Conference'), value: Conference }),
  z.looseObject({ type: z.literal('Occurrence'), value: Occurrence }),
  z.looseObject({ type: z.literal('Participant'), value: Participant }),
  z.looseObject({ type: z.literal('UploadedFile'), value: UploadedFile }),
])

const Problem = z.looseObject({
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  retryAt: time.optional(),
  path: z.array(z.string()).nullable().optional(),
  vendorStatus: z.number().nullable().optional(),
  vendorCode: text.optional(),
  vendorMessage: text.optional(),
  account: text.optional(),
})

/** Validates the stored fields that the code depends on, because other programs can write to the store. */
export const RecordSchema = z.looseObject({
  id: z.string(),
  process: z.string(),
  caller: z.string(),
  mutation: z.string(),
  account: text,
  accountIdentity: z.string().optional(),
  key: text,
  holdsKey: z.boolean(),
  digest: z.string(),
  startedAt: z.number(),
  sentAt: time,
  finishedAt: time,
  outcome: z.enum(['PENDING', 'SUCCEEDED', 'REJECTED', 'NOT_SENT', 'UNKNOWN']),
  lookup: z.looseObject({ kind: z.string() }).nullable(),
  // A record is still useful without its object.
  answer: StoredResult.nullable().catch(null),
  problems: z.array(Problem),
})

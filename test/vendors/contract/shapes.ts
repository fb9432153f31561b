import { z } from 'zod'

const text = z.string().nullable()
const date = z.date().nullable()
const url = z.string().refine(URL.canParse).nullable()
const raw = z.record(z.string(), z.unknown())
const zone = z
  .string()
  .refine((name) => Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '')
  .nullable()

const Schedule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('once'),
    startsAt: z.date(),
    durationMinutes: z.int().nonnegative().nullable(),
    timeZone: zone,
  }),
  z.strictObject({
    kind: z.literal('recurring'),
    rrule: z.string().regex(/^FREQ=/),
    nextStartsAt: date,

    durationMinutes: z.int().nonnegative().nullable(),
    timeZone: zone,
  }),
  z.strictObject({ kind: z.literal('permanent'), since: date }),
])

const unlisted = z.set(z.string()).optional()

/** Checks the objects of the `Vendor` interface: every member is present, and none is `undefined`. */
export const User = z.strictObject({
  vendorId: z.string().min(1),
  email: text,
  displayName: text,
  givenName: text,
  familyName: text,
  status: z.enum(['ACTIVE', 'INACTIVE', 'PENDING', 'UNKNOWN']),
  presence: z.enum(['OFFLINE', 'ONLINE', 'BUSY', 'IN_CONFERENCE', 'UNKNOWN']).nullable(),
  avatarUrl: url,
  phoneNumbers: z.array(z.string()),
  company: text,
  department: text,
  timeZone: zone,
  createdAt: date,
  lastSeenAt: date,
  unlisted,
  raw,
})

export const Conference = z.strictObject({
  vendorId: z.string().min(1),
  kind: z.enum(['MEETING', 'ROOM', 'WORKSPACE', 'UNKNOWN']),
  title: z.string(),
  description: text,
  mode: z.enum(['ALL_ON_SCREEN', 'VIDEO_LECTURE', 'MODERATED', 'SMART_MEETING']).nullable(),
  state: z.enum(['SCHEDULED', 'RUNNING', 'IDLE', 'ENDED', 'UNKNOWN']),
  schedule: Schedule.nullable(),
  ownerId: text,
  maxParticipants: z.int().nullable(),
  allowGuests: z.boolean().nullable(),
  tags: z.array(z.string()),
  joinUrl: url,
  createdAt: date,
  unlisted,
  raw,
})

export const Participant = z.strictObject({
  vendorId: z.string().min(1),
  conferenceId: z.string().min(1),
  userId: text,
  displayName: text,
  email: text,
  role: z.enum(['OWNER', 'MODERATOR', 'ATTENDEE', 'UNKNOWN']),
  status: z.enum(['INVITED', 'REGISTERED', 'WAITING', 'JOINED', 'LEFT', 'UNKNOWN']),
  joinedAt: date,
  leftAt: date,
  joinUrl: url,
  raw,
})

export const Recording = z.strictObject({
  vendorId: z.string().min(1),
  parentId: z.string().min(1),
  sessionId: text,
  conferenceId: text,
  title: z.string(),
  kind: z.enum(['VIDEO', 'AUDIO', 'TRANSCRIPT', 'CAPTIONS', 'CHAT', 'OTHER']),
  state: z.enum(['READY', 'PROCESSING', 'UNAVAILABLE']),
  name: z.string().regex(/^[^\p{Cc}\\/"']+\.[a-z0-9]{1,8}$/u),
  contentType: z.string().regex(/^(?!text\/html)[a-z]+\/[\w.+-]+$/),
  size: z.number().nonnegative().nullable(),
  startedAt: date,
  durationSeconds: z.int().nonnegative().nullable(),
  playUrl: url,
  raw,
})

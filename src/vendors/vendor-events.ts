import type { IncomingHttpHeaders } from 'node:http'
import type { WebSocketProtocol } from '../upstream/web-socket.ts'

/** All kinds of events, in the order of the schema. */
export const conferenceEventTypes = [
  'CHANGED',
  'CREATED',
  'DELETED',
  'ENDED',
  'PARTICIPANT_JOINED',
  'PARTICIPANT_LEFT',
  'RECORDING_READY',
  'STARTED',
] as const
export type ConferenceEventType = (typeof conferenceEventTypes)[number]

/** Participant who joined or left. Times are in milliseconds since the epoch, because events are stored as JSON. */
export interface EventParticipant {
  /** The `vendorId` that the conference's list of participants reports for the same person, if the vendor reports enough. */
  vendorId: string
  /** The user's `vendorId`. Null for a guest. */
  userId: string | null
  displayName: string | null
  email: string | null
  role: 'OWNER' | 'MODERATOR' | 'ATTENDEE' | 'UNKNOWN'
  status: 'JOINED' | 'LEFT'
  joinedAt: number | null
  leftAt: number | null
}

/** Something that happened to a conference. Has no methods, so that it can be stored as JSON. */
export interface VendorEvent {
  type: ConferenceEventType
  /** The conference's `vendorId`. */
  conferenceId: string
  /** When it happened, by the vendor's clock, in milliseconds since the epoch. */
  occurredAt: number
  /** Names of the `Conference` fields that are known to have changed. Empty if unknown, and for types other than `CHANGED`. */
  changed: readonly string[]
  /** Participant who joined or left. Null for other types. */
  participant: EventParticipant | null
  /** The vendor's message without credentials. Null if the vendor was polled, or if the message is larger than 64 KiB. */
  raw: unknown
}

/** A message that a vendor sent. */
export interface VendorMessage {
  /** Equal for repetitions of the same message, however they arrive. At most 64 characters, without readable IDs. */
  identity: string
  /** In milliseconds since the epoch, by the vendor's clock. */
  occurredAt: number
  /** Null if the message is about something that Parley reports no events of. */
  event: VendorEvent | null
  /** `vendorId` of the conference whose cached data the message makes outdated. Null if none. */
  outdatedConference: string | null
  /** Whether the message makes cached users outdated. */
  areUsersOutdated: boolean
}

/** A request to `/hooks/{accountKey}`. */
export interface HookRequest {
  headers: IncomingHttpHeaders
  /** Bytes as they were received. */
  body: Buffer
  /** In milliseconds since the epoch. */
  now: number
  /** Maximum difference between the request's timestamp and `now`, in milliseconds. */
  maxAgeMs: number
}

/** What a vendor's code read from a request to `/hooks/{accountKey}`. */
export type HookResult =
  | { kind: 'message'; message: VendorMessage }
  /** Verified, but not about this account or of no interest: acknowledged without an effect. */
  | { kind: 'ignored' }
  /** Validates the URL of the webhook. @param reply Body of the response, sent as JSON. */
  | { kind: 'validation'; reply: object }
  /** Correctly signed, but older than `maxAgeMs`. `message` is null if it cannot be read. */
  | { kind: 'late'; message: VendorMessage | null; ageMs: number }
  /** Not signed, or with an invalid signature. */
  | { kind: 'unverified' }
  /** Correctly signed, but cannot be read. */
  | { kind: 'unreadable' }

/** The ways in which a vendor sends events of an account. */
export interface PushedEvents {
  /** Kinds of events that the vendor sends. */
  types: readonly ConferenceEventType[]
  /** Verifies and reads a webhook. Omitted if webhooks are not configured. */
  readHook?(request: HookRequest): Promise<HookResult>
  /** A WebSocket over which the vendor sends events. Omitted if it is not configured. */
  socket?: WebSocketProtocol<VendorMessage>
  /** What to configure so that the vendor sends events. Shown if neither way is configured. */
  setupHint: string
}

import { hash } from 'node:crypto'
import { Problem } from '../../core/errors.ts'

/** A position in an event log: directly after an entry. `ms` is the time of the entry, in milliseconds since the epoch. */
export interface LogPosition {
  ms: number
  /** Distinguishes entries of the same millisecond. */
  index: number
}

/** A position together with the life of the log that it belongs to. */
export interface EventCursor {
  /** See `toEpoch`. */
  epoch: string
  position: LogPosition
  /** When the message was sent, in milliseconds since the epoch. For a message with an event, the time of its position. */
  sentAt: number
}

/** Returns a negative number if `left` is before `right`, 0 if they are equal, and otherwise a positive number. */
export const comparePositions = (left: LogPosition, right: LogPosition): number =>
  left.ms - right.ms || left.index - right.index

/** Returns the later of two positions. */
export const getLaterPosition = (left: LogPosition, right: LogPosition): LogPosition =>
  comparePositions(left, right) < 0 ? right : left

const epochLength = 8
const checksumLength = 8
/** Distinguishes cursors of events from cursors of lists, which are never this short. */
const cursorText = /^E[\w-]{36}$/

/** Returns the 8 characters by which cursors name one life of a log. A log that lost its entries begins another life. */
export const toEpoch = (id: string): string => hash('sha256', id, 'base64url').slice(0, epochLength)

const computeChecksum = (text: string): string =>
  hash('sha256', `parley event ${text}`, 'base64url').slice(0, checksumLength)

/**
 * Returns a cursor. It is not signed, because it grants nothing: its checksum only recognizes damage, so that a server with
 * another secret recognizes the cursor and reports a gap.
 */
export function encodeEventCursor({ epoch, position: { ms, index }, sentAt }: EventCursor): string {
  const bytes = Buffer.alloc(15)
  bytes.writeUIntBE(ms, 0, 6)
  bytes.writeUIntBE(index, 6, 3)
  bytes.writeUIntBE(sentAt, 9, 6)
  const text = `E${epoch}${bytes.toString('base64url')}`
  return text + computeChecksum(text)
}

/** Decodes the argument `after`. @throws INVALID_CURSOR */
export function decodeEventCursor(cursor: string): EventCursor {
  const text = cursor.slice(0, -checksumLength)
  if (!cursorText.test(cursor) || computeChecksum(text) !== cursor.slice(-checksumLength))
    throw new Problem(
      'INVALID_CURSOR',
      '"after" is not a cursor of an event stream. Use the "cursor" of a message, or omit "after" to begin now.',
      { path: ['after'] },
    )
  const bytes = Buffer.from(text.slice(1 + epochLength), 'base64url')
  return {
    epoch: text.slice(1, 1 + epochLength),
    position: { ms: bytes.readUIntBE(0, 6), index: bytes.readUIntBE(6, 3) },
    sentAt: bytes.readUIntBE(9, 6),
  }
}

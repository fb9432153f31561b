import type { VendorError } from '../../upstream/vendor-client.ts'
import type { WebSocketFrame, WebSocketProtocol } from '../../upstream/web-socket.ts'
import { toObject, toText } from '../kit/lenient.ts'
import type { VendorMessage } from '../vendor-events.ts'
import type { Config } from './config.ts'
import { readEventMessage } from './event-message.ts'

/** Levels of JSON in a frame. Zoom's messages have fewer than 10. */
const maxDepth = 64

type Frame = WebSocketFrame<VendorMessage>

/**
 * Zoom's event WebSocket: the frames have a `module` and a `content`, which is text or an object.
 *
 * @param accountId The account's ID at Zoom. Null if unknown.
 * @returns Undefined if the account has no `eventSubscription`.
 */
export function createEventSocket(
  { eventUrl, eventSubscription }: Pick<Config, 'eventUrl' | 'eventSubscription'>,
  accountId: string | null,
): WebSocketProtocol<VendorMessage> | undefined {
  if (eventSubscription === undefined) return undefined
  return {
    createUrl: (token) =>
      `${eventUrl}?${new URLSearchParams({ subscriptionId: eventSubscription, access_token: token })}`,
    heartbeat: '{"module":"heartbeat"}',
    heartbeatMs: 30_000,
    maxSilenceMs: 75_000,
    readFrame: (text) => readFrame(text, accountId),
  }
}

function readFrame(text: string, accountId: string | null): Frame {
  const frame = toObject<'module' | 'success' | 'content'>(tryParse(text))
  switch (frame?.module) {
    case 'build_connection':
      return frame.success === true ? { kind: 'accepted' } : { kind: 'rejected', error: toVendorError(frame.content) }
    case 'heartbeat':
      return { kind: 'other' }
    case 'message':
      return readMessage(frame.content, accountId)
    default:
      return { kind: 'unreadable' }
  }
}

function readMessage(content: unknown, accountId: string | null): Frame {
  const result = readEventMessage(typeof content === 'string' ? tryParse(content) : content, accountId)
  return result.kind === 'ignored' ? { kind: 'other' } : result
}

function toVendorError(content: unknown): VendorError {
  const vendorMessage = toText(content)
  const details = vendorMessage === null ? {} : { vendorMessage }
  if (/token/i.test(vendorMessage ?? '')) return { code: 'TOKEN_REJECTED', ...details }
  return {
    code: 'VENDOR_FORBIDDEN',
    message: 'The vendor rejected the event connection. Check "eventSubscription" of the account.',
    ...details,
  }
}

/** Parses JSON, with integers beyond ±2^53 as strings. Undefined if the text is not JSON or has too many levels. */
function tryParse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text, reviveExactly)
    return hasDepth(value, maxDepth) ? undefined : value
  } catch {
    return undefined
  }
}

/** @param source Text of the value. */
const reviveExactly = (_key: string, value: unknown, { source }: { source?: string } = {}): unknown =>
  Number.isInteger(value) && !Number.isSafeInteger(value) ? source : value

/** Whether a value has more levels than this. */
const hasDepth = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((child) => hasDepth(child, levels - 1)))

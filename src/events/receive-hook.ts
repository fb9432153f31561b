import type { IncomingHttpHeaders } from 'node:http'
import { Problem } from '../core/errors.ts'
import type { Clock } from '../upstream/clock.ts'
import type { HookResult, PushedEvents, VendorMessage } from '../vendors/vendor-events.ts'
import type { EventOrigin } from './log/log-entry.ts'

/** Where the webhooks of one account are reported. */
export interface HookSink {
  /** The vendor sent something. */
  reportHeard(): void
  /** See `SourceSink`. @throws STORE_UNAVAILABLE */
  recordMessage(message: VendorMessage, origin: EventOrigin): Promise<void>
  /** Records a gap from the time of a message until now, once for each message. @throws STORE_UNAVAILABLE */
  recordLateMessage(message: VendorMessage): Promise<void>
}

export interface HookReceiverOptions {
  readHook: NonNullable<PushedEvents['readHook']>
  sink: HookSink
  clock: Clock
  /** Maximum difference between a webhook's timestamp and the clock, in milliseconds. */
  getMaxAgeMs(): number
}

/** What became of a webhook, with the status of its response. */
export type ReceivedHook =
  | { status: 200; result: 'validated'; body: object }
  | { status: 204; result: 'accepted' | 'ignored' }
  | { status: 400; result: 'unreadable' }
  | { status: 401; result: 'unverified' }
  | { status: 401; result: 'late'; ageMs: number }
  /** The vendor sends the webhook again. */
  | { status: 503; result: 'unavailable' }

/** Time in which an event must be recorded, in milliseconds. Zoom waits 3 s for the response. */
const maxRecordMs = 2_000

/** Creates a function that verifies a webhook, records its event, and returns what to respond. */
export const createHookReceiver =
  ({ readHook, sink, clock, getMaxAgeMs }: HookReceiverOptions) =>
  async (headers: IncomingHttpHeaders, body: Buffer): Promise<ReceivedHook> => {
    const hook = await readHook({ headers, body, now: clock.now(), maxAgeMs: getMaxAgeMs() })
    if (hook.kind === 'unverified') return { status: 401, result: 'unverified' }
    if (hook.kind === 'unreadable') return { status: 400, result: 'unreadable' }
    return (await isRecorded(record(hook, sink), clock)) ? toReceived(hook) : { status: 503, result: 'unavailable' }
  }

type VerifiedHook = Exclude<HookResult, { kind: 'unverified' | 'unreadable' }>

async function record(hook: VerifiedHook, sink: HookSink): Promise<void> {
  if (hook.kind === 'late') return hook.message ? sink.recordLateMessage(hook.message) : undefined
  if (hook.kind === 'message') return sink.recordMessage(hook.message, 'WEBHOOK')
  sink.reportHeard()
}

function toReceived(hook: VerifiedHook): ReceivedHook {
  if (hook.kind === 'validation') return { status: 200, result: 'validated', body: hook.reply }
  if (hook.kind === 'late') return { status: 401, result: 'late', ageMs: hook.ageMs }
  return { status: 204, result: hook.kind === 'message' ? 'accepted' : 'ignored' }
}

/** Returns false if the event log is unavailable or does not respond in time. */
async function isRecorded(recorded: Promise<void>, clock: Clock): Promise<boolean> {
  const waiting = new AbortController()
  try {
    return await Promise.race([
      recorded.then(() => true),
      clock.sleep(maxRecordMs, waiting.signal).then(
        () => false,
        () => false,
      ),
    ])
  } catch (error) {
    if (error instanceof Problem && error.code === 'STORE_UNAVAILABLE') return false
    throw error
  } finally {
    waiting.abort()
  }
}

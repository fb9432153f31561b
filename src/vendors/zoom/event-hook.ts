import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { parseJson } from '../../upstream/json.ts'
import { upstreamLimits } from '../../upstream/limits.ts'
import { toObject } from '../kit/lenient.ts'
import type { HookRequest, HookResult } from '../vendor-events.ts'
import { readEventMessage } from './event-message.ts'

export interface HookReaderOptions {
  /** Secrets that can sign a webhook. */
  secrets: readonly string[]
  /** The account's ID at Zoom. Null if unknown. */
  accountId: string | null
}

/** Creates a function that verifies the signature of a webhook, and then reads it. */
export const createHookReader =
  ({ secrets, accountId }: HookReaderOptions) =>
  async ({ headers, body, now, maxAgeMs }: HookRequest): Promise<HookResult> => {
    const signature = readSignature(headers)
    const secret = signature && findSigningSecret(secrets, signature, body)
    if (!signature || !secret) return { kind: 'unverified' }
    const ageMs = now - signature.signedAt
    if (ageMs < -maxAgeMs) return { kind: 'unverified' }
    const result = await readBody(body, secret, accountId)
    if (ageMs <= maxAgeMs) return result
    return { kind: 'late', message: result.kind === 'message' ? result.message : null, ageMs }
  }

interface Signature {
  /** As received. */
  timestamp: string
  /** In milliseconds since the epoch. */
  signedAt: number
  digest: Buffer
}

/** Returns null if a header is missing or malformed. Node joins two headers with the same name with a comma. */
function readSignature(headers: IncomingHttpHeaders): Signature | null {
  const [, hex] = /^v0=([\da-f]{64})$/i.exec(String(headers['x-zm-signature'])) ?? []
  const [timestamp, milliseconds] = /^\d{10}(\d{3})?$/.exec(String(headers['x-zm-request-timestamp'])) ?? []
  if (hex === undefined || timestamp === undefined) return null
  // Zoom documents seconds. Milliseconds have been seen, too.
  const signedAt = Number(timestamp) * (milliseconds === undefined ? 1000 : 1)
  return { timestamp, signedAt, digest: Buffer.from(hex, 'hex') }
}

/** Takes the same time whether a secret matches or not. */
function findSigningSecret(secrets: readonly string[], { timestamp, digest }: Signature, body: Buffer): string | null {
  const matches = secrets.map((secret) =>
    timingSafeEqual(createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest(), digest),
  )
  return secrets[matches.indexOf(true)] ?? null
}

async function readBody(body: Buffer, secret: string, accountId: string | null): Promise<HookResult> {
  let envelope: unknown
  try {
    envelope = await parseJson(body, upstreamLimits)
  } catch {
    return { kind: 'unreadable' }
  }
  const message = toObject<'event' | 'payload'>(envelope)
  return message?.event === 'endpoint.url_validation'
    ? createValidation(toObject<'plainToken'>(message.payload)?.plainToken, secret)
    : readEventMessage(envelope, accountId)
}

/** With a token of another form, such as `v0:…`, the response would be the signature of a webhook. */
const plainTokenFormat = /^[\w.~+/=-]{1,128}$/

function createValidation(plainToken: unknown, secret: string): HookResult {
  if (typeof plainToken !== 'string' || !plainTokenFormat.test(plainToken)) return { kind: 'unreadable' }
  const encryptedToken = createHmac('sha256', secret).update(plainToken).digest('hex')
  return { kind: 'validation', reply: { plainToken, encryptedToken } }
}

import { Problem } from '../core/errors.ts'
import type { VendorResponse, ErrorParser, ResponseSchema, VendorError } from './vendor-client.ts'
import type { Clock } from './clock.ts'
import { decodeText } from './decode.ts'
import type { HttpResponse } from './http-message.ts'
import type { JsonLimits } from './chunked-parser.ts'
import { parseJson, parseWhole } from './json.ts'
import { parseRetryAfter } from './retry-after.ts'
import { VendorResponseError, errorFromStatus } from './vendor-error.ts'

export interface ParseResponseOptions {
  errorParser: ErrorParser
  limits: JsonLimits
  clock: Clock
  redact(text: string): string
}

/** An HTTP answer as the vendor means it. Throws Refusal for errors, Problem for what cannot be read. */
export async function parseResponse(
  http: HttpResponse,
  text: boolean,
  reading: ParseResponseOptions,
): Promise<VendorResponse> {
  const found = http.status < 300 ? readResponseBody(http, text, reading.limits) : readErrorBody(http, reading.limits)
  const body = found instanceof Promise ? await found : found
  const answer: VendorResponse = { status: http.status, headers: http.headers, body }
  const mayHoldError = http.status >= 400 || (typeof body === 'object' && body !== null)
  const verdict = (mayHoldError ? reading.errorParser.parseError(answer) : null) ?? errorFromStatus(http.status)
  if (verdict) throw new VendorResponseError(withRetryAt(verdict, answer, reading.clock.now()), answer, reading.redact)
  return answer
}

/** Returns a small body at once. @throws VENDOR_BAD_RESPONSE, VENDOR_RESPONSE_TOO_LARGE */
function readResponseBody(http: HttpResponse, text: boolean, limits: JsonLimits): unknown {
  if (http.body.length === 0) return null
  const type = http.headers['content-type'] ?? ''
  const foreign = text ? isPage(type, http.body) : type !== '' && !/[/+]json\b/i.test(type)
  if (foreign)
    throw new Problem('VENDOR_BAD_RESPONSE', 'The vendor answered with something else than data.', {
      delivery: 'unknown',
      vendorStatus: http.status,
    })
  return (text ? undefined : parseWhole(http.body, limits)) ?? readLongBody(http, text, limits)
}

async function readLongBody(http: HttpResponse, text: boolean, limits: JsonLimits): Promise<unknown> {
  try {
    return text ? await parseTextBody(http.body, limits) : await parseJson(http.body, limits)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw error.with({ delivery: 'unread', vendorStatus: http.status })
  }
}

/** A login page in place of text; one word is text under any label. */
function isPage(type: string, body: Buffer): boolean {
  const start = body.toString('utf8', 0, 1_000).trim()
  return start.startsWith('<') || (/html/i.test(type) && /\s/.test(start))
}

/** An object where text is due may be the vendor's way to say that something went wrong. */
async function parseTextBody(bytes: Buffer, limits: JsonLimits): Promise<unknown> {
  const text = decodeText(bytes)
  return text.trimStart().startsWith('{') ? parseJson(bytes, limits).catch(() => text) : text
}

/** Maximum size of an error body that is parsed, in bytes: nobody sees more than 300 characters of it. */
const maxErrorBytes = 64 * 1024

/** A failed status speaks for itself where its body cannot be read. */
async function readErrorBody(http: HttpResponse, limits: JsonLimits): Promise<unknown> {
  if (http.body.length === 0) return null
  const start = (): string => http.body.toString('utf8', 0, 1_000)
  return http.body.length > maxErrorBytes ? start() : parseJson(http.body, limits).catch(start)
}

function withRetryAt(verdict: VendorError, answer: VendorResponse, now: number): VendorError {
  if (answer.status !== 429 && answer.status !== 503) return verdict
  const retryAt = verdict.retryAt ?? parseRetryAfter(answer.headers['retry-after'], now)
  return { ...verdict, code: answer.status === 429 ? 'VENDOR_RATE_LIMITED' : verdict.code, retryAt }
}

/** The part of an answer that is read. Throws VENDOR_BAD_RESPONSE naming the field. */
export function validateResponse<T>(shape: ResponseSchema<T>, answer: VendorResponse): T {
  if (typeof shape === 'function') return readWith(shape, answer)
  const result = shape.safeParse(answer.body)
  if (result.success) return result.data
  const field = result.error.issues[0]?.path.map(String).join('.')
  throw new Problem(
    'VENDOR_BAD_RESPONSE',
    `The vendor's answer is not what it should be${field ? ` at "${field}"` : ''}.`,
    {
      delivery: 'unread',
      vendorStatus: answer.status,
    },
  )
}

function readWith<T>(read: (body: unknown) => T, answer: VendorResponse): T {
  try {
    return read(answer.body)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw error.with({ delivery: 'unread', vendorStatus: answer.status })
  }
}

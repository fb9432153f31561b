import { Problem } from '../core/errors.ts'
import type { VendorResponse, ErrorParser, ReceivedResponse, ResponseSchema, VendorError } from './vendor-client.ts'
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

/**
 * Parses a vendor's HTTP response. Returns a small response without a promise.
 *
 * @param isText Whether the response is text instead of JSON.
 * @throws VendorResponseError for an error response, and other problems for a response that cannot be read.
 */
export function parseResponse(
  http: HttpResponse,
  isText: boolean,
  options: ParseResponseOptions,
): ReceivedResponse | Promise<ReceivedResponse> {
  const { limits } = options
  const body = http.status < 300 ? readResponseBody(http, isText, limits) : readErrorBody(http, limits)
  return body instanceof Promise
    ? body.then((read: unknown) => rejectErrors(http, read, options))
    : rejectErrors(http, body, options)
}

/** Returns a response whose body has been read. @throws VendorResponseError for an error response. */
function rejectErrors(
  { status, headers, body: bytes }: HttpResponse,
  body: unknown,
  { errorParser, clock, redact }: ParseResponseOptions,
): ReceivedResponse {
  const response: ReceivedResponse = { status, headers, body, receivedAt: clock.now(), bytes }
  const canReportError = status >= 400 || (typeof body === 'object' && body !== null)
  const error = (canReportError ? errorParser.parseError(response) : null) ?? errorFromStatus(status)
  if (error) throw new VendorResponseError(withRetryAt(error, response, response.receivedAt), response, redact)
  return response
}

/**
 * Reads the body of a 2xx response. Returns a small body without a promise.
 *
 * @throws `VENDOR_BAD_RESPONSE`, `VENDOR_RESPONSE_TOO_LARGE`
 */
function readResponseBody(http: HttpResponse, text: boolean, limits: JsonLimits): unknown {
  if (http.body.length === 0) return null
  const type = http.headers['content-type'] ?? ''
  const isOtherType = text ? isPage(type, http.body) : type !== '' && !/[/+]json\b/i.test(type)
  if (isOtherType)
    throw new Problem('VENDOR_BAD_RESPONSE', "The vendor's response has an unexpected content type.", {
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

/** Whether a response is an HTML page, such as a sign-in page. A single word is text, whatever its content type. */
function isPage(type: string, body: Buffer): boolean {
  const start = body.toString('utf8', 0, 1_000).trim()
  return start.startsWith('<') || (/html/i.test(type) && /\s/.test(start))
}

/** A JSON object is parsed although text is expected, because it can be an error. */
async function parseTextBody(bytes: Buffer, limits: JsonLimits): Promise<unknown> {
  const text = decodeText(bytes)
  return text.trimStart().startsWith('{') ? parseJson(bytes, limits).catch(() => text) : text
}

/** Maximum size of an error body that is parsed, in bytes. At most 300 characters of it are shown. */
const maxErrorBytes = 64 * 1024

/** Reads the body of an error response. Returns its start as text if it is not JSON: the status is the error then. */
async function readErrorBody(http: HttpResponse, limits: JsonLimits): Promise<unknown> {
  if (http.body.length === 0) return null
  const start = (): string => http.body.toString('utf8', 0, 1_000)
  return http.body.length > maxErrorBytes ? start() : parseJson(http.body, limits).catch(start)
}

/** Adds when the vendor accepts requests again, from the header `Retry-After` of a 429 or 503. */
export function withRetryAt(error: VendorError, response: VendorResponse, now: number): VendorError {
  if (response.status !== 429 && response.status !== 503) return error
  const retryAt = error.retryAt ?? parseRetryAfter(response.headers['retry-after'], now)
  return { ...error, code: response.status === 429 ? 'VENDOR_RATE_LIMITED' : error.code, retryAt }
}

/** Returns what a schema reads from a response. @throws `VENDOR_BAD_RESPONSE`, with the name of the field. */
export function validateResponse<T>(schema: ResponseSchema<T>, response: VendorResponse): T {
  if (typeof schema === 'function') return readWith(schema, response)
  const result = schema.safeParse(response.body)
  if (result.success) return result.data
  const field = result.error.issues[0]?.path.map(String).join('.')
  throw new Problem(
    'VENDOR_BAD_RESPONSE',
    `The vendor's response has an unexpected value${field ? ` at "${field}"` : ''}.`,
    {
      delivery: 'unread',
      vendorStatus: response.status,
    },
  )
}

function readWith<T>(read: (body: unknown) => T, response: VendorResponse): T {
  try {
    return read(response.body)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw error.with({ delivery: 'unread', vendorStatus: response.status })
  }
}

import type { ZodType } from 'zod'
import type { Code } from '../core/errors.ts'
import type { CallContext } from './call-context.ts'
import type { RequestPath, Query } from './path.ts'

/** An answer as a vendor's `Dialect` reads it. `body` is JSON where the answer is JSON, else text, null where empty. */
export interface VendorResponse {
  status: number
  headers: Readonly<Record<string, string | undefined>>
  body: unknown
}

/** What a vendor's answer says went wrong. */
export interface VendorError {
  /** `'TOKEN_REJECTED'`: the token is renewed once and the call repeated once. */
  code: Code | 'TOKEN_REJECTED'
  message?: string
  /** The status of the item that failed within a success. Default: that of the response. */
  vendorStatus?: number
  vendorCode?: string
  vendorMessage?: string
  path?: readonly string[]
  retryable?: boolean
  retryAt?: number | null
}

/** A vendor's way to say that something went wrong. */
export interface ErrorParser {
  /**
   * Asked for every answer of 400 and more, and for every 2xx whose body is JSON (some vendors put errors in them).
   * Null: no error, or none of its own; then the status speaks (`verdictOfStatus`).
   */
  parseError(answer: VendorResponse): VendorError | null
}

/** How a body is read: a schema, or a function that throws VENDOR_BAD_RESPONSE. The function costs less. */
export type ResponseSchema<T> = ZodType<T> | ((body: unknown) => T)

/** Shape of a body that is taken as the vendor sent it. */
export const anyJson = (body: unknown): unknown => body

export interface ReadOptions<T> {
  /** As text: one that the vendor gave, sent as it stands. */
  query?: Query | string
  /** What is read of the answer, and no more; leniently where the vendor is. */
  schema: ResponseSchema<T>
  /** Name of the vendor's rate limit that the call counts into, e.g. `light`; default: one for all. */
  rateLimit?: string
  /** What it reads is made for it (a token): neither shared within the operation nor asked for again by itself. */
  singleUse?: true
}

export interface WriteOptions<T> {
  query?: Query
  json?: unknown
  /**
   * Instead of `json`: bytes as they come, with their headers (content-type, content-disposition …). Sent again like
   * any other write, as long as no more than 16 MiB of them went by. Chunks are given away: once sent, they can be empty.
   */
  stream?: AsyncIterable<Uint8Array>
  headers?: Readonly<Record<string, string>>
  /** Absent: the answer's body does not matter (and may be empty). */
  schema?: ResponseSchema<T>
  /** The answer is text, not JSON; `shape` then checks a string. An object is still shown to the dialect. */
  text?: true
  /** False: does nothing that counts (a deferred upload), so that it may be repeated and proves nothing. */
  hasEffect?: false
  rateLimit?: string
  /** What the vendor lets one write at a time touch, e.g. `meeting 123`: the next waits for its turn. */
  lockKey?: string
  /** Whether a `stream` may be sent on, token and all, to where the vendor's redirect points; default never. */
  canFollowRedirect?(to: URL): boolean
  /** Another configured base instead of the API's, e.g. Zoom's file host. */
  baseUrl?: string
}

/** Requests to one account's vendor: token, pacing, deadline, retries, bounded decoding, shape, errors. */
export interface VendorClient {
  /** A read. Throws Problem; NOT_FOUND at 404. */
  read<T>(path: RequestPath, options: ReadOptions<T>, call: CallContext): Promise<T>
  /** A write: sent again only where it certainly never left, after a dead token once, or a rate limit that fits. */
  write<T = void>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: RequestPath,
    options: WriteOptions<T>,
    call: CallContext,
  ): Promise<T>
}

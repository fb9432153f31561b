import type { ZodType } from 'zod'
import type { Code } from '../core/error-codes.ts'
import type { CallContext } from './call-context.ts'
import type { FileRequest, FileResponse, FileSource } from './file.ts'
import type { RequestPath, Query } from './path.ts'
import type { ReadSubject } from './read-subject.ts'

/** A vendor's parsed response. */
export interface VendorResponse {
  status: number
  headers: Readonly<Record<string, string | undefined>>
  /** Parsed JSON, or a string if the response is not JSON. Null if it is empty. */
  body: unknown
}

/** A vendor's successful response. */
export interface ReceivedResponse extends VendorResponse {
  /** In milliseconds since the epoch. */
  receivedAt: number
  /** The body before it was parsed. */
  bytes: Buffer
}

/** An error that a vendor's response reports. */
export interface VendorError {
  /** After `TOKEN_REJECTED`, the token is renewed and the call is retried, once. */
  code: Code | 'TOKEN_REJECTED'
  /** Default: the text for the code, which is the same for every vendor. */
  message?: string
  /** Status of a failed item in a successful response. Default: the status of the response. */
  vendorStatus?: number
  vendorCode?: string
  vendorMessage?: string
  /** Path of the input that the vendor rejects, such as `['input', 'title']`. */
  path?: readonly string[]
  retryable?: boolean
  /** In milliseconds since the epoch. */
  retryAt?: number | null
}

/** Recognizes a vendor's error responses. */
export interface ErrorParser {
  /**
   * Parses a response with a status of 400 or more, or a 2xx response whose body is JSON: some vendors report errors in
   * those. If the result is null, `errorFromStatus` decides.
   */
  parseError(response: VendorResponse): VendorError | null
}

/** Reads a body: a zod schema, or a function that throws `VENDOR_BAD_RESPONSE`. Functions are faster. */
export type ResponseSchema<T> = ZodType<T> | ((body: unknown) => T)

/** Response schema that returns the body unchanged. */
export const anyJson = (body: unknown): unknown => body

export interface ReadOptions<T> {
  /** A string is a query that the vendor returned. It is sent unchanged. */
  query?: Query | string
  /** Describes only the fields that are read. */
  schema: ResponseSchema<T>
  /** Name of the vendor's rate limit that the call counts against, such as `light`. Default: one limit for all calls. */
  rateLimit?: string
  /** What the response describes. If omitted, the response is never cached. */
  subject?: ReadSubject | undefined
  /** True if the vendor creates the result for this call, such as a token. It is not cached, and retried like a write. */
  singleUse?: true
}

export interface WriteOptions<T> {
  query?: Query
  json?: unknown
  /**
   * Body instead of `json`. `headers` must describe it. Retried like any other write, until more than 16 MiB have been read.
   * The client owns the chunks: it empties them after they have been sent.
   */
  stream?: AsyncIterable<Uint8Array>
  headers?: Readonly<Record<string, string>>
  /** If omitted, the body of the response is ignored and can be empty. */
  schema?: ResponseSchema<T>
  /** True if the response is text. `schema` then reads a string. A JSON object is still passed to the error parser. */
  text?: true
  /** False if the write alone changes nothing that the caller requested, such as an upload that is attached later. */
  hasEffect?: false
  rateLimit?: string
  /** Key of what the vendor accepts one write at a time for, such as `meeting 123`. Writes with the same key run in order. */
  lockKey?: string
  /** Whether a `stream` can be sent, with the access token, to the URL of the vendor's redirect. Default: never. */
  canFollowRedirect?(to: URL): boolean
  /** Base URL to use instead of the API's. Its origin must be one of `UpstreamSettings.origins`. */
  baseUrl?: string
}

/** Sends requests to one account's vendor: attaches the token, applies limits and the deadline, retries, and parses. */
export interface VendorClient {
  /**
   * Sends `GET`, and retries after transient errors. Equal reads of one operation share their result.
   *
   * @throws Problem. Its code is `NOT_FOUND` after a 404.
   */
  read<T>(path: RequestPath, options: ReadOptions<T>, call: CallContext): Promise<T>
  /**
   * Sends a write. Retries only if the request was definitely not sent, once after a rejected token, or after a rate limit
   * that ends before the deadline.
   *
   * @throws Problem
   */
  write<T = void>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: RequestPath,
    options: WriteOptions<T>,
    call: CallContext,
  ): Promise<T>
  /**
   * Opens a file. At a URL that the vendor reported, follows up to 5 redirects, and sends the access token only to the origin
   * of that URL. The signal and the deadline of `call` apply until the response has begun. A broken connection is an error of
   * the body.
   *
   * @throws Problem. Its code is `VENDOR_BAD_RESPONSE` if the response is not the file.
   */
  openFile(source: FileSource, request: FileRequest, call: CallContext): Promise<FileResponse>
}

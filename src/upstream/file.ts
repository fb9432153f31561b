import { Readable } from 'node:stream'
import type { Problem } from '../core/errors.ts'
import type { RequestPath } from './path.ts'

/**
 * Body of a response that is read at the speed of its reader. Destroying it closes the connection. If the connection breaks, it
 * ends after the bytes that have arrived, and has a failure.
 */
export class FileBody extends Readable {
  failure: Problem | null = null
}

/** Request for the bytes of a file. */
export interface FileRequest {
  method: 'GET' | 'HEAD'
  /** A single range, such as `bytes=0-1023`. Null for the whole file. */
  range: string | null
  /** Value of `If-Range`. Null if `range` applies in any case. */
  ifRange: string | null
}

/** Response to a request for the bytes of a file. */
export interface FileResponse {
  /** 200: the whole file. 206: the range. 416: the file has no such range. */
  status: 200 | 206 | 416
  /** Number of bytes of the body of a GET. Null if the vendor does not report it. */
  contentLength: number | null
  /** Set with the status 206, and, if the vendor reports the size, with 416. */
  contentRange: string | null
  acceptsRanges: boolean
  etag: string | null
  /** Must be read to its end or destroyed. Null for HEAD and for the status 416. */
  body: FileBody | null
}

/** A path of the vendor's API, or a URL that the vendor reported. */
export type FileSource = { path: RequestPath } | FileLocation

export interface FileLocation {
  url: URL
  /** Access token for the file. Null if the vendor reported none. If it is rejected, the account's token is used. */
  token: string | null
  /** Whether the file can be JSON. If false, a response with JSON is an error. */
  canBeJson: boolean
  /** Whether a request can be sent to this URL, which is `url` or that of a redirect. */
  canOpen(url: URL): boolean
}

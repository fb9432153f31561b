import type { Reservation } from '../core/byte-budget.ts'
import type { HeaderList } from './headers.ts'
import type { Target } from './path.ts'
import type { ReplayableStream } from './replayable-stream.ts'

export interface HttpRequest extends Target {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers: HeaderList
  /** A stream is sent at the caller's speed: the attempt has no timeout, and the headers timeout starts when the stream ends. */
  body?: string | ReplayableStream | undefined
  /** Whether the request is never sent again, even if it is a GET. Default: false. */
  singleUse?: boolean
  /** Reserves the memory of the response while it is read. */
  memory?: Reservation | undefined
}

export interface HttpResponse {
  status: number
  /** Names are lower case. If a header was sent twice, its first value counts. */
  headers: Record<string, string | undefined>
  body: Buffer
}

import type { Reservation } from '../core/byte-budget.ts'
import type { HeaderList } from './headers.ts'
import type { Target } from './path.ts'
import type { ReplayableStream } from './replayable-stream.ts'

export interface HttpRequest extends Target {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers: HeaderList
  /** A stream comes as the caller sends it: no limit for the whole attempt, headers awaited once it has gone. */
  body?: string | ReplayableStream | undefined
  /** It will not be sent again, even where it is a GET. */
  singleUse?: boolean
  /** Holds the bytes of the response while it is read. */
  memory?: Reservation | undefined
}

export interface HttpResponse {
  status: number
  /** Names in lower case; of a header sent twice, the first. */
  headers: Record<string, string | undefined>
  body: Buffer
}

/** What one operation may spend on vendors: handed down from the request to the socket. */
export interface Call {
  /** Of the request that it works for, for logs and traces. */
  requestId?: string
  signal: AbortSignal
  /** Milliseconds since the epoch; retries and token fetches included. */
  deadline: number
  /** Reads of this operation by account and URL: a page in hand is not fetched again. */
  reads: Map<string, Promise<unknown>>
  /** Writes of this operation that the vendor has answered with success; see `Client.send`. */
  written: number
}

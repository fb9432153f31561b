import type { ServerResponse } from 'node:http'

/**
 * Sends the first bytes of the response body and discards the rest. Calls `then` when these bytes were sent. A shorter body is
 * sent whole.
 */
export function sendPartOfBody(response: ServerResponse, bytes: number, then: () => void): void {
  const write = response.write.bind(response) as (chunk: Buffer, sent: () => void) => boolean
  const end = response.end.bind(response) as () => ServerResponse
  let left = bytes
  response.write = ((chunk: string | Uint8Array) => {
    // After false, the handler waits for "drain", so that it produces no more than is sent.
    if (left === 0) return false
    const part = Buffer.from(chunk as string).subarray(0, left)
    left -= part.length
    const isLast = left === 0
    return write(part, () => void (isLast && then())) && !isLast
  }) as ServerResponse['write']
  response.end = ((chunk?: string | Uint8Array) => {
    if (chunk) response.write(chunk)
    return left === 0 ? response : end()
  }) as ServerResponse['end']
}

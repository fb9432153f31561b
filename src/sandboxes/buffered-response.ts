import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'

/** A complete response that has not been sent. */
export interface BufferedResponse {
  status: number
  headers: OutgoingHttpHeaders
  body: Buffer
}

/** Buffers the response instead of sending it. Calls `then` with the complete response, which `then` can send in part. */
export function bufferResponse(response: ServerResponse, then: (buffered: BufferedResponse) => void): void {
  const { writeHead, write, end, flushHeaders } = response
  let [status, headers]: [number, OutgoingHttpHeaders] = [200, {}]
  const chunks: Buffer[] = []
  const take = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string))
  }
  response.flushHeaders = () => undefined
  response.writeHead = ((code: number, fields: OutgoingHttpHeaders = {}) => {
    ;[status, headers] = [code, fields]
    return response
  }) as typeof writeHead
  response.write = ((chunk: unknown) => {
    take(chunk)
    return true
  }) as typeof write
  response.end = ((chunk?: unknown) => {
    take(chunk)
    Object.assign(response, { writeHead, write, end, flushHeaders })
    then({ status, headers, body: Buffer.concat(chunks) })
    return response
  }) as typeof end
}

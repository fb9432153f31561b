import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'

/** An answer that was made and not sent. */
export interface HeldAnswer {
  status: number
  headers: OutgoingHttpHeaders
  body: Buffer
}

/** Holds back what is about to be answered; once it is complete, `then` may send of it what it likes. */
export function holdAnswer(response: ServerResponse, then: (answer: HeldAnswer) => void): void {
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

import type { IncomingMessage, ServerResponse } from 'node:http'
import { bufferResponse } from '../../src/sandboxes/buffered-response.ts'

/** Faults of one response. The comments are the rows of the fault matrix. */
export type Fault = (request: IncomingMessage, response: ServerResponse, serve: () => void) => void

const status =
  (code: number, type: string, body: string): Fault =>
  (request, response) => {
    request.resume()
    response.writeHead(code, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body)
  }

/** The vendor processes the request. Half of the body arrives, after headers that announce all of it. */
const half =
  (framing: 'length' | 'chunked', end: (response: ServerResponse) => void): Fault =>
  (_request, response, serve) => {
    bufferResponse(response, ({ status: code, headers, body }) => {
      const { 'content-length': _, ...others } = headers
      response.writeHead(code, framing === 'length' ? { ...headers, 'content-length': body.length } : others)
      response.write(body.subarray(0, body.length >> 1), () => end(response))
    })
    serve()
  }

const hangUp = ({ socket }: { socket: ServerResponse['socket'] }): void => void socket?.end()
const reset = ({ socket }: { socket: ServerResponse['socket'] }): void => void socket?.resetAndDestroy()

/** Faults of a single read that a retry overcomes. */
export const curable: readonly Fault[] = [
  /* B11 */ (request) => hangUp(request),
  /* B12 */ (request) => reset(request),
  /* B19 */ half('length', hangUp),
  /* B20 */ half('chunked', hangUp),
  /* B21 */ half('length', reset),
  /* B29 */ status(502, 'text/html', '<html><h1>502 Bad Gateway</h1></html>'),
  /* B53 */ status(500, 'application/json', '{}'),
]

/** Failures of a whole vendor. */
export const deaths = {
  reset,
  unavailable: status(503, 'text/html', '<html><h1>503 Service Unavailable</h1></html>'),
  silent: () => undefined,
} satisfies Record<string, Fault>
export type Death = keyof typeof deaths

/** Samples a duration in ms: half of the samples are below `p50`, and 99 % below `p99`. */
export function logNormal(p50: number, p99: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
  return p50 * (p99 / p50) ** (normal / 2.326)
}

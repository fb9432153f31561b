import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { Exchange } from './fault-server.ts'
import { bodyOf, head, serialise, type ScriptedResponse } from './raw-http.ts'

/** Faults of a response, for the script of a FaultServer. */
export type Kind = (exchange: Exchange) => void

const json = { 'Content-Type': 'application/json' }
/** A body that becomes invalid when half of it is missing. */
const truth = (exchange: Exchange): Buffer => {
  const body = bodyOf(exchange.response)
  return body.length > 1 ? body : Buffer.from('{"id":"whole"}')
}
const half = (exchange: Exchange): Buffer => truth(exchange).subarray(0, truth(exchange).length >> 1)

/** Writes `next()` every `ms` until the socket is closed. */
function drip(socket: Socket, ms: number, next: () => string): void {
  const timer = setInterval(() => socket.write(next()), ms)
  socket.once('close', () => clearInterval(timer))
}

/** Sends a complete response that differs from the vendor's response. */
export const reply =
  (response: ScriptedResponse): Kind =>
  ({ socket }) =>
    void socket.write(serialise(response))

export const closed: Kind = ({ socket }) => void socket.end()
export const reset: Kind = ({ socket }) => void socket.resetAndDestroy()
export const silent: Kind = () => undefined

export const headersDripped =
  (ms: number): Kind =>
  ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    let line = 0
    drip(socket, ms, () => `X-Line-${++line}: drip\r\n`)
  }
export const notHttp: Kind = ({ socket }) => void socket.end('SSH-2.0-OpenSSH_9.6\r\n\u0000\u0001\u0002')
export const headersHuge: Kind = ({ socket }) => {
  const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`X-${n}`, 'y'.repeat(100)]))
  socket.end(head(200, { ...json, ...many, 'Content-Length': 2 }) + '{}')
}
export const unaskedContinue: Kind = ({ socket, response }) => {
  socket.write('HTTP/1.1 100 Continue\r\n\r\n')
  socket.write(serialise(response))
}

export const bodyShort: Kind = (exchange) => {
  exchange.socket.write(head(200, { ...json, 'Content-Length': truth(exchange).length }))
  exchange.socket.end(half(exchange))
}
export const chunksUnfinished: Kind = (exchange) => {
  const body = truth(exchange)
  exchange.socket.write(head(200, { ...json, 'Transfer-Encoding': 'chunked' }))
  exchange.socket.end(`${body.length.toString(16)}\r\n${body.toString()}\r\n`)
}
export const bodyReset: Kind = (exchange) => {
  const { socket } = exchange
  // When the bytes are written, the operating system has them for the client, and keeps them after the reset.
  socket.write(head(200, { ...json, 'Content-Length': truth(exchange).length }) + half(exchange).toString(), () =>
    socket.resetAndDestroy(),
  )
}
export const bodyStalled: Kind = (exchange) =>
  void exchange.socket.write(
    head(200, { ...json, 'Content-Length': truth(exchange).length }) + half(exchange).toString(),
  )
export const bodyDripped =
  (ms: number): Kind =>
  ({ socket }) => {
    socket.write(head(200, { ...json, 'Content-Length': 1_000_000 }))
    drip(socket, ms, () => ' ')
  }
/** Writes `chunk` repeatedly, as fast as the client reads it. */
export const bodyEndless =
  (chunk: Buffer, headers: Record<string, string> = {}): Kind =>
  ({ socket }) => {
    socket.write(head(200, { ...json, ...headers, 'Transfer-Encoding': 'chunked' }))
    const more = (): void => {
      while (
        !socket.destroyed &&
        socket.write(`${chunk.length.toString(16)}\r\n${chunk.toString('latin1')}\r\n`, 'latin1')
      );
    }
    socket.on('drain', more)
    more()
  }

export const gzipTwenty: Kind = (exchange) => {
  let body = truth(exchange)
  for (let time = 0; time < 20; time++) body = gzipSync(body)
  reply({ headers: { 'Content-Encoding': Array(20).fill('gzip').join(', ') }, body })(exchange)
}
export const gzipBadCrc: Kind = (exchange) => {
  const body = gzipSync(truth(exchange))
  body[body.length - 6]! ^= 0xff
  reply({ headers: { 'Content-Encoding': 'gzip' }, body })(exchange)
}
export const gzipInNameOnly: Kind = (exchange) =>
  reply({ headers: { 'Content-Encoding': 'gzip' }, body: truth(exchange) })(exchange)

export const redirect = (status: number, location: string): Kind => reply({ status, headers: { Location: location } })

/** Faults of a connection. */
export const connection = {
  closed: (socket: Socket): void => void socket.end(),
  reset: (socket: Socket): void => void socket.resetAndDestroy(),
  /** Sends nothing, neither TLS nor HTTP. */
  stalled: (): void => undefined,
}

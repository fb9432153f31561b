import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

/** Frame types of RFC 6455. */
const opcodes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

/** Suffix of the key in the handshake, from RFC 6455. */
const keySuffix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** Larger frames of clients close the connection, in bytes. */
const maxClientFrame = 64 * 1024

const closeCodes = { normal: 1000, protocolError: 1002 } as const

/** Events of a `ServerWebSocket`. */
export interface ServerWebSocketListener {
  onText(text: string): void
  onClose(): void
}

/** The server's end of a WebSocket, for the few messages that a sandbox receives: whole frames without extensions. */
export class ServerWebSocket {
  readonly #stream: Duplex
  readonly #listener: ServerWebSocketListener
  #received: Buffer

  /**
   * Accepts a request with `Upgrade: websocket`.
   *
   * @param stream Connection of the request.
   * @param head Bytes that followed the request.
   */
  constructor(request: IncomingMessage, stream: Duplex, head: Buffer, listener: ServerWebSocketListener) {
    this.#stream = stream
    this.#listener = listener
    this.#received = head
    const key = request.headers['sec-websocket-key'] ?? ''
    const accept = createHash('sha1')
      .update(key + keySuffix)
      .digest('base64')
    const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
    stream.write(`${[...lines, `Sec-WebSocket-Accept: ${accept}`].join('\r\n')}\r\n\r\n`)
    stream.on('error', () => {})
    stream.on('close', () => listener.onClose())
    stream.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk])
      this.#readFrames()
    })
  }

  /** Sends a message. A buffer is sent as a binary frame. */
  send(message: string | Buffer): void {
    if (typeof message === 'string') this.#write(opcodes.text, Buffer.from(message))
    else this.#write(opcodes.binary, message)
  }

  close(code: number = closeCodes.normal): void {
    const payload = Buffer.alloc(2)
    payload.writeUInt16BE(code)
    this.#write(opcodes.close, payload)
    this.#stream.end()
  }

  /** Ends the connection without a close frame. */
  destroy(): void {
    this.#stream.destroy()
  }

  #write(opcode: number, payload: Buffer): void {
    if (this.#stream.writable) this.#stream.write(Buffer.concat([createFrameHead(opcode, payload.length), payload]))
  }

  #readFrames(): void {
    for (;;) {
      const frame = parseClientFrame(this.#received)
      if (frame === 'incomplete') return
      if (frame === 'invalid') return this.close(closeCodes.protocolError)
      this.#received = this.#received.subarray(frame.length)
      if (frame.opcode === opcodes.text) this.#listener.onText(frame.payload.toString())
      else if (frame.opcode === opcodes.ping) this.#write(opcodes.pong, frame.payload)
      else if (frame.opcode === opcodes.close) return this.close()
    }
  }
}

interface ClientFrame {
  opcode: number
  payload: Buffer
  /** Including its head. */
  length: number
}

/** Reads the first frame. Frames of clients are masked. */
function parseClientFrame(bytes: Buffer): ClientFrame | 'incomplete' | 'invalid' {
  if (bytes.length < 2) return 'incomplete'
  const [first = 0, second = 0] = bytes
  const isWhole = (first & 0x80) !== 0
  const isMasked = (second & 0x80) !== 0
  const shortLength = second & 0x7f
  if (!isWhole || !isMasked || shortLength === 127) return 'invalid'
  const lengthEnd = shortLength === 126 ? 4 : 2
  if (bytes.length < lengthEnd) return 'incomplete'
  const size = shortLength === 126 ? bytes.readUInt16BE(2) : shortLength
  if (size > maxClientFrame) return 'invalid'
  const start = lengthEnd + 4
  const length = start + size
  if (bytes.length < length) return 'incomplete'
  const mask = bytes.subarray(lengthEnd, start)
  const payload = Buffer.from(bytes.subarray(start, length).map((byte, index) => byte ^ mask[index % 4]!))
  return { opcode: first & 0x0f, payload, length }
}

/** Creates the head of a whole frame of the server, which is not masked. */
function createFrameHead(opcode: number, size: number): Buffer {
  const first = 0x80 | opcode
  if (size < 126) return Buffer.from([first, size])
  if (size < 65_536) return Buffer.from([first, 126, size >> 8, size & 0xff])
  const head = Buffer.alloc(10)
  head.set([first, 127])
  head.writeBigUInt64BE(BigInt(size), 2)
  return head
}

import { connect, type Socket } from 'node:net'
import { once } from 'node:events'

const query = `subscription Live {
  conferenceEvents { cursor gaps { reason } event { type conferenceId occurredAt } }
}`

/** Reads one event stream over a socket. Parses only the parts that the benchmark needs. */
export class StreamReader {
  readonly #socket: Socket
  readonly #onEvent: (id: string, occurredAt: number) => void
  #text = ''
  /** Number of messages without an event. */
  quietMessages = 0

  /** @param onEvent Called for each event, with the conference's ID and the time of the event in milliseconds since the epoch. */
  constructor(url: string, onEvent: (id: string, occurredAt: number) => void) {
    const { hostname, port, host } = new URL(url)
    this.#onEvent = onEvent
    const body = JSON.stringify({ query })
    this.#socket = connect(Number(port), hostname)
    this.#socket.write(
      `POST /graphql HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
    this.#socket.setEncoding('utf8').on('data', (chunk: string) => this.#read(chunk))
    this.#socket.on('error', () => {})
  }

  /** Resolves when the first message has arrived. */
  async waitUntilOpen(): Promise<void> {
    while (this.quietMessages === 0 && !this.#socket.destroyed) await once(this.#socket, 'data')
  }

  pause(): void {
    this.#socket.pause()
  }

  close(): void {
    this.#socket.destroy()
  }

  #read(chunk: string): void {
    this.#text += chunk
    for (let end = this.#text.indexOf('\n\n'); end >= 0; end = this.#text.indexOf('\n\n')) {
      const message = this.#text.slice(0, end)
      this.#text = this.#text.slice(end + 2)
      if (!message.includes('event: next')) continue
      const [, id, time] = /"conferenceId":"([^"]+)","occurredAt":"([^"]+)"/.exec(message) ?? []
      if (id === undefined) this.quietMessages++
      else this.#onEvent(id, Date.parse(time!))
    }
  }
}

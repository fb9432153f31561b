/** An event of a stream with the media type `text/event-stream`. */
export interface ServerSentEvent {
  /** `message` if the stream does not name the event. */
  name: string
  data: string
}

/** Maximum length of one event, in UTF-16 code units. A message of Parley is smaller, unless it selects long lists. */
const maxEventLength = 16 * 1024 * 1024

/** Parses a stream of server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
export class EventStreamParser {
  /** Start of the line whose end has not arrived yet. */
  #line = ''
  #endsWithCarriageReturn = false
  #name = ''
  #data: string[] = []
  /** Length of the event that has not ended yet. */
  #length = 0

  /**
   * Returns the events that end in this part of the stream. Lines can be cut anywhere.
   *
   * @throws RangeError if an event is longer than 16 Mi code units.
   */
  parse(text: string): ServerSentEvent[] {
    if (text === '') return []
    const isLineEnded = this.#endsWithCarriageReturn && text.startsWith('\n')
    this.#endsWithCarriageReturn = text.endsWith('\r')
    const lines = (isLineEnded ? text.slice(1) : text).split(/\r\n|\r|\n/)
    lines[0] = this.#line + lines[0]!
    this.#line = lines.pop()!
    const events = lines.flatMap((line) => this.#parseLine(line) ?? [])
    if (this.#length + this.#line.length > maxEventLength) throw new RangeError('an event is too long')
    return events
  }

  /** Returns the event that an empty line ends. */
  #parseLine(line: string): ServerSentEvent | null {
    if (line === '') return this.#endEvent()
    this.#length += line.length
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line)!
    if (field === 'event') this.#name = value!
    else if (field === 'data') this.#data.push(value!)
    return null
  }

  #endEvent(): ServerSentEvent | null {
    const event = { name: this.#name || 'message', data: this.#data.join('\n') }
    // Some servers send the last event, `complete`, without data.
    const isEmpty = this.#name === '' && this.#data.length === 0
    this.#name = ''
    this.#data = []
    this.#length = 0
    return isEmpty ? null : event
  }
}

import { onTestFinished, vi } from 'vitest'

export interface SentEvent {
  event: string
  /** Content of `data`, parsed. Undefined if it is empty. */
  data?: { data?: unknown; errors?: { message: string; path?: unknown; extensions: Record<string, unknown> }[] }
}

/** An event stream, as a client reads it. */
export class ReceivedStream {
  readonly response: Response
  /** Everything that was received. */
  text = ''
  /** Resolves when the stream has ended. Whether the response was complete. */
  readonly ended: Promise<boolean>
  readonly #leave: AbortController
  readonly #events: SentEvent[] = []
  /** Length of the text whose events have been parsed. */
  #parsedLength = 0

  constructor(response: Response, leave: AbortController) {
    this.response = response
    this.#leave = leave
    this.ended = this.#read()
  }

  get events(): readonly SentEvent[] {
    const end = this.text.lastIndexOf('\n\n') + 2
    const parts = this.text.slice(this.#parsedLength, Math.max(end, this.#parsedLength)).split('\n\n')
    this.#parsedLength = Math.max(end, this.#parsedLength)
    for (const part of parts.filter((text) => text.startsWith('event: '))) {
      const [, event = '', json = ''] = /^event: (\w+)\ndata: ?([^\n]*)$/.exec(part) ?? []
      this.#events.push(json === '' ? { event } : { event, data: JSON.parse(json) as NonNullable<SentEvent['data']> })
    }
    return this.#events
  }

  /** Values of the field `ticks` in the events so far. */
  get ticks(): unknown[] {
    return this.events.flatMap(({ data }) => {
      const { ticks } = (data?.data ?? {}) as { ticks?: unknown }
      return ticks === undefined ? [] : [ticks]
    })
  }

  /** Codes of the errors in the events so far. */
  get codes(): unknown[] {
    return this.events.flatMap(({ data }) => (data?.errors ?? []).map(({ extensions }) => extensions['code']))
  }

  leave(): void {
    this.#leave.abort()
  }

  /** Waits until `count` events have arrived. */
  async waitForEvents(count: number): Promise<readonly SentEvent[]> {
    await vi.waitFor(() => {
      if (this.events.length < count) throw new Error(`${this.events.length} of ${count} events have arrived.`)
    })
    return this.events
  }

  async #read(): Promise<boolean> {
    const decoder = new TextDecoder()
    try {
      for await (const chunk of this.response.body!) this.text += decoder.decode(chunk as Uint8Array, { stream: true })
      return true
    } catch {
      return false
    }
  }
}

export interface OpenOptions {
  query?: string
  variables?: object
  operationName?: string
  headers?: Record<string, string>
  method?: 'GET' | 'POST'
}

/** Opens an event stream, which is closed when the test has finished. Resolves when the headers have arrived. */
export async function openStream(
  { url }: { url: string },
  { query = 'subscription { ticks { number } }', headers, method = 'POST', ...others }: OpenOptions = {},
): Promise<ReceivedStream> {
  const leave = new AbortController()
  onTestFinished(() => leave.abort())
  const accept = { accept: 'text/event-stream', ...headers }
  const { variables, operationName } = others
  const search = new URLSearchParams({
    query,
    ...(variables && { variables: JSON.stringify(variables) }),
    ...(operationName !== undefined && { operationName }),
  })
  const response =
    method === 'GET'
      ? await fetch(`${url}/graphql?${search.toString()}`, { headers: accept, signal: leave.signal })
      : await fetch(`${url}/graphql`, {
          method,
          headers: { 'content-type': 'application/json', ...accept },
          body: JSON.stringify({ query, ...others }),
          signal: leave.signal,
        })
  return new ReceivedStream(response, leave)
}

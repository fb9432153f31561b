/** Bytes of a stream that are kept to be sent again. */
const most = 16 * 1024 * 1024

/** A stream that can be read from its start again, until more of it was read than is kept. */
export class Replay {
  readonly #source: AsyncIterator<Uint8Array>
  #kept: Uint8Array[] | null = []
  #bytes = 0
  #passes = 0
  #reading: Promise<Uint8Array | null> | null = null

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#source = stream[Symbol.asyncIterator]()
  }

  /** Whether another pass would give everything. */
  get complete(): boolean {
    return this.#kept !== null
  }

  /** The stream from its start; a pass before it ends without its rest, and leaves the source open. */
  async *pass(): AsyncGenerator<Uint8Array> {
    const own = ++this.#passes
    for (let at = 0; ; at++) {
      const chunk = this.#kept?.[at] ?? (await this.#next())
      if (chunk === null || own !== this.#passes) return
      if (this.#bytes > most && at + 1 === this.#kept?.length) this.#kept = null
      yield chunk
    }
  }

  close(): void {
    void this.#source.return?.().catch(() => undefined)
  }

  /** Shared with a pass that was given up while it waited; the end and a failure stay what they are. */
  #next(): Promise<Uint8Array | null> {
    this.#reading ??= this.#source.next().then(({ done, value }) => {
      if (done) return null
      this.#reading = null
      this.#bytes += value.length
      this.#kept?.push(value)
      return value
    })
    return this.#reading
  }
}

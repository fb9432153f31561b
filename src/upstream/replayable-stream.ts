import type { Reservation } from '../core/byte-budget.ts'
import { freeChunk } from './free-chunk.ts'

/** Maximum number of bytes of a stream that are kept to be sent again. */
const maxReplayBytes = 16 * 1024 * 1024

/** Memory that a chunk takes in addition to its bytes. HTTP clients can send single bytes. */
const chunkOverheadBytes = 128

/** Stream that can be read again from its start, until more of it was read than can be kept in memory. */
export class ReplayableStream {
  readonly #source: AsyncIterator<Uint8Array>
  #kept: Uint8Array[] | null = []
  readonly #memory: Reservation | undefined
  #bytes = 0
  #chunks = 0
  #canKeepMore = true
  #passes = 0
  #reading: Promise<Uint8Array | null> | null = null

  constructor(stream: AsyncIterable<Uint8Array>, memory?: Reservation) {
    this.#memory = memory
    this.#source = stream[Symbol.asyncIterator]()
  }

  /** Whether the stream can be read again from its start. */
  get isReplayable(): boolean {
    return this.#kept !== null
  }

  /**
   * Reads the stream from its start. Ends an earlier pass, without closing the source.
   *
   * @param isFlushed Whether the earlier chunks are no longer used. A chunk that is not kept is then freed.
   */
  async *restart(isFlushed: () => boolean = () => false): AsyncGenerator<Uint8Array> {
    const pass = ++this.#passes
    for (let index = 0; ; index++) {
      const chunk = this.#kept?.[index] ?? (await this.#readChunk())
      if (chunk === null || pass !== this.#passes) return
      if (!this.#canKeepMore && index + 1 === this.#kept?.length) this.#drop()
      yield chunk
      if (this.#kept === null && pass === this.#passes && isFlushed()) freeChunk(chunk)
    }
  }

  close(): void {
    this.#memory?.release()
    void this.#source.return?.().catch(() => undefined)
  }

  #drop(): void {
    this.#kept = null
    this.#memory?.release()
  }

  /** Reads the next chunk. A pass that replaces a waiting pass shares its read. The end and an error are final. */
  #readChunk(): Promise<Uint8Array | null> {
    this.#reading ??= this.#source.next().then(({ done, value }) => {
      if (done) return null
      this.#reading = null
      this.#bytes += value.length
      this.#chunks++
      this.#kept?.push(value)
      this.#canKeepMore =
        this.#bytes <= maxReplayBytes && (this.#memory?.resize(this.#bytes + this.#chunks * chunkOverheadBytes) ?? true)
      return value
    })
    return this.#reading
  }
}

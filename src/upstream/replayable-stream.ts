import type { Reservation } from '../core/byte-budget.ts'
import { freeChunk } from './free-chunk.ts'

/** Bytes of a stream that are kept to be sent again. */
const maxReplayBytes = 16 * 1024 * 1024

/** What a chunk takes beside its bytes: a client can send single bytes. */
const chunkOverheadBytes = 128

/** A stream that can be read from its start again, until more of it was read than is kept or than there is memory for. */
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

  /** Whether another pass would give everything. */
  get isReplayable(): boolean {
    return this.#kept !== null
  }

  /**
   * The stream from its start; a pass before it ends without its rest, and leaves the source open.
   *
   * @param isFlushed Whether nothing uses the chunks any more that were read before. A chunk that is not kept is then freed.
   */
  async *restart(isFlushed: () => boolean = () => false): AsyncGenerator<Uint8Array> {
    const own = ++this.#passes
    for (let at = 0; ; at++) {
      const chunk = this.#kept?.[at] ?? (await this.#readChunk())
      if (chunk === null || own !== this.#passes) return
      if (!this.#canKeepMore && at + 1 === this.#kept?.length) this.#drop()
      yield chunk
      if (this.#kept === null && own === this.#passes && isFlushed()) freeChunk(chunk)
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

  /** Shared with a pass that was given up while it waited; the end and a failure stay what they are. */
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

import { createBadRequest } from '../response/http-error.ts'

/** Number of chunks that can have any size. */
const freeChunks = 4_096
/** Minimum average size of the chunks if there are more. Each chunk takes time, whatever its size. */
const minAverageBytes = 16

/** Counts the chunks of a body, and rejects a body with too many small chunks. */
export class ChunkCounter {
  #chunks = 0
  #bytes = 0

  /** @throws `BAD_USER_INPUT` if there are too many small chunks. */
  add(bytes: number): void {
    this.#bytes += bytes
    if (++this.#chunks <= freeChunks || this.#bytes >= this.#chunks * minAverageBytes) return
    throw createBadRequest(
      `The request body has too many small chunks. Send chunks of at least ${minAverageBytes} bytes.`,
    )
  }
}

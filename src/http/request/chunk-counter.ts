import { createBadRequest } from './parameters.ts'

/** A body can have this many chunks of any size. */
const freeChunks = 4_096
/** The least average size of more chunks, in bytes: each chunk takes time, whatever its size. */
const minAverageBytes = 16

/** Counts the chunks of a body. */
export class ChunkCounter {
  #chunks = 0
  #bytes = 0

  /** @throws BAD_USER_INPUT if there are too many small chunks. */
  add(bytes: number): void {
    this.#bytes += bytes
    if (++this.#chunks <= freeChunks || this.#bytes >= this.#chunks * minAverageBytes) return
    throw createBadRequest(
      `The request body came in too many small chunks. Send chunks of at least ${minAverageBytes} bytes.`,
    )
  }
}

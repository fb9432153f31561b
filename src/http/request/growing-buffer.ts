/**
 * Collects bytes in one buffer. A list of chunks would store an object for each chunk, so that a body in chunks of one
 * byte would take a hundred times its size.
 */
export class GrowingBuffer {
  /** Can be larger than `length`. */
  #bytes: Buffer = Buffer.alloc(0)
  /** Number of bytes so far. */
  length = 0

  append(chunk: Buffer): void {
    const length = this.length + chunk.length
    // The first chunk is not copied, because most bodies have only one.
    if (this.length === 0) this.#bytes = chunk
    else {
      if (length > this.#bytes.length) this.#grow(length)
      chunk.copy(this.#bytes, this.length)
    }
    this.length = length
  }

  /** Returns a view of the bytes so far. */
  toBuffer(): Buffer {
    return this.#bytes.subarray(0, this.length)
  }

  #grow(length: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#bytes.length))
    this.#bytes.copy(larger, 0, 0, this.length)
    this.#bytes = larger
  }
}

/**
 * Bytes in one piece of memory. A list of chunks would keep an object for each, which a client that sends single bytes
 * turns into a hundred times its body.
 */
export class GrowingBuffer {
  /** May be larger than what it holds. */
  #bytes: Buffer = Buffer.alloc(0)
  length = 0

  append(chunk: Buffer): void {
    const length = this.length + chunk.length
    // A body in one chunk, which most are, is not copied.
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

/** The memory of a smaller chunk can have other uses, and is worth little: Node's pool, the buffer of a parser. */
const minBytes = 16 * 1024

/**
 * Frees the memory of a chunk that nothing uses any more. The chunk is empty afterwards.
 *
 * The memory of buffers is outside of V8's heap, and V8 frees it in collections of the whole heap. A large upload caused
 * one every 40 MiB, which took as much processor time as all else that the upload needed.
 */
export function freeChunk({ buffer, byteLength }: Uint8Array): void {
  const isWhole = byteLength === buffer.byteLength
  if (isWhole && byteLength >= minBytes && buffer instanceof ArrayBuffer) buffer.transfer(0)
}

/** Smaller chunks are not worth the effort, and can share their memory with Node's buffer pool or a parser. */
const minBytes = 16 * 1024

/**
 * Frees the memory of a chunk that is no longer used. The chunk is empty afterwards.
 *
 * Buffers are stored outside of V8's heap, and V8 frees them only when it collects the whole heap. A large upload caused
 * such a collection every 40 MiB, which took as much CPU time as the rest of the upload.
 */
export function freeChunk({ buffer, byteLength }: Uint8Array): void {
  const isWhole = byteLength === buffer.byteLength
  if (isWhole && byteLength >= minBytes && buffer instanceof ArrayBuffer) buffer.transfer(0)
}

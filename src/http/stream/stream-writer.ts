import type { ServerResponse } from 'node:http'

/** Large messages are written in pieces of this size, so that the progress of the client can be measured. */
const pieceBytes = 32 * 1024
/** Line that clients ignore. Keeps proxies and clients from closing a connection without messages. */
const comment = Buffer.from(':\n\n')

/** Writes a response in parts, and measures whether the client reads them. */
export class StreamWriter {
  readonly #response: ServerResponse
  #commentedAt = performance.now()
  #unreadSince: number | null = null

  constructor(response: ServerResponse) {
    this.#response = response
  }

  /**
   * Time at which the client last read a part of the response, in milliseconds by `performance.now`. Null if nothing is
   * waiting to be read.
   */
  get unreadSince(): number | null {
    return this.#unreadSince
  }

  /** Sends the headers and a comment at once. */
  open(): void {
    void this.#writePiece(comment)
  }

  /** Resolves when the operating system has accepted the content. Might never resolve if the connection closes before. */
  async write(content: string | Buffer): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    if (bytes.length <= pieceBytes) return this.#writePiece(bytes)
    for (let start = 0; start < bytes.length; start += pieceBytes)
      await this.#writePiece(bytes.subarray(start, start + pieceBytes))
  }

  /** Writes a comment, unless the last one is younger than `intervalMs` or the client is not reading. */
  comment(now: number, intervalMs: number): void {
    if (this.#unreadSince !== null || now - this.#commentedAt < intervalMs) return
    this.#commentedAt = now
    void this.#writePiece(comment)
  }

  #writePiece(piece: string | Buffer): Promise<void> {
    this.#unreadSince ??= performance.now()
    return new Promise((resolve) => {
      this.#response.write(piece, () => {
        this.#unreadSince = this.#response.writableLength === 0 ? null : performance.now()
        resolve()
      })
    })
  }
}

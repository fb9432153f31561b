/** Maximum length of a line. A server accepts 1 MiB by default, and rejects a longer body with an error for its request. */
export const maxLineBytes = 4 * 1024 ** 2

const lineFeed = 0x0a

/**
 * Returns the lines of a stream, without their ends. A line that is too long is not buffered: it is returned as null.
 *
 * The bytes are not decoded, because a chunk can end within a character.
 */
export async function* iterateLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer | null, void, undefined> {
  let parts: Buffer[] = []
  let lengthBytes = 0
  const endLine = (): Buffer | null => {
    const line = lengthBytes > maxLineBytes ? null : Buffer.concat(parts)
    parts = []
    lengthBytes = 0
    return line
  }
  const add = (part: Buffer): void => {
    lengthBytes += part.length
    if (lengthBytes > maxLineBytes) parts = []
    else parts.push(part)
  }
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      add(chunk.subarray(start, end))
      start = end + 1
      yield endLine()
    }
    add(chunk.subarray(start))
  }
  if (lengthBytes > 0) yield endLine()
}

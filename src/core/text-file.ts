import { closeSync, openSync, readSync } from 'node:fs'

/** Bounds the memory: a device such as `/dev/zero` has no end. */
const maxFileBytes = 16 * 1024 ** 2
const chunkBytes = 64 * 1024

/**
 * Reads a text file in UTF-8, or in UTF-16 if it begins with that byte order mark, as editors and shells of Windows
 * write it.
 *
 * @param file Path or file descriptor. A descriptor is not closed.
 * @throws Error with the code `EFBIG` if the file has more than 16 MiB. Errors of the file system.
 */
export function readTextFile(file: string | number): string {
  const bytes = readBytes(file)
  return new TextDecoder(findEncoding(bytes)).decode(bytes)
}

function readBytes(file: string | number): Buffer {
  const descriptor = typeof file === 'number' ? file : openSync(file, 'r')
  try {
    const chunks: Buffer[] = []
    for (let total = 0; total <= maxFileBytes;) {
      const chunk = Buffer.allocUnsafe(chunkBytes)
      const length = readSync(descriptor, chunk)
      if (length === 0) return Buffer.concat(chunks)
      chunks.push(chunk.subarray(0, length))
      total += length
    }
  } finally {
    if (descriptor !== file) closeSync(descriptor)
  }
  throw Object.assign(new Error('The file has more than 16 MiB.'), { code: 'EFBIG' })
}

function findEncoding([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return 'utf-8'
}

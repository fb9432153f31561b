import { readFileSync } from 'node:fs'

/** Returns the text of a file, which can begin with a byte order mark, as editors and shells of Windows write it. `file`: path or descriptor. */
export function readTextFile(file: string | number): string {
  const bytes = readFileSync(file)
  return new TextDecoder(findEncoding(bytes)).decode(bytes)
}

function findEncoding([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return 'utf-8'
}

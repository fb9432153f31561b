import { randomUUID } from 'node:crypto'
import type { RequestBody } from './post-stream.ts'

export interface UploadPart {
  name: string
  contentType: string
  /** In bytes. Null if the size is known only at the end. */
  size: number | null
  bytes: AsyncIterable<Uint8Array>
}

/**
 * Creates a GraphQL multipart request with one file, which is read while it is sent. Specification:
 * https://github.com/jaydenseric/graphql-multipart-request-spec
 *
 * @param path Path of the variable for the file, such as `variables.input.file`. The variable is null in `operations`.
 */
export function createMultipartBody(operations: object, path: string, file: UploadPart): RequestBody {
  const boundary = `parley-${randomUUID()}`
  const formatPart = (head: string): string => `--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`
  const fileHead = `name="0"; filename="${escapeFileName(file.name)}"\r\ncontent-type: ${file.contentType}`
  const fields = { operations, map: { 0: [path] } }
  const head = Buffer.from(
    Object.entries(fields)
      .map(([name, value]) => `${formatPart(`name="${name}"`)}${JSON.stringify(value)}\r\n`)
      .join('') + formatPart(fileHead),
  )
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  const length = file.size === null ? {} : { 'content-length': String(head.length + file.size + tail.length) }
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'x-parley-csrf': '1', ...length },
    bytes: concatStreams(head, file.bytes, tail),
  }
}

async function* concatStreams(head: Uint8Array, file: AsyncIterable<Uint8Array>, tail: Uint8Array) {
  yield head
  yield* file
  yield tail
}

/** Escapes a file name as browsers do: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
const escapeFileName = (name: string): string =>
  name.replace(/["\r\n]/g, (character) => ({ '"': '%22', '\r': '%0D' })[character] ?? '%0A')

import { randomBytes } from 'node:crypto'
import { formatContentDisposition } from './content-disposition.ts'

/** File part of a form. Its bytes can be read once. */
interface FormFile {
  field: string
  name: string
  contentType: string
  bytes: AsyncIterable<Uint8Array>
}

interface MultipartBody {
  headers: { 'content-type': string }
  stream: AsyncIterable<Uint8Array>
}

/** Creates a `multipart/form-data` body with fields and one file. The file is streamed. */
export function createFormDataBody(fields: Readonly<Record<string, string>>, file: FormFile): MultipartBody {
  const boundary = `parley-${randomBytes(18).toString('base64url')}`
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    stream: iterateParts(boundary, fields, file),
  }
}

async function* iterateParts(
  boundary: string,
  fields: Readonly<Record<string, string>>,
  { field, name, contentType, bytes }: FormFile,
): AsyncGenerator<Uint8Array> {
  for (const [key, value] of Object.entries(fields))
    yield Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`)
  const head = [
    `--${boundary}`,
    `Content-Disposition: ${formatContentDisposition('form-data', name, { name: field })}`,
    `Content-Type: ${toSingleLine(contentType)}`,
  ]
  yield Buffer.from(`${head.join('\r\n')}\r\n\r\n`)
  yield* bytes
  yield Buffer.from(`\r\n--${boundary}--\r\n`)
}

const toSingleLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ')

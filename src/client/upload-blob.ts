import { createAuthorizationHeader, type ServerTarget } from './destination.ts'
import { createConnectionError, ParleyError } from './errors.ts'
import { createUploadOperation, filePath, readUpload } from './upload.ts'
import type { CommonUploadOptions, UploadPayload, UploadTarget } from './upload.ts'

/**
 * Sends a `Blob` or `File` with `fetch`, which browsers have, too.
 *
 * @throws ParleyError if no payload arrives.
 */
export async function uploadBlob(
  { url, key }: ServerTarget,
  source: Blob,
  target: UploadTarget,
  { name = getName(source), contentType = source.type, idempotencyKey, signal }: CommonUploadOptions,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<UploadPayload> {
  const form = new FormData()
  form.append('operations', JSON.stringify(createUploadOperation(name, target, idempotencyKey)))
  form.append('map', JSON.stringify({ 0: [filePath] }))
  form.append('0', source.slice(0, source.size, contentType || 'application/octet-stream'), name)
  const headers = {
    accept: 'application/graphql-response+json',
    'x-parley-csrf': '1',
    ...createAuthorizationHeader(key),
  }
  try {
    const response = await fetch(url, { method: 'POST', headers, body: form, signal: signal ?? null })
    return readUpload({ status: response.status, text: await response.text() })
  } catch (error) {
    signal?.throwIfAborted()
    throw error instanceof ParleyError ? error : createConnectionError(error, true)
  }
}

/** Returns the name of a `File`, or `upload` for a `Blob`, which has no name. */
export function getName(source: Blob): string {
  return source instanceof File ? source.name : 'upload'
}

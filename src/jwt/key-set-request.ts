import type { FetchImplementation } from 'jose'

/** Hundreds of keys. */
const maxBytes = 256 * 1024

/** Fetches a key set for jose, which follows no redirect and allows a time, and bounds the response's size. */
export const fetchKeySet: FetchImplementation = async (url, options) => {
  const response = await fetch(url, options)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > maxBytes) throw new Error(`key set larger than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return new Response(Buffer.concat(chunks), { status: response.status })
}

import { createRemoteJWKSet, customFetch, type FetchImplementation } from 'jose'

/** Hundreds of keys. */
const maxBytes = 256 * 1024

/** jose fetches, parses, and selects keys, only when it is told to. */
export const createRemoteKeySet = (jwksUrl: string, timeoutMs: number): ReturnType<typeof createRemoteJWKSet> =>
  createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: timeoutMs,
    cacheMaxAge: Infinity,
    cooldownDuration: Infinity,
    [customFetch]: fetchKeySet,
  })

/** Returns the system's code or words if there are any: the message of `fetch` is the same for all. */
export function formatKeySetFailure(failure: unknown): string {
  const { message, cause } = failure as Error
  const system = cause as NodeJS.ErrnoException | undefined
  return system?.code ?? system?.message ?? message
}

/** Fetches a key set for jose, which follows no redirect and allows a time, and bounds the response's size. */
const fetchKeySet: FetchImplementation = async (url, options) => {
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

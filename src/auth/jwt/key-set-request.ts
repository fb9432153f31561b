import { createRemoteJWKSet, customFetch, type FetchImplementation } from 'jose/jwks/remote'
import { createConnect } from '../../upstream/connect.ts'
import type { FindProxy } from '../../upstream/proxy/find-proxy.ts'

/** Hundreds of keys. */
const maxBytes = 256 * 1024
/** A connection that hangs fails before the fetch does, so that the reason is known. */
const connectShare = 0.8
/** The default of Node. */
const maxHeaderSize = 16 * 1024

export interface KeySetLocation {
  jwksUrl: string
  /** Default: no proxy. */
  findProxy?: FindProxy
}

/** jose fetches, parses, and selects keys, only when it is told to. */
export const createRemoteKeySet = (
  { jwksUrl, findProxy }: KeySetLocation,
  timeoutMs: number,
): ReturnType<typeof createRemoteJWKSet> =>
  createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: timeoutMs,
    cacheMaxAge: Infinity,
    cooldownDuration: Infinity,
    [customFetch]: createKeySetFetch(timeoutMs, findProxy),
  })

/** Returns the system's code or words if there are any: the message of `fetch` is the same for all. */
export function formatKeySetFailure(failure: unknown): string {
  const { message, cause } = failure as Error
  const system = cause as { code?: unknown; message?: string } | undefined
  // The code of a timeout is a number.
  return typeof system?.code === 'string' ? system.code : (system?.message ?? message)
}

/**
 * Returns a function that fetches a key set for jose, which follows no redirect and limits the time. The function limits
 * the size of the response. Each request has a new connection, because they are minutes apart.
 */
function createKeySetFetch(timeoutMs: number, findProxy: FindProxy | undefined): FetchImplementation {
  const connect = createConnect({ connectTimeout: timeoutMs * connectShare, maxHeaderSize, findProxy })
  return async (url, { headers, method, redirect, signal }) => {
    // Loaded only if JWTs are accepted: vendor calls require less of undici.
    const { Agent, fetch } = await import('undici')
    const dispatcher = new Agent({ connect: (options, callback) => void connect(options, callback), pipelining: 0 })
    try {
      const response = await fetch(url, { headers: Object.fromEntries(headers), method, redirect, signal, dispatcher })
      const chunks: Uint8Array[] = []
      let size = 0
      for await (const chunk of response.body ?? []) {
        size += chunk.length
        if (size > maxBytes) throw new Error(`key set larger than ${maxBytes} bytes`)
        chunks.push(chunk)
      }
      return new Response(Buffer.concat(chunks), { status: response.status })
    } finally {
      void dispatcher.destroy()
    }
  }
}

import { createRemoteJWKSet, customFetch, type FetchImplementation } from 'jose/jwks/remote'
import { createConnect } from '../../upstream/connect.ts'
import type { FindProxy } from '../../upstream/proxy/find-proxy.ts'

/** Enough for hundreds of keys. */
const maxBytes = 256 * 1024
/** Share of the timeout for the connection. It fails before the request does, so that the error names the reason. */
const connectTimeoutShare = 0.8
/** Default of Node. */
const maxHeaderSize = 16 * 1024

export interface KeySetLocation {
  jwksUrl: string
  /** Returns the proxy for a URL. Default: no proxy. */
  findProxy?: FindProxy
}

/** Creates a key set of jose, which fetches keys only when `reload` is called. */
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

/** Returns the code or message of the cause, if there is one, because the message of `fetch` is always the same. */
export function formatKeySetFailure(failure: unknown): string {
  const { message, cause } = failure as Error
  const system = cause as { code?: unknown; message?: string } | undefined
  // The code of a timeout is a number.
  return typeof system?.code === 'string' ? system.code : (system?.message ?? message)
}

/**
 * Returns a function with which jose fetches a key set. jose rejects redirects and limits the time; the function limits
 * the size of the response. Each request uses a new connection, because requests are minutes apart.
 */
function createKeySetFetch(timeoutMs: number, findProxy: FindProxy | undefined): FetchImplementation {
  const connect = createConnect({ connectTimeout: timeoutMs * connectTimeoutShare, maxHeaderSize, findProxy })
  return async (url, { headers, method, redirect, signal }) => {
    // Imported only if JWTs are used, because vendor calls load only a part of undici.
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

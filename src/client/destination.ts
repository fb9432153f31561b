/** A Parley server, and how to call it. */
export interface ServerTarget {
  url: string
  /** API key. Omitted if the server requires none. */
  key?: string | undefined
  signal?: AbortSignal | undefined
}

export function createAuthorizationHeader(key: string | undefined): Record<string, string> {
  return key === undefined ? {} : { authorization: `Bearer ${key}` }
}

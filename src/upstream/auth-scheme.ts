/** A token and its end in ms since the epoch by our clock; null: it never ends. */
export interface Token {
  value: string
  expiresAt: number | null
  /** What the token endpoint reported; omitted if it reported none, or if another process fetched the token. */
  scopes?: readonly string[]
}

export interface TokenFetchContext {
  /** Our clock, corrected by what the vendor's `Date` header taught. */
  now(): number
  /** Sends a POST to the grant's `tokenUrl` and reads an OAuth response: `access_token`, `expires_in`, `scope`. Throws Problem. */
  postTokenRequest(request: TokenRequest): Promise<Token>
}

export interface TokenRequest {
  headers?: Readonly<Record<string, string>>
  /** Exactly one of the two. */
  form?: Readonly<Record<string, string>>
  json?: unknown
}

/** How an account's tokens are had and where they go. */
export interface AuthScheme {
  /** Omitted if tokens are created without a request. */
  tokenUrl?: string
  fetchToken(context: TokenFetchContext): Promise<Token>
  /** Where the token stands in a request; default `Authorization: Bearer`. */
  attachToken?(token: string): { headers?: Readonly<Record<string, string>>; query?: Readonly<Record<string, string>> }
  /** False: a rejected token is not fetched anew (a configured key). */
  isRenewable?: false
}

/** An access token. */
export interface Token {
  value: string
  /** In milliseconds since the epoch, by the clock of this machine. Null if the token does not expire. */
  expiresAt: number | null
  /** Scopes that the token endpoint reported. Omitted if it reported none, or if another process fetched the token. */
  scopes?: readonly string[]
}

/** What an auth scheme can use to fetch a token. */
export interface TokenFetchContext {
  /** Current time in milliseconds since the epoch, corrected by the difference to the vendor's `Date` header. */
  now(): number
  /**
   * Sends `POST` to the auth scheme's `tokenUrl` and reads an OAuth response: `access_token`, `expires_in`, `scope`.
   *
   * @throws Problem
   */
  postTokenRequest(request: TokenRequest): Promise<Token>
}

/** Body and headers of a token request. */
export interface TokenRequest {
  headers?: Readonly<Record<string, string>>
  /** Exactly one of `form` and `json` is set. */
  form?: Readonly<Record<string, string>>
  json?: unknown
}

/** How an account obtains access tokens and attaches them to requests. */
export interface AuthScheme {
  /** Omitted if tokens are created without a request. */
  tokenUrl?: string
  fetchToken(context: TokenFetchContext): Promise<Token>
  /** Returns the headers or query parameters that carry the token. Default: `Authorization: Bearer`. */
  attachToken?(token: string): { headers?: Readonly<Record<string, string>>; query?: Readonly<Record<string, string>> }
  /** False if a rejected token cannot be replaced, such as a configured key. Default: true. */
  isRenewable?: false
}

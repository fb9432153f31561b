import { createHash, timingSafeEqual } from 'node:crypto'
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import type { JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from 'jose'
import { Problem } from './errors.ts'

export type Scope = 'read' | 'write' | 'credentials' | 'explore'
const everyScope: readonly Scope[] = ['read', 'write', 'credentials', 'explore']

export interface Caller {
  name: string
  scopes: ReadonlySet<Scope>
  /** Keys of the accounts it may use; null: all. */
  accounts: ReadonlySet<string> | null
}

export interface Client {
  name: string
  /** 64 hexadecimal digits. */
  apiKeySha256: string
  scopes: readonly Scope[]
  accounts: readonly string[] | null
}

export interface JwtOptions {
  issuer: string
  audience: string
  jwksUrl: string
}

/** Takes the Authorization header; throws UNAUTHENTICATED in the same words always, the reason in its cause. */
export type Authenticate = (authorization: string | undefined) => Promise<Caller>

const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']
const clockTolerance = 5
const tokenBytes = 8 * 1024
/** In ms: how long the key set may take, and how often a key that it did not have is looked for in it. */
const keySetTimes = { timeoutDuration: 3_000, cooldownDuration: 1_000 }

/** API keys and JWTs side by side; with neither configured everyone is the local caller with every scope. */
export function createAuthenticator(options: { clients: readonly Client[]; jwt: JwtOptions | null }): Authenticate {
  const { clients, jwt } = options
  if (clients.length === 0 && jwt === null) {
    const local: Caller = { name: 'local', scopes: new Set(everyScope), accounts: null }
    return async () => local
  }
  const findClient = clientFinder(clients)
  const keys = jwt && createRemoteJWKSet(new URL(jwt.jwksUrl), keySetTimes)
  return async (authorization) => {
    const token = /^Bearer +([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) throw unauthenticated('no bearer token')
    const client = findClient(token)
    if (client) return client
    if (!jwt || !keys) throw unauthenticated('unknown API key')
    return verifyJwt(token, jwt, keys)
  }
}

/** Compares with every client's hash, always all of them, so that time tells nothing. */
function clientFinder(clients: readonly Client[]): (key: string) => Caller | null {
  const known = clients.map(({ name, apiKeySha256, scopes, accounts }) => ({
    hash: Buffer.from(apiKeySha256, 'hex'),
    caller: { name, scopes: new Set(scopes), accounts: accounts && new Set(accounts) },
  }))
  return (key) => {
    const hash = createHash('sha256').update(key).digest()
    let found: Caller | null = null
    for (const client of known) if (timingSafeEqual(client.hash, hash)) found = client.caller
    return found
  }
}

async function verifyJwt(token: string, options: JwtOptions, keys: JWTVerifyGetKey): Promise<Caller> {
  if (token.length > tokenBytes) throw unauthenticated('token longer than 8 KiB')
  try {
    const { jku, x5u, jwk } = decodeProtectedHeader(token)
    if (jku !== undefined || x5u !== undefined || jwk !== undefined) throw new Error('header brings its own key')
    const { issuer, audience } = options
    const requiredClaims = ['iss', 'aud', 'exp', 'sub']
    return callerOf(await verified(token, keys, { algorithms, issuer, audience, clockTolerance, requiredClaims }))
  } catch (error) {
    throw unauthenticated(error instanceof Error ? error.message : 'unreadable token')
  }
}

/** By whichever key fits: a key set may hold several of one id, or of none. */
async function verified(token: string, keys: JWTVerifyGetKey, options: JWTVerifyOptions): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys, options)).payload
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    let reason: unknown = error
    for await (const key of error) {
      try {
        return (await jwtVerify(token, key, options)).payload
      } catch (failure) {
        reason = failure
      }
    }
    throw reason
  }
}

/** Its name cannot be one of a configured client: those hold no colon. */
function callerOf({ sub, scope, parley_accounts: accounts }: JWTPayload): Caller {
  if (typeof sub !== 'string' || sub === '') throw new Error('"sub" is no name')
  if (scope !== undefined && typeof scope !== 'string') throw new Error('"scope" is no string')
  const named: ReadonlySet<string> = new Set(scope?.split(' '))
  return {
    name: `jwt:${sub}`,
    scopes: new Set(everyScope.filter((known) => named.has(known))),
    accounts: keysOf(accounts),
  }
}

function keysOf(accounts: unknown): ReadonlySet<string> | null {
  if (accounts === undefined) return null
  if (!Array.isArray(accounts) || !accounts.every((key) => typeof key === 'string')) {
    throw new Error('"parley_accounts" is no list of strings')
  }
  return new Set(accounts)
}

function unauthenticated(reason: string): Problem {
  return new Problem('UNAUTHENTICATED', 'Valid credentials are required: Authorization: Bearer <API key or JWT>.', {
    cause: new Error(reason),
  })
}

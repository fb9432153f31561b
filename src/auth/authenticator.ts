import { hash, timingSafeEqual } from 'node:crypto'
import { Problem } from '../core/errors.ts'
import { scopes as allScopes, type ApiClient, type Caller } from './caller.ts'
import type { KeySet } from './jwt/key-set.ts'
import { createJwtVerifier, type JwtVerifierOptions } from './jwt/verifier.ts'

/**
 * Returns the caller of a request by its Authorization header. Returns a promise only for a JWT.
 *
 * @throws `UNAUTHENTICATED`, with the same message for every reason. The reason is the cause of the error.
 * @throws `AUTHENTICATION_UNAVAILABLE` if the keys that verify JWTs cannot be fetched.
 */
export type Authenticate = (authorization: string | undefined) => Caller | Promise<Caller>

export interface AuthenticatorOptions {
  clients: readonly ApiClient[]
  /** Null if no issuer is configured. */
  jwt: readonly JwtVerifierOptions[] | null
  /** Returns the key set of an issuer. Default: a new key set. */
  findKeySet?: ((issuer: JwtVerifierOptions) => KeySet) | undefined
}

/** The caller of every request if no authentication is configured. */
export const localCaller: Caller = { name: 'local', scopes: new Set(allScopes), accounts: null }

/**
 * Returns a function that authenticates API keys and JWTs. If neither is configured, every request comes from
 * `localCaller`, which has all scopes.
 */
export function createAuthenticator({ clients, jwt, findKeySet }: AuthenticatorOptions): Authenticate {
  if (clients.length === 0 && jwt === null) {
    return () => localCaller
  }
  const findClient = createClientFinder(clients)
  const verifyJwt = jwt && createJwtVerifier(jwt, findKeySet)
  return (authorization) => {
    const token = /^Bearer +([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) throw createUnauthenticatedProblem('no bearer token')
    const client = findClient(token)
    if (client) return client
    if (!verifyJwt) throw createUnauthenticatedProblem('unknown API key')
    return verifyJwt(token).catch((error: unknown) => {
      throw error instanceof Problem
        ? error
        : createUnauthenticatedProblem(error instanceof Error ? error.message : 'unreadable token')
    })
  }
}

/**
 * Returns a function that finds the client of an API key. A key is compared with all hashes of all clients, so that the
 * time does not depend on the key. An accepted key is found in a map the next time. V8 compares its hash, which has a
 * random seed, before it compares characters.
 */
function createClientFinder(clients: readonly ApiClient[]): (key: string) => Caller | null {
  const clientHashes = clients.flatMap(({ name, apiKeySha256, scopes, accounts }) => {
    const caller = { name, scopes: new Set(scopes), accounts: accounts && new Set(accounts) }
    return [apiKeySha256].flat().map((hash) => ({ hash: Buffer.from(hash, 'hex'), caller }))
  })
  const callerByKey = new Map<string, Caller>()
  return (key) => {
    const cached = callerByKey.get(key)
    if (cached) return cached
    // Node returns a digest as a string in a third of the time that it takes to return a buffer.
    const digest = Buffer.from(hash('sha256', key, 'hex'), 'hex')
    let caller: Caller | null = null
    for (const client of clientHashes) if (timingSafeEqual(client.hash, digest)) caller = client.caller
    if (caller) callerByKey.set(key, caller)
    return caller
  }
}

/** @param reason For the log. The message is the same for every reason. */
export function createUnauthenticatedProblem(reason: string): Problem {
  return new Problem('UNAUTHENTICATED', 'Valid credentials are required: Authorization: Bearer <API key or JWT>.', {
    cause: new Error(reason),
  })
}

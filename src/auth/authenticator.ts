import { hash, timingSafeEqual } from 'node:crypto'
import { Problem } from '../core/errors.ts'
import { scopes as everyScope, type ApiClient, type Caller } from './caller.ts'
import type { KeySet } from './jwt/key-set.ts'
import { createJwtVerifier, type JwtVerifierOptions } from './jwt/verifier.ts'

/**
 * Returns the caller that an Authorization header names: at once for an API key, as a promise for a JWT.
 *
 * @throws UNAUTHENTICATED with one text for every reason; the reason is the error's cause.
 * @throws AUTHENTICATION_UNAVAILABLE if the keys of JWTs cannot be fetched.
 */
export type Authenticate = (authorization: string | undefined) => Caller | Promise<Caller>

export interface AuthenticatorOptions {
  clients: readonly ApiClient[]
  /** Null if no issuer is configured. */
  jwt: readonly JwtVerifierOptions[] | null
  /** Returns the keys of an issuer. Default: new ones. */
  findKeySet?: ((issuer: JwtVerifierOptions) => KeySet) | undefined
}

/** Accepts API keys and JWTs. If neither is configured, everyone is the local caller with every scope. */
export function createAuthenticator({ clients, jwt, findKeySet }: AuthenticatorOptions): Authenticate {
  if (clients.length === 0 && jwt === null) {
    const local: Caller = { name: 'local', scopes: new Set(everyScope), accounts: null }
    return () => local
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
 * Compares with every hash of every client, always all of them, so that time tells nothing. A key that was accepted is found
 * in a map the next time: V8 compares its hash, with a random seed, before it compares any character.
 */
function createClientFinder(clients: readonly ApiClient[]): (key: string) => Caller | null {
  const known = clients.flatMap(({ name, apiKeySha256, scopes, accounts }) => {
    const caller = { name, scopes: new Set(scopes), accounts: accounts && new Set(accounts) }
    return [apiKeySha256].flat().map((hash) => ({ hash: Buffer.from(hash, 'hex'), caller }))
  })
  const accepted = new Map<string, Caller>()
  return (key) => {
    const remembered = accepted.get(key)
    if (remembered) return remembered
    // Node makes a text of a digest in a third of the time that it takes to make a buffer.
    const digest = Buffer.from(hash('sha256', key, 'hex'), 'hex')
    let found: Caller | null = null
    for (const client of known) if (timingSafeEqual(client.hash, digest)) found = client.caller
    if (found) accepted.set(key, found)
    return found
  }
}

function createUnauthenticatedProblem(reason: string): Problem {
  return new Problem('UNAUTHENTICATED', 'Valid credentials are required: Authorization: Bearer <API key or JWT>.', {
    cause: new Error(reason),
  })
}

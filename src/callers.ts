import { isDeepStrictEqual } from 'node:util'
import { createAuthenticator, type Authenticate } from './caller.ts'
import { CallerBudgets } from './caller-budgets.ts'
import type { Configuration, JwtConfiguration } from './config.ts'
import { KeySet } from './jwt/key-set.ts'
import type { JwtVerifierOptions } from './jwt/verifier.ts'

/** Adds to issuers what reports the state of their keys. */
type ObserveKeySets = (issuers: readonly JwtConfiguration[]) => JwtConfiguration[]

/** The callers of the configuration in use. */
export class Callers {
  readonly budgets = new CallerBudgets({ clients: [], jwt: null })
  readonly #observeKeySets: ObserveKeySets
  #keySets: readonly { settings: unknown; keySet: KeySet }[] = []
  #authenticate: Authenticate = createAuthenticator({ clients: [], jwt: null })

  constructor(observeKeySets: ObserveKeySets) {
    this.#observeKeySets = observeKeySets
  }

  readonly authenticate: Authenticate = (authorization) => this.#authenticate(authorization)

  /** Accepts the callers of a configuration, and no others. Budgets and keys whose settings are the same are kept. */
  apply({ clients, jwt, proxy }: Configuration): void {
    const before = this.#keySets
    const keySets: { settings: unknown; keySet: KeySet }[] = []
    const findKeySet = (issuer: JwtVerifierOptions): KeySet => {
      const settings = [issuer.issuer, issuer.jwksUrl, issuer.maxKeyAgeSeconds, proxy]
      const known = before.find((each) => isDeepStrictEqual(each.settings, settings))
      const keySet = known?.keySet ?? new KeySet(issuer)
      keySets.push({ settings, keySet })
      return keySet
    }
    this.#authenticate = createAuthenticator({ clients, jwt: jwt && this.#observeKeySets(jwt), findKeySet })
    this.#keySets = keySets
    this.budgets.setLimits({ clients, jwt })
  }
}

import { isDeepStrictEqual } from 'node:util'
import { createAuthenticator, type Authenticate } from './authenticator.ts'
import type { ApiClient, CallerLimits } from './caller.ts'
import { CallerBudgets } from './caller-budgets.ts'
import { KeySet } from './jwt/key-set.ts'
import type { JwtVerifierOptions } from './jwt/verifier.ts'

export interface CallersOptions {
  /** Called when the key set of an issuer cannot be fetched after it could, and with null when it can be again. */
  onKeySetChange: (issuer: string, failure: unknown) => void
}

/** What a configuration says of callers. */
export interface CallerSettings {
  clients: readonly ApiClient[]
  /** Null if no issuer of JWTs is configured. */
  jwt: readonly (JwtVerifierOptions & { limits?: CallerLimits | undefined })[] | null
  /** Settings of the proxy for key sets. Keys are fetched again when they change. */
  proxy?: unknown
}

/** The callers of the configuration in use. */
export class Callers {
  readonly budgets = new CallerBudgets({ clients: [], jwt: null })
  readonly #options: CallersOptions
  #keySets: readonly { settings: unknown; keySet: KeySet }[] = []
  #authenticate: Authenticate = createAuthenticator({ clients: [], jwt: null })

  constructor(options: CallersOptions) {
    this.#options = options
  }

  /** Whether the last fetch of the keys succeeded, for every issuer. */
  get hasKeys(): boolean {
    return this.#keySets.every(({ keySet }) => !keySet.hasFailed)
  }

  readonly authenticate: Authenticate = (authorization) => this.#authenticate(authorization)

  /** Accepts the callers of a configuration, and no others. Budgets and keys whose settings are the same are kept. */
  apply({ clients, jwt, proxy }: CallerSettings): void {
    const before = this.#keySets
    const keySets: { settings: unknown; keySet: KeySet }[] = []
    const findKeySet = (issuer: JwtVerifierOptions): KeySet => {
      const settings = [issuer.issuer, issuer.jwksUrl, issuer.maxKeyAgeSeconds, proxy]
      const known = before.find((each) => isDeepStrictEqual(each.settings, settings))
      const onChange = (failure: unknown): void => this.#options.onKeySetChange(issuer.issuer, failure)
      const keySet = known?.keySet ?? new KeySet({ ...issuer, onChange })
      keySets.push({ settings, keySet })
      return keySet
    }
    this.#authenticate = createAuthenticator({ clients, jwt, findKeySet })
    this.#keySets = keySets
    this.budgets.setLimits({ clients, jwt })
  }
}

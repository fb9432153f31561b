import { isDeepStrictEqual } from 'node:util'
import { createAuthenticator, type Authenticate } from './authenticator.ts'
import type { ApiClient, CallerLimits } from './caller.ts'
import { CallerBudgets } from './caller-budgets.ts'
import { KeySet } from './jwt/key-set.ts'
import type { JwtVerifierOptions } from './jwt/verifier.ts'

export interface CallersOptions {
  /**
   * Called with the error when the key set of an issuer can no longer be fetched, and with null when it can be fetched
   * again.
   */
  onKeySetChange: (issuer: string, failure: unknown) => void
}

/** Settings of the callers in the configuration. */
export interface CallerSettings {
  clients: readonly ApiClient[]
  /** Null if no issuer of JWTs is configured. */
  jwt: readonly (JwtVerifierOptions & { limits?: CallerLimits | undefined })[] | null
  /** Settings of the proxy for key sets. If they change, the key sets are fetched again. */
  proxy?: unknown
}

/** Authenticates the callers of the current configuration, and counts their budgets. */
export class Callers {
  readonly budgets = new CallerBudgets({ clients: [], jwt: null })
  readonly #options: CallersOptions
  #keySets: readonly { settings: unknown; keySet: KeySet }[] = []
  #authenticate: Authenticate = createAuthenticator({ clients: [], jwt: null })

  constructor(options: CallersOptions) {
    this.#options = options
  }

  /** Whether the last fetch of the key set succeeded for every issuer. */
  get hasKeys(): boolean {
    return this.#keySets.every(({ keySet }) => !keySet.hasFailed)
  }

  readonly authenticate: Authenticate = (authorization) => this.#authenticate(authorization)

  /** Applies a new configuration. Budgets and key sets whose settings are unchanged are kept. */
  apply({ clients, jwt, proxy }: CallerSettings): void {
    const previous = this.#keySets
    const keySets: { settings: unknown; keySet: KeySet }[] = []
    const findKeySet = (issuer: JwtVerifierOptions): KeySet => {
      const settings = [issuer.issuer, issuer.jwksUrl, issuer.maxKeyAgeSeconds, proxy]
      const existing = previous.find((entry) => isDeepStrictEqual(entry.settings, settings))
      const onChange = (failure: unknown): void => this.#options.onKeySetChange(issuer.issuer, failure)
      const keySet = existing?.keySet ?? new KeySet({ ...issuer, onChange })
      keySets.push({ settings, keySet })
      return keySet
    }
    this.#authenticate = createAuthenticator({ clients, jwt, findKeySet })
    this.#keySets = keySets
    this.budgets.setLimits({ clients, jwt })
  }
}

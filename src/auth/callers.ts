import { isDeepStrictEqual } from 'node:util'
import { createAuthenticator, localCaller, type Authenticate } from './authenticator.ts'
import type { ApiClient, CallerLimits, Scope } from './caller.ts'
import { CallerBudgets } from './caller-budgets.ts'
import { KeySet } from './jwt/key-set.ts'
import { formatSubjectPrefix, type JwtVerifierOptions } from './jwt/verifier.ts'

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
  /** The tools for language models. `url` is the audience of JWTs for them. */
  mcp?: { url: string | null } | null
}

/** Authenticates the callers of the current configuration, and counts their budgets. */
export class Callers {
  readonly budgets = new CallerBudgets({ clients: [], jwt: null })
  readonly #options: CallersOptions
  #keySets: readonly { settings: unknown; keySet: KeySet }[] = []
  #authenticate: Authenticate = createAuthenticator({ clients: [], jwt: null })
  #authenticateForTools: Authenticate = this.#authenticate
  #settings: CallerSettings = { clients: [], jwt: null }

  constructor(options: CallersOptions) {
    this.#options = options
  }

  /** Whether the last fetch of the key set succeeded for every issuer. */
  get hasKeys(): boolean {
    return this.#keySets.every(({ keySet }) => !keySet.hasFailed)
  }

  readonly authenticate: Authenticate = (authorization) => this.#authenticate(authorization)

  /** As `authenticate`, except that a JWT must be for the tools. */
  readonly authenticateForTools: Authenticate = (authorization) => this.#authenticateForTools(authorization)

  /**
   * Whether a caller that has authenticated earlier can still use a scope in an account. A subject of JWTs can, as long as its
   * issuer is configured, because only its next JWT shows what it has lost.
   */
  canUse(name: string, scope: Scope, account: string): boolean {
    const { clients, jwt } = this.#settings
    if (clients.length === 0 && jwt === null) return name === localCaller.name
    if (name.includes(':')) return jwt?.some((issuer) => name.startsWith(formatSubjectPrefix(issuer.name))) ?? false
    const client = clients.find((candidate) => candidate.name === name)
    return client !== undefined && client.scopes.includes(scope) && (client.accounts?.includes(account) ?? true)
  }

  /** Applies a new configuration. Budgets and key sets whose settings are unchanged are kept. */
  apply(settings: CallerSettings): void {
    const { clients, jwt, proxy, mcp } = settings
    const previous = this.#keySets
    const keySets: { settings: unknown; keySet: KeySet }[] = []
    const findKeySet = (issuer: JwtVerifierOptions): KeySet => {
      const settings = [issuer.issuer, issuer.jwksUrl, issuer.maxKeyAgeSeconds, proxy]
      const isSame = (entry: { settings: unknown }): boolean => isDeepStrictEqual(entry.settings, settings)
      const shared = keySets.find(isSame)
      if (shared) return shared.keySet
      const onChange = (failure: unknown): void => this.#options.onKeySetChange(issuer.issuer, failure)
      const keySet = previous.find(isSame)?.keySet ?? new KeySet({ ...issuer, onChange })
      keySets.push({ settings, keySet })
      return keySet
    }
    const url = mcp?.url ?? null
    this.#authenticate = createAuthenticator({ clients, jwt, findKeySet })
    this.#authenticateForTools =
      jwt === null || url === null
        ? this.#authenticate
        : createAuthenticator({ clients, jwt: jwt.map((issuer) => ({ ...issuer, audience: url })), findKeySet })
    this.#keySets = keySets
    this.#settings = settings
    this.budgets.setLimits({ clients, jwt })
  }
}

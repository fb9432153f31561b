import { Problem } from '../../src/core/errors.ts'
import type { Token } from '../../src/upstream/auth-scheme.ts'
import { TokenProvider, type AccessToken } from '../../src/upstream/token-provider.ts'

/** Lifetime of a token, in ms. */
export const life = 600_000

/** A vendor that checks whether a token is valid, and a token provider that fetches its tokens. */
export class Fixture {
  now = 0
  fetches: PromiseWithResolvers<Token>[] = []
  issued = 0
  revoked = 0
  readonly cell = new TokenProvider({
    clock: { now: () => this.now, sleep: async () => undefined },
    fetchToken: () => {
      const fetching = Promise.withResolvers<Token>()
      this.fetches.push(fetching)
      return fetching.promise
    },
  })
  respondToFetch(): void {
    this.fetches.shift()?.resolve({ value: String(++this.issued), expiresAt: this.now + life })
  }
  fail(): void {
    this.fetches.shift()?.reject(new Problem('VENDOR_AUTH_FAILED', 'down', { retryable: true }))
  }
  alive = (token: AccessToken): boolean => Number(token.value) > this.revoked
}

import type { Problem } from '../../src/core/errors.ts'
import type { Token } from '../../src/upstream/auth-scheme.ts'

/** TTL of a token, in ms. */
export const tokenTtlMs = 600_000

/** A vendor that counts the tokens it issues. Tokens up to the number `revoked` are rejected. */
export class CountingVendor {
  issued = 0
  revoked = 0
  fetching = 0
  maxFetching = 0
  wait: Promise<void> = Promise.resolve()
  failure: Problem | null = null

  fetch = async (): Promise<Token> => {
    this.maxFetching = Math.max(this.maxFetching, ++this.fetching)
    await this.wait
    this.fetching -= 1
    if (this.failure) throw this.failure
    return { value: `token-${++this.issued}`, expiresAt: Date.now() + tokenTtlMs }
  }
  isValid = ({ value }: Token): boolean => Number(value.slice('token-'.length)) > this.revoked
}

import type { Problem } from '../../src/core/errors.ts'
import type { Token } from '../../src/upstream/auth-scheme.ts'

/** Of a token, in ms. */
export const life = 600_000

/** A vendor that counts the tokens that it gives, and forgets them when told to. */
export class CountingVendor {
  issued = 0
  revoked = 0
  fetching = 0
  mostFetching = 0
  wait: Promise<void> = Promise.resolve()
  fails: Problem | null = null

  fetch = async (): Promise<Token> => {
    this.mostFetching = Math.max(this.mostFetching, ++this.fetching)
    await this.wait
    this.fetching -= 1
    if (this.fails) throw this.fails
    return { value: `token-${++this.issued}`, expiresAt: Date.now() + life }
  }
  alive = ({ value }: Token): boolean => Number(value.slice('token-'.length)) > this.revoked
}

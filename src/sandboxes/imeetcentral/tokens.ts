import { randomBytes } from 'node:crypto'

/** Shortest TTL in seconds. The vendor's sample client fails for a shorter one. */
const shortestLife = 6

/** Issued access tokens. Tests can change their TTL and revoke them. */
export class AccessTokens {
  readonly #now: () => number
  readonly #ends = new Map<string, number>()
  #lifeSeconds = 0

  constructor(now: () => number, lifeSeconds: number) {
    this.#now = now
    this.lifeSeconds = lifeSeconds
  }

  /** TTL of the tokens that are issued from now on, in seconds, 6 or more. */
  get lifeSeconds(): number {
    return this.#lifeSeconds
  }

  set lifeSeconds(seconds: number) {
    if (!(seconds >= shortestLife)) throw new RangeError(`The TTL of a token must be at least ${shortestLife} seconds.`)
    this.#lifeSeconds = seconds
  }

  issue(): string {
    const token = randomBytes(24).toString('hex')
    this.#ends.set(token, this.#now() + this.#lifeSeconds * 1000)
    return token
  }

  /** Makes all issued tokens expire. */
  revokeAll(): void {
    for (const token of this.#ends.keys()) this.#ends.set(token, 0)
  }

  check(token: string): 'fresh' | 'expired' | 'unknown' {
    const end = this.#ends.get(token)
    if (end === undefined) return 'unknown'
    return this.#now() < end ? 'fresh' : 'expired'
  }
}

import { createHash } from 'node:crypto'
import { Problem } from '../errors.ts'
import type { Clock } from './clock.ts'
import type { Token } from './grant.ts'

/** A token in use. `generation` counts renewals, so that one rejection costs one renewal however many calls meet it. */
export interface HeldToken extends Token {
  generation: number
}

export interface TokenCellOptions {
  /** Fetches a token; throws Problem. Its own deadline is its affair. */
  fetch(): Promise<Token>
  clock: Clock
  /** False: a rejected token cannot be replaced. */
  renewable?: boolean
  /** How long a failed fetch is shared with those who come after it, and the pause between background tries; ms. */
  failurePause?: number
  /** A token was fetched or could not be. */
  onFetch?(outcome: 'ok' | 'failed'): void
}

const inspect = Symbol.for('nodejs.util.inspect.custom')

/**
 * One account's token: fetched on first use, one fetch at a time however many wait, renewed in the background before
 * it ends (by the smaller of 2 minutes and a tenth of its life) while the old one goes on serving.
 */
export class TokenCell {
  readonly #options: TokenCellOptions
  #held: (HeldToken & { renewAt: number; replacesRejected: boolean; accepted: boolean }) | null = null
  #generation = 0
  #pending: Promise<void> | null = null
  #failure: { problem: Problem; until: number } | null = null
  #rejected = false

  constructor(options: TokenCellOptions) {
    this.#options = options
  }

  /** When the token now held runs out; null where there is none or it never does. */
  get expiresAt(): number | null {
    return this.#held?.expiresAt ?? null
  }

  /** A live token. Throws Problem; a waiter whose signal aborts leaves, the fetch goes on for the others. */
  async get(signal: AbortSignal): Promise<HeldToken> {
    const { clock } = this.#options
    for (;;) {
      const held = this.#held
      const now = clock.now()
      if (held && (held.expiresAt === null || now < held.expiresAt)) {
        if (now >= held.renewAt && !this.#failing(now)) void this.#fetch()
        return held
      }
      const failure = this.#failing(now)
      if (failure) throw failure
      await leaveOnAbort(this.#fetch(), signal)
      const failed = this.#failing(clock.now())
      if (failed && !this.#held) throw failed
    }
  }

  /** The vendor took the token. */
  accepted(token: HeldToken): void {
    if (this.#held?.generation === token.generation) this.#held.accepted = true
  }

  /**
   * The vendor called the token dead. The first to say so of a generation makes it be renewed; a renewed one that is
   * refused in its turn, before any call took it, is given up for a while. False where a repeat is pointless.
   */
  rejected(token: HeldToken): boolean {
    const held = this.#held
    if (this.#options.renewable === false) return false
    if (held?.generation !== token.generation) return !this.#failing(this.#options.clock.now())
    this.#held = null
    this.#rejected = true
    if (held.replacesRejected && !held.accepted) {
      this.#fail(
        new Problem('VENDOR_AUTH_FAILED', 'The vendor refuses every access token, also a fresh one.', {
          retryable: false,
        }),
      )
      return false
    }
    return true
  }

  #failing(now: number): Problem | null {
    return this.#failure && now < this.#failure.until ? this.#failure.problem : null
  }

  #fail(problem: Problem): void {
    this.#failure = { problem, until: this.#options.clock.now() + (this.#options.failurePause ?? 3_000) }
  }

  #fetch(): Promise<void> {
    this.#pending ??= this.#renew().finally(() => void (this.#pending = null))
    return this.#pending
  }

  async #renew(): Promise<void> {
    try {
      const token = await this.#options.fetch()
      const now = this.#options.clock.now()
      const life = token.expiresAt === null ? Infinity : token.expiresAt - now
      const renewAt = token.expiresAt === null ? Infinity : token.expiresAt - Math.min(120_000, life / 10)
      const replacesRejected = this.#rejected
      this.#rejected = false
      this.#held = { ...token, generation: ++this.#generation, renewAt, replacesRejected, accepted: false }
      this.#failure = null
      this.#options.onFetch?.('ok')
    } catch (error) {
      this.#fail(
        error instanceof Problem
          ? error
          : new Problem('VENDOR_AUTH_FAILED', 'No access token could be had.', { retryable: true, cause: error }),
      )
      this.#options.onFetch?.('failed')
    }
  }

  toJSON(): string {
    return '[redacted]'
  }
  [inspect](): string {
    return 'TokenCell [redacted]'
  }
}

function leaveOnAbort(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void =>
      reject(new Problem('VENDOR_TIMEOUT', 'No access token could be had in time.', { cause: signal.reason }))
    if (signal.aborted) return leave()
    signal.addEventListener('abort', leave, { once: true })
    void work.finally(() => signal.removeEventListener('abort', leave)).then(resolve, reject)
  })
}

/** How a token may be named in a log: a digest, never a part of it. */
export function tokenName(value: string): string {
  return `sha256:${createHash('sha256').update(value).digest('hex').slice(0, 8)}`
}

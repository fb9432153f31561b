import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { Problem } from '../core/errors.ts'
import { cacheBySecret, type Secrets } from '../core/secrets.ts'
import type { OperationRecord } from './store.ts'

/** How long in ms a key belongs to its operation. */
export const keyTtlMs = 24 * 60 * 60 * 1000

/** What an idempotency key must be; null where it is. */
export function validateKey(key: string | null): Problem | null {
  if (key === null || /^[\x21-\x7e]{1,255}$/.test(key)) return null
  return new Problem('BAD_USER_INPUT', '"input.idempotencyKey" must be 1 to 255 visible ASCII characters.', {
    path: ['input', 'idempotencyKey'],
  })
}

export const createKeyReused = (): Problem =>
  new Problem('IDEMPOTENCY_KEY_REUSED', '"input.idempotencyKey" belongs to another input of this mutation.', {
    path: ['input', 'idempotencyKey'],
  })

export const createStillRunning = (): Problem =>
  new Problem('IDEMPOTENCY_IN_PROGRESS', 'The mutation with this "input.idempotencyKey" is still running. Retry later.')

/** Digests that cannot be guessed without the secret: an input may hold a passcode. */
export class InputDigest {
  readonly #secrets: Secrets
  readonly #getKey = cacheBySecret((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'parley operations', 32)))

  constructor(secrets: Secrets) {
    this.#secrets = secrets
  }

  /** Of an input, whatever the order of its fields; less what only names the call. base64url. */
  computeInputDigest(input: object, secret = this.#secrets.current): string {
    const { idempotencyKey: _, clientMutationId: __, ...rest } = input as Record<string, unknown>
    return this.#computeMac('input', toCanonicalJson(rest), secret).toString('base64url')
  }

  /** Whether a process made the digest of this input, with any of the secrets. */
  isOfInput(digest: string, input: object): boolean {
    return this.#secrets.all.some((secret) => this.computeInputDigest(input, secret) === digest)
  }

  /**
   * 20 lower-case letters and digits: of what names the operation, or random without an idempotency key. The day is part
   * of it, so that a key used again after its life names something else.
   */
  deriveClientAssignedId(
    operation: Pick<OperationRecord, 'caller' | 'mutation' | 'key' | 'digest' | 'startedAt'>,
  ): string {
    const { caller, mutation, key, digest, startedAt } = operation
    const named = toCanonicalJson([caller, mutation, key, digest, Math.floor(startedAt / keyTtlMs)])
    const bytes = key === null ? randomBytes(32) : this.#computeMac('natural key', named, this.#secrets.current)
    // A letter in front: some vendors tell names from numbers by it.
    return `p${BigInt(`0x${bytes.toString('hex')}`)
      .toString(36)
      .slice(-19)
      .padStart(19, '0')}`
  }

  #computeMac(purpose: string, text: string, secret: string): Buffer {
    return createHmac('sha256', this.#getKey(secret)).update(`${purpose}\n${text}`).digest()
  }
}

function toCanonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    const plain = typeof part === 'object' && part !== null && !Array.isArray(part)
    return plain ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part
  })
}

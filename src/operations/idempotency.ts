import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { Problem } from '../core/errors.ts'
import { cacheBySecret, type Secrets } from '../core/secrets.ts'
import type { OperationRecord } from './store.ts'

/** How long an operation owns its idempotency key, in milliseconds. */
export const keyTtlMs = 24 * 60 * 60 * 1000

/** Returns BAD_USER_INPUT if the idempotency key is malformed. Null if the key is valid or omitted. */
export function validateKey(key: string | null): Problem | null {
  if (key === null || /^[\x21-\x7e]{1,255}$/.test(key)) return null
  return new Problem('BAD_USER_INPUT', '"input.idempotencyKey" must have 1 to 255 visible ASCII characters.', {
    path: ['input', 'idempotencyKey'],
  })
}

export const createKeyReusedProblem = (): Problem =>
  new Problem(
    'IDEMPOTENCY_KEY_REUSED',
    '"input.idempotencyKey" was already used with a different input. Use a new key.',
    {
      path: ['input', 'idempotencyKey'],
    },
  )

export const createInProgressProblem = (): Problem =>
  new Problem(
    'IDEMPOTENCY_IN_PROGRESS',
    'The mutation with this "input.idempotencyKey" is still in progress. Send it again with the same key to get the result.',
  )

/** Computes keyed hashes of inputs. They cannot be guessed without the secret, because an input can contain a passcode. */
export class InputDigest {
  readonly #secrets: Secrets
  readonly #getKey = cacheBySecret((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'parley operations', 32)))

  constructor(secrets: Secrets) {
    this.#secrets = secrets
  }

  /**
   * Returns the HMAC of an input in base64url. The order of the fields does not matter. `idempotencyKey` and
   * `clientMutationId` are ignored.
   */
  computeInputDigest(input: object, secret = this.#secrets.current): string {
    const { idempotencyKey: _, clientMutationId: __, ...rest } = input as Record<string, unknown>
    return this.#computeMac('input', toCanonicalJson(rest), secret).toString('base64url')
  }

  /** Whether the digest was computed from this input, with any of the secrets. */
  isOfInput(digest: string, input: object): boolean {
    return this.#secrets.all.some((secret) => this.computeInputDigest(input, secret) === digest)
  }

  /**
   * Returns an ID of 20 lowercase letters and digits for the object that an operation creates. The ID is derived from the
   * caller, mutation, idempotency key, input, and day. The day is included so that a key that is used again after 24 hours
   * yields another ID. Random if the operation has no idempotency key.
   */
  deriveClientAssignedId(
    operation: Pick<OperationRecord, 'caller' | 'mutation' | 'key' | 'digest' | 'startedAt'>,
  ): string {
    const { caller, mutation, key, digest, startedAt } = operation
    const identity = toCanonicalJson([caller, mutation, key, digest, Math.floor(startedAt / keyTtlMs)])
    const bytes = key === null ? randomBytes(32) : this.#computeMac('natural key', identity, this.#secrets.current)
    // Begins with a letter, because some vendors treat an ID without one as a number.
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
    const isPlainObject = typeof part === 'object' && part !== null && !Array.isArray(part)
    return isPlainObject ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part
  })
}

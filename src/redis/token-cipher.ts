import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

const ivBytes = 12
const tagBytes = 16

/** Keeps an account's tokens from all who do not have its own credentials: AES-256-GCM with a key made of them. */
export class TokenCipher {
  readonly #key: Buffer
  readonly #idKey: Buffer
  /** Names the account and its credentials, and tells nothing of them. */
  readonly name: string

  /** `account`: what names it; `credentials`: what only its processes have. */
  constructor(secret: string, account: readonly string[], credentials: readonly string[]) {
    const known = JSON.stringify([account, credentials])
    const deriveKey = (purpose: string) => Buffer.from(hkdfSync('sha256', known, secret, `parley ${purpose}`, 32))
    this.#key = deriveKey('token')
    this.#idKey = deriveKey('token id')
    this.name = deriveKey('account').toString('base64url').slice(0, 22)
  }

  /** The same for the same token, and tells nothing of it. */
  computeTokenId(token: string): string {
    return createHmac('sha256', this.#idKey).update(token).digest('base64url').slice(0, 22)
  }

  encrypt(token: string): string {
    const iv = randomBytes(ivBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv)
    return Buffer.concat([iv, cipher.update(token, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64')
  }

  /** Null where it was not closed with this seal. */
  decrypt(sealed: string): string | null {
    const bytes = Buffer.from(sealed, 'base64')
    if (bytes.length < ivBytes + tagBytes) return null
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, ivBytes))
    decipher.setAuthTag(bytes.subarray(-tagBytes))
    try {
      return decipher.update(bytes.subarray(ivBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
    } catch {
      return null
    }
  }
}

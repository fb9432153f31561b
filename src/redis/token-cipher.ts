import { createHmac, hkdfSync } from 'node:crypto'
import { decryptText, encryptText } from '../core/cipher.ts'

/** Encrypts an account's tokens with AES-256-GCM. The key is derived from the account's credentials, so that only their owners can decrypt. */
export class TokenCipher {
  readonly #key: Buffer
  readonly #idKey: Buffer
  /** Identifies the account and its credentials without revealing them. */
  readonly name: string

  /**
   * @param secret Salt of the key. Can be empty.
   * @param account Values that identify the account.
   * @param credentials Secrets that only the processes of the account have.
   */
  constructor(secret: string, account: readonly string[], credentials: readonly string[]) {
    const keyMaterial = JSON.stringify([account, credentials])
    const deriveKey = (purpose: string) => Buffer.from(hkdfSync('sha256', keyMaterial, secret, `parley ${purpose}`, 32))
    this.#key = deriveKey('token')
    this.#idKey = deriveKey('token id')
    this.name = deriveKey('account').toString('base64url').slice(0, 22)
  }

  /** Returns the same ID for the same token, without revealing the token. */
  computeTokenId(token: string): string {
    return createHmac('sha256', this.#idKey).update(token).digest('base64url').slice(0, 22)
  }

  /** Returns the encrypted token in base64. */
  encrypt(token: string): string {
    return encryptText(this.#key, token).toString('base64')
  }

  /** Returns null if the text was not encrypted with the same key. */
  decrypt(encrypted: string): string | null {
    return decryptText(this.#key, Buffer.from(encrypted, 'base64'))
  }
}

import { hkdfSync } from 'node:crypto'
import { decryptText, encryptText } from '../core/cipher.ts'
import { cacheBySecret, type Secrets } from '../core/secrets.ts'

/** A recording that anyone who has the link can download until the link expires. */
export interface DownloadLink {
  /** Account key. */
  account: string
  /** See `Recording.parentId`. */
  parentId: string
  /** The vendor's ID of the file. */
  vendorId: string
  /** Name of the caller who created the link. */
  caller: string
  /** Media type of the response. */
  contentType: string
  /** In milliseconds since the epoch. */
  expiresAt: number
}

/** Longer than every token that `create` returns. Bounds the work for a link that does not authenticate. */
const maxTokenLength = 8_192

/**
 * Creates and reads the tokens of download links. A token contains the whole link, encrypted and authenticated together with
 * the file name of its URL, so that every process with the same secret can read it and nothing is stored.
 */
export class DownloadLinks {
  readonly #secrets: Secrets
  readonly #deriveKey = cacheBySecret((secret) =>
    Buffer.from(hkdfSync('sha256', secret, '', 'parley download link', 32)),
  )

  constructor(secrets: Secrets) {
    this.#secrets = secrets
  }

  /** Returns a token that is valid only together with the file name. */
  create(link: DownloadLink, fileName: string): string {
    const { account, parentId, vendorId, caller, contentType, expiresAt } = link
    const text = JSON.stringify([account, parentId, vendorId, caller, contentType, expiresAt])
    return encryptText(this.#deriveKey(this.#secrets.current), text, fileName).toString('base64url')
  }

  /** Returns null if the token does not authenticate together with the file name. Does not check when the link expires. */
  read(token: string, fileName: string): DownloadLink | null {
    if (token.length > maxTokenLength) return null
    const bytes = Buffer.from(token, 'base64url')
    // Different texts can be decoded to the same bytes.
    if (bytes.toString('base64url') !== token) return null
    for (const secret of this.#secrets.all) {
      const text = decryptText(this.#deriveKey(secret), bytes, fileName)
      if (text !== null) return parseLink(text)
    }
    return null
  }
}

function parseLink(text: string): DownloadLink {
  const [account, parentId, vendorId, caller, contentType, expiresAt] = JSON.parse(text) as [
    string,
    string,
    string,
    string,
    string,
    number,
  ]
  return { account, parentId, vendorId, caller, contentType, expiresAt }
}

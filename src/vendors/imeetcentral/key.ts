import { createPrivateKey, type KeyObject } from 'node:crypto'

/** Minimum key size of RS256 (RFC 7518). */
const minKeyBits = 2048

/**
 * Reads a client key in the formats that the vendor issues: PKCS#8 or PKCS#1, with or without a label, with any line
 * breaks. Ignores the label, because the vendor's label is wrong.
 *
 * @throws Error with the fix in its message.
 */
export function readKey(text: string): KeyObject {
  const base64 = text.replace(/-----[^-]+-----/g, '').replace(/\s|\\[rn]/g, '')
  const key = parseDer(Buffer.from(base64, 'base64'))
  if (!key) throw new Error('must be an RSA private key. Copy private_key from the downloaded file without changes.')
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < minKeyBits)
    throw new Error(
      `has ${bits} bits, but RS256 requires ${minKeyBits}. Regenerate the client key (Company Setup > Advanced > API).`,
    )
  return key
}

function parseDer(der: Buffer): KeyObject | null {
  for (const type of ['pkcs8', 'pkcs1'] as const) {
    try {
      const key = createPrivateKey({ key: der, format: 'der', type })
      return key.asymmetricKeyType === 'rsa' ? key : null
    } catch {
      continue
    }
  }
  return null
}

/** Lists the forms in which a vendor's text could repeat the key: the whole key, and the lines of a PEM file. */
export function listKeyEncodings(key: KeyObject): string[] {
  const base64 = key.export({ type: 'pkcs8', format: 'der' }).toString('base64')
  return [base64, ...(base64.match(/.{64}/g) ?? [])]
}

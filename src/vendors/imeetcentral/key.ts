import { createPrivateKey, type KeyObject } from 'node:crypto'

const minKeyBits = 2048

/**
 * A client key in any form in which the vendor publishes them: PKCS#8 or PKCS#1, under either label or none, with
 * any line ends. The label is not read, because the vendor's own is wrong. Throws Error with the cure as its message.
 */
export function readKey(text: string): KeyObject {
  const base64 = text.replace(/-----[^-]+-----/g, '').replace(/\s|\\[rn]/g, '')
  const key = parseDer(Buffer.from(base64, 'base64'))
  if (!key) throw new Error('is not an RSA private key; give the private_key of the downloaded file as it stands there')
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < minKeyBits)
    throw new Error(
      `is an RSA key of ${bits} bits and RS256 needs ${minKeyBits}; regenerate the client key (Company Setup > Advanced > API)`,
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

/** The key as a vendor might repeat it: whole, and by the lines of a PEM file. */
export function listKeyEncodings(key: KeyObject): string[] {
  const base64 = key.export({ type: 'pkcs8', format: 'der' }).toString('base64')
  return [base64, ...(base64.match(/.{64}/g) ?? [])]
}

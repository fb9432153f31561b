import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

/** One private key in every form in which the vendor's key files are published. */
export interface KeyForms {
  pkcs8: string
  pkcs1: string
  /** PKCS#8 inside, labelled as an RSA key, lines ending in CRLF: what the vendor's page downloads. */
  mislabelled: string
  /** Base64 of the PKCS#8 DER on one line, without armour. */
  bare: string
}

let generated: Promise<KeyObject> | undefined

/** `pem` as a key, or a 2048-bit one that is generated once per process. */
export async function clientKey(pem?: string): Promise<KeyObject> {
  if (pem !== undefined) return createPrivateKey(pem)
  generated ??= promisify(generateKeyPair)('rsa', { modulusLength: 2048 }).then((pair) => pair.privateKey)
  return generated
}

export function keyForms(key: KeyObject): KeyForms {
  const pkcs8 = key.export({ type: 'pkcs8', format: 'pem' }) as string
  return {
    pkcs8,
    pkcs1: key.export({ type: 'pkcs1', format: 'pem' }) as string,
    mislabelled: pkcs8.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY').replaceAll('\n', '\r\n'),
    bare: (key.export({ type: 'pkcs8', format: 'der' }) as Buffer).toString('base64'),
  }
}

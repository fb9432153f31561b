import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

/** A private key in every format of the vendor's key files. */
export interface KeyForms {
  pkcs8: string
  pkcs1: string
  /** PKCS#8 with the label of an RSA key and CRLF line breaks, as in the downloaded key file. */
  mislabelled: string
  /** Base64 of the PKCS#8 DER on one line, without header and footer. */
  bare: string
}

let generated: Promise<KeyObject> | undefined

/** Returns the key in `pem`, or a 2048-bit key that is generated once per process. */
export async function createClientKey(pem?: string): Promise<KeyObject> {
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

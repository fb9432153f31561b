import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

/** A self-signed server certificate and its key, in PEM. */
export interface Certificate {
  cert: string
  key: string
}

const oids = {
  commonName: '550403',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
  ecdsaSha256: '2a8648ce3d040302',
}

function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const size = content.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}
const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts)
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const utcTime = (date: Date): Buffer =>
  der(
    0x17,
    Buffer.from(
      `${date
        .toISOString()
        .replace(/[-:T]|\..*/g, '')
        .slice(2)}Z`,
    ),
  )

/** Creates a self-signed certificate (ECDSA P-256), valid from `from` to `until`, for `127.0.0.1` or the DNS names. */
export function certificate(options: { from?: Date; until?: Date; host?: string; hosts?: string[] } = {}): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const from = options.from ?? new Date(Date.now() - 86_400_000)
  const until = options.until ?? new Date(Date.now() + 86_400_000)
  const { host, hosts = host === undefined ? [] : [host] } = options
  const body = tbsCertificate(publicKey, from, until, hosts)
  const algorithm = sequence(oid(oids.ecdsaSha256))
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey))
  const pem = sequence(body, algorithm, signature).toString('base64').replace(/.{64}/g, '$&\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${pem.trimEnd()}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  }
}

function tbsCertificate(publicKey: KeyObject, from: Date, until: Date, hosts: readonly string[]): Buffer {
  const name = sequence(der(0x31, sequence(oid(oids.commonName), der(0x0c, Buffer.from('parley test')))))
  const names = hosts.map((host) => der(0x82, Buffer.from(host)))
  const alternatives = hosts.length === 0 ? [der(0x87, Buffer.from([127, 0, 0, 1]))] : names
  const isAuthority = sequence(der(0x01, Buffer.from([0xff])))
  const extensions = sequence(
    sequence(oid(oids.basicConstraints), der(0x01, Buffer.from([0xff])), der(0x04, isAuthority)),
    sequence(oid(oids.subjectAltName), der(0x04, sequence(...alternatives))),
  )
  return sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), randomBytes(15)),
    sequence(oid(oids.ecdsaSha256)),
    name,
    sequence(utcTime(from), utcTime(until)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  )
}

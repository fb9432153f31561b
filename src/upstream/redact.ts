/** Maximum number of characters of a vendor's text that are processed. `Problem` keeps only 300. */
const maxLength = 2_000

/** Minimum length of a part of a secret that is redacted: vendors quote the start of a token. */
const minSecretPartLength = 12

const urls = /\b[a-z][a-z0-9+.-]{0,30}:\/\/\S+/gi
/** Any JSON Web Token. Signed assertions are secrets that are not in the configuration. */
const webTokens = /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g

/**
 * Creates a function that redacts URLs and secrets in a vendor's text. Secrets are found whole and in parts, in common
 * encodings. Returns only the start of a long text, so that its time is limited.
 */
export function createRedactor(secrets: () => readonly string[]): (text: string) => string {
  return (text) => {
    const known = secrets().filter((secret) => secret.length >= 4)
    const encodings = known.flatMap(listEncodings)
    const parts = [...encodings, ...known.flatMap(listShiftedBase64)].join('\0')
    const maxEncodingLength = Math.max(0, ...encodings.map((encoding) => encoding.length))
    const excerpt = text.slice(0, maxLength + maxEncodingLength)
    let clean = excerpt.replace(urls, '[address]').replace(webTokens, '[redacted]')
    for (const encoding of encodings) clean = clean.replaceAll(encoding, '[redacted]')
    clean = redactParts(clean, parts)
    if (excerpt.length === text.length) return clean
    // The excerpt can end within a secret, and the start of a secret is not recognized.
    return clean.slice(0, Math.max(0, clean.length - maxEncodingLength)) || '[redacted]'
  }
}

function listEncodings(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ]
}

/** Encodes the secret as it appears after other bytes in a base64 text, such as `id:secret` of HTTP Basic. */
function listShiftedBase64(secret: string): string[] {
  return [1, 2].flatMap((shift) => {
    const bytes = Buffer.from('\0'.repeat(shift) + secret)
    return [bytes.toString('base64'), bytes.toString('base64url')]
  })
}

/** Redacts every word that has `minSecretPartLength` characters in common with an encoding of a secret. */
function redactParts(text: string, encodings: string): string {
  const shared = findSharedParts(text, encodings)
  if (shared.size === 0) return text
  return text.replace(/\S{12,}/g, (word) => {
    for (let position = 0; position + minSecretPartLength <= word.length; position++)
      if (shared.has(word.slice(position, position + minSecretPartLength))) return '[redacted]'
    return word
  })
}

/** Finds the parts of `minSecretPartLength` characters that both texts contain, in linear time (Rabin-Karp). */
function findSharedParts(text: string, encodings: string): Set<string> {
  const hashes = new Uint8Array(hashCount)
  const parts = new Set<string>()
  forEachHash(text, (hash, position) => {
    hashes[hash] = 1
    parts.add(text.slice(position, position + minSecretPartLength))
  })
  const shared = new Set<string>()
  forEachHash(encodings, (hash, position) => {
    if (hashes[hash] === 0) return
    const part = encodings.slice(position, position + minSecretPartLength)
    if (parts.has(part)) shared.add(part)
  })
  return shared
}

const hashCount = 2 ** 18
const base = 0x01000193
const leaving = Array.from({ length: minSecretPartLength }).reduce<number>((power) => Math.imul(power, base), 1)

/** Calls `onHash` with a hash below `hashCount` for every part of `minSecretPartLength` characters. */
function forEachHash(text: string, onHash: (hash: number, position: number) => void): void {
  let hash = 0
  for (let end = 0; end < text.length; end++) {
    hash = Math.imul(hash, base) + text.charCodeAt(end)
    if (end >= minSecretPartLength) hash -= Math.imul(leaving, text.charCodeAt(end - minSecretPartLength))
    hash |= 0
    if (end >= minSecretPartLength - 1) onHash((hash ^ (hash >>> 14)) & (hashCount - 1), end - minSecretPartLength + 1)
  }
}

/** Characters of a vendor's text that are looked at: more than anyone gets to see (`presentable`). */
const maxLength = 2_000

/** Length from which a part of a secret is redacted too: vendors quote the start of a token. */
const minSecretPartLength = 12

const urls = /\b[a-z][a-z0-9+.-]{0,30}:\/\/\S+/gi
/** Any JSON Web Token: assertions are secrets that are not configured. */
const webTokens = /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g

/**
 * Creates a function that removes secrets and URLs from a vendor's text: secrets whole or in parts, in the usual
 * encodings. Looks only at the start of the text, so that the time does not grow with it.
 */
export function createRedactor(secrets: () => readonly string[]): (text: string) => string {
  return (text) => {
    const known = secrets().filter((secret) => secret.length >= 4)
    const forms = known.flatMap(getWholeForms)
    const parts = [...forms, ...known.flatMap(getShiftedBase64)].join('\0')
    const longest = Math.max(0, ...forms.map((form) => form.length))
    const excerpt = text.slice(0, maxLength + longest)
    let clean = excerpt.replace(urls, '[address]').replace(webTokens, '[redacted]')
    for (const form of forms) clean = clean.replaceAll(form, '[redacted]')
    clean = redactParts(clean, parts)
    if (excerpt.length === text.length) return clean
    // The excerpt can end within a secret, whose start alone is not recognized.
    return clean.slice(0, Math.max(0, clean.length - longest)) || '[redacted]'
  }
}

function getWholeForms(secret: string): string[] {
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

/** Returns the secret as it looks behind something else in one base64 text, such as `id:secret` of HTTP Basic. */
function getShiftedBase64(secret: string): string[] {
  return [1, 2].flatMap((shift) => {
    const bytes = Buffer.from('\0'.repeat(shift) + secret)
    return [bytes.toString('base64'), bytes.toString('base64url')]
  })
}

/** Redacts every word that shares `minSecretPartLength` characters with the secrets' forms. */
function redactParts(text: string, forms: string): string {
  const shared = findSharedParts(text, forms)
  if (shared.size === 0) return text
  return text.replace(/\S{12,}/g, (word) => {
    for (let at = 0; at + minSecretPartLength <= word.length; at++)
      if (shared.has(word.slice(at, at + minSecretPartLength))) return '[redacted]'
    return word
  })
}

/** Finds the parts of `minSecretPartLength` characters that both texts have, in time linear in both (Rabin-Karp). */
function findSharedParts(text: string, forms: string): Set<string> {
  const hashes = new Uint8Array(hashCount)
  const parts = new Set<string>()
  forEachHash(text, (hash, at) => {
    hashes[hash] = 1
    parts.add(text.slice(at, at + minSecretPartLength))
  })
  const shared = new Set<string>()
  forEachHash(forms, (hash, at) => {
    if (hashes[hash] === 0) return
    const part = forms.slice(at, at + minSecretPartLength)
    if (parts.has(part)) shared.add(part)
  })
  return shared
}

const hashCount = 2 ** 18
const base = 0x01000193
const leaving = Array.from({ length: minSecretPartLength }).reduce<number>((power) => Math.imul(power, base), 1)

/** Calls back with a hash below `hashCount` of every part of `minSecretPartLength` characters. */
function forEachHash(text: string, onHash: (hash: number, at: number) => void): void {
  let hash = 0
  for (let end = 0; end < text.length; end++) {
    hash = Math.imul(hash, base) + text.charCodeAt(end)
    if (end >= minSecretPartLength) hash -= Math.imul(leaving, text.charCodeAt(end - minSecretPartLength))
    hash |= 0
    if (end >= minSecretPartLength - 1) onHash((hash ^ (hash >>> 14)) & (hashCount - 1), end - minSecretPartLength + 1)
  }
}

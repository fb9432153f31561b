/** A piece of a secret from this length on is taken out too: vendors like to quote the start of a token. */
const piece = 12

const address = /\b[a-z][a-z0-9+.-]*:\/\/\S+/gi
/** Any JSON Web Token, whoever made it: assertions are secrets that nobody has configured. */
const webToken = /\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g

/** Makes a function that takes secrets, whole or in pieces and in the usual encodings, and addresses out of a text. */
export function redactor(secrets: () => readonly string[]): (text: string) => string {
  return (text) => {
    const known = secrets().filter((secret) => secret.length >= 4)
    let clean = text.replace(address, '[address]').replace(webToken, '[redacted]')
    for (const form of known.flatMap(wholeForms)) clean = clean.replaceAll(form, '[redacted]')
    const pieces = known.flatMap((secret) => [...wholeForms(secret), ...shiftedBase64(secret)]).join('\0')
    return clean.replace(/\S{12,}/g, (run) => (sharesPiece(run, pieces) ? '[redacted]' : run))
  }
}

function wholeForms(secret: string): string[] {
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

/** As the secret looks behind something else in one base64 text, e.g. `id:secret` of HTTP Basic. */
function shiftedBase64(secret: string): string[] {
  return [1, 2].flatMap((shift) => {
    const bytes = Buffer.from('\0'.repeat(shift) + secret)
    return [bytes.toString('base64'), bytes.toString('base64url')]
  })
}

function sharesPiece(run: string, pieces: string): boolean {
  for (let at = 0; at + piece <= run.length; at++) if (pieces.includes(run.slice(at, at + piece))) return true
  return false
}

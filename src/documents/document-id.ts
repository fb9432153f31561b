/**
 * `sha256:` with the hash of a document, `x-NAME:…` for another scheme, or an ID without a scheme. The first and the last
 * form are those of GraphQL over HTTP.
 */
const idPattern = /^(?:sha256:[0-9a-f]{64}|x-[A-Za-z0-9._~-]+:[\x21-\x7e]+|[A-Za-z0-9._~-]+)$/
const maxIdLength = 200
const hashPrefix = 'sha256:'

/** What an ID must be, as the end of a sentence. */
export const documentIdForm = `must be "${hashPrefix}" followed by 64 lowercase hexadecimal digits, "x-NAME:" followed by other characters, or 1 to ${maxIdLength} characters of A-Z a-z 0-9 . _ ~ -`

/** Whether a text can be the ID of a document. */
export function isDocumentId(text: string): boolean {
  return text.length <= maxIdLength && text !== '__proto__' && idPattern.test(text)
}

/** Whether an ID is the hash of its document, in the form of GraphQL over HTTP. */
export function isHashId(id: string): boolean {
  return id.startsWith(hashPrefix)
}

/** Returns an ID without the prefix of a hash, because a hash identifies the same document with and without it. */
export function normalizeDocumentId(id: string): string {
  return isHashId(id) ? id.slice(hashPrefix.length) : id
}

import { removeCredentials } from '../kit/credentials.ts'
import { toObject, toWebUrl } from '../kit/lenient.ts'

/** In bytes, as JSON. */
const maxRawBytes = 64 * 1024

/** Links to recordings. Everyone who has a link can play or download the recording. */
const recordingLinks = new Set(['download_url', 'play_url'])

/**
 * Returns Zoom's message without credentials: URLs lose their query, which can contain a passcode or a token, and links to
 * recordings are omitted. Null if the message is larger than 64 KiB.
 */
export function toEventRaw(message: unknown): unknown {
  const raw = removeLinkCredentials(removeCredentials(message))
  return Buffer.byteLength(JSON.stringify(raw)) > maxRawBytes ? null : raw
}

function removeLinkCredentials(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(removeLinkCredentials)
  if (typeof value === 'string') return removeQuery(value)
  if (toObject(value) === null) return value
  const kept = Object.entries(value as object).filter(([name]) => !recordingLinks.has(name))
  return Object.fromEntries(kept.map(([name, child]) => [name, removeLinkCredentials(child)]))
}

function removeQuery(text: string): string {
  if (!/[?#@]/.test(text) || toWebUrl(text) === null) return text
  const { origin, pathname } = new URL(text)
  return origin + pathname
}

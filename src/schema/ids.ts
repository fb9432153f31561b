import { Problem, withoutStack } from '../core/errors.ts'

export type NodeType = 'Account' | 'User' | 'Conference' | 'Participant' | 'UploadedFile' | 'Operation'
const types: ReadonlySet<string> = new Set<NodeType>([
  'Account',
  'User',
  'Conference',
  'Participant',
  'UploadedFile',
  'Operation',
])

export interface NodeId {
  type: NodeType
  /** Key of the account; empty for an Operation. */
  account: string
  /** The vendor's id; for a participant its conference's id and its own. */
  parts: string[]
}

/** Longest id that is looked at. */
const longest = 2_048

/** For IDs, which are formatted one after another: a buffer for each would be most of what a page allocates. */
const maxScratchLength = 1_024
const scratch = Buffer.alloc(3 * maxScratchLength)

/** An object's global id: opaque, the same for ever. A vendor's JSON can hold half of a surrogate pair. */
export function encodeId(type: NodeType, account: string, ...parts: string[]): string {
  const [part = ''] = parts
  if (parts.length === 1 && part.length <= maxScratchLength && plainPart.test(part))
    return encodeSibling(type, account, part)
  let text = `${type}:${account}`
  for (const part of parts) text += `:${plainPart.test(part) ? part : encodeURIComponent(part.toWellFormed())}`
  return encodeText(text)
}

/** The IDs of a page differ in their last part only: what comes before it stays in the buffer. */
const siblings = { type: '', account: '', prefixLength: 0, bytes: Buffer.alloc(2 * maxScratchLength) }

function encodeSibling(type: NodeType, account: string, part: string): string {
  const { bytes } = siblings
  if (type !== siblings.type || account !== siblings.account)
    Object.assign(siblings, { type, account, prefixLength: bytes.write(`${type}:${account}:`) })
  return bytes.toString('base64url', 0, siblings.prefixLength + bytes.write(part, siblings.prefixLength))
}

function encodeText(text: string): string {
  if (text.length > maxScratchLength) return Buffer.from(text).toString('base64url')
  return scratch.toString('base64url', 0, scratch.write(text))
}

/** What `encodeURIComponent` leaves as it is. */
const plainPart = /^[\w.!~*'()-]*$/

/** The ID that `operation(id)` accepts. Log lines have the same one. */
export const encodeOperationId = (id: string): string => encodeId('Operation', '', id)

/** Returns null for a text that `encodeId` did not make. */
export function parseId(id: string): NodeId | null {
  if (id.length === 0 || id.length > longest || !/^[\w-]+$/.test(id)) return null
  const text = Buffer.from(id, 'base64url').toString('utf8')
  if (encodeText(text) !== id) return null
  const [type = '', account = '', ...encoded] = text.split(':')
  if (!types.has(type)) return null
  const counted = type === 'Account' ? 0 : type === 'Participant' ? 2 : 1
  if (encoded.length !== counted) return null
  const parts = decodeParts(encoded)
  return parts && { type: type as NodeType, account, parts }
}

/** Whatever a vendor takes as an id, it is one segment of a path and no word for "here". */
function decodeParts(encoded: readonly string[]): string[] | null {
  try {
    const parts = encoded.map((part) => (plainPart.test(part) ? part : decodeURIComponent(part)))
    return parts.some(isWrongPart) ? null : parts
  } catch {
    return null
  }
}

function isWrongPart(part: string): boolean {
  if (part === '' || part === '.' || part === '..' || part === 'me') return true
  return !plainPart.test(part) && /\p{Cc}/u.test(part)
}

/** Throws INVALID_ID for what `encodeId` did not make. `argument`: where it stands. */
export function decodeId(id: string, argument: string, expected?: NodeType): NodeId {
  const createIdProblem = (why: string): Problem =>
    withoutStack(() => new Problem('INVALID_ID', `"${argument}" ${why}.`, { path: argument.split('.') }))
  const decoded = parseId(id)
  if (!decoded) throw createIdProblem('is not an id of this server')
  if (expected && decoded.type !== expected)
    throw createIdProblem(`must be the id of ${/^([AEIO]|Up)/.test(expected) ? 'an' : 'a'} ${expected}`)
  return decoded
}

/** Whether looking this ID up calls a vendor. Accounts and operations are known without a call; nor does an invalid ID cause one. */
export function requiresVendorCall(id: string): boolean {
  const type = parseId(id)?.type
  return type === 'User' || type === 'Conference' || type === 'Participant'
}

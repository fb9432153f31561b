import { Problem, withoutStack } from '../core/errors.ts'

/** Number of vendor IDs in an ID. */
const partCounts = {
  Account: 0,
  User: 1,
  Conference: 1,
  Occurrence: 2,
  Participant: 2,
  Recording: 2,
  Session: 1,
  UploadedFile: 1,
  Operation: 1,
} as const
export type NodeType = keyof typeof partCounts

const isNodeType = (text: string): text is NodeType => Object.hasOwn(partCounts, text)

/** The parts of a decoded ID. */
export interface NodeId {
  type: NodeType
  /** Account key. Empty for an operation. */
  account: string
  /**
   * Vendor ID of the object. A participant or an occurrence has two: that of the conference and its own. A recording has two: those
   * of its parent and of the file. An account has none.
   */
  parts: string[]
}

/** Maximum length of an ID in characters. Longer ones are rejected without being decoded. */
const maxIdLength = 2_048

/** In characters. Longer texts get a buffer of their own. */
const maxScratchLength = 1_024
/** Shared buffer for short IDs: one buffer for each ID would be most of what a page allocates. */
const scratch = Buffer.alloc(3 * maxScratchLength)

/** Returns the opaque, stable ID of an object. Half of a surrogate pair, which a vendor's JSON can contain, is replaced. */
export function encodeId(type: NodeType, account: string, ...parts: string[]): string {
  const [part = ''] = parts
  if (parts.length === 1 && part.length <= maxScratchLength && plainPart.test(part))
    return encodeSibling(type, account, part)
  let text = `${type}:${account}`
  for (const part of parts) text += `:${plainPart.test(part) ? part : encodeURIComponent(part.toWellFormed())}`
  return encodeText(text)
}

/** Buffer that keeps the prefix of the last ID: the IDs of a page differ only in their last part. */
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

/** Characters that `encodeURIComponent` does not change. */
const plainPart = /^[\w.!~*'()-]*$/

/** Returns the ID that the query `operation` accepts. Log lines contain the same ID. */
export const encodeOperationId = (id: string): string => encodeId('Operation', '', id)

/** Returns null if `encodeId` cannot have created the text. */
export function parseId(id: string): NodeId | null {
  if (id.length === 0 || id.length > maxIdLength) return null
  const length = scratch.write(id, 'base64url')
  if (scratch.toString('base64url', 0, length) !== id) return null
  const [type = '', account = '', ...encoded] = scratch.toString('latin1', 0, length).split(':')
  if (!isNodeType(type) || encoded.length !== partCounts[type]) return null
  if (account === '' && type !== 'Operation') return null
  const parts: string[] = []
  for (const each of encoded) {
    const part = decodePart(each)
    if (part === null) return null
    parts.push(part)
  }
  return { type, account, parts }
}

/** Returns null if the part cannot be one segment of a URL path, or is an alias such as `me`. */
function decodePart(encoded: string): string | null {
  if (plainPart.test(encoded)) return unusableParts.has(encoded) ? null : encoded
  try {
    const part = decodeURIComponent(encoded)
    return encodeURIComponent(part) !== encoded || /\p{Cc}/u.test(part) ? null : part
  } catch {
    return null
  }
}

const unusableParts: ReadonlySet<string> = new Set(['', '.', '..', 'me'])

/**
 * Decodes an ID.
 *
 * @param argument Path of the argument that contains the ID, such as `ids.0`.
 * @param expected Type that the object must have. If omitted, any type.
 * @throws INVALID_ID if the ID is malformed or its type is not `expected`.
 */
export function decodeId(id: string, argument: string, expected?: NodeType): NodeId {
  const createIdProblem = (requirement: string): Problem =>
    withoutStack(() => new Problem('INVALID_ID', `"${argument}" ${requirement}.`, { path: argument.split('.') }))
  const decoded = parseId(id)
  if (!decoded) throw createIdProblem('must be an ID that this API returned')
  if (expected && decoded.type !== expected)
    throw createIdProblem(`must be the ID of ${/^([AEIO]|Up)/.test(expected) ? 'an' : 'a'} ${expected}`)
  return decoded
}

const typesWithoutCall: ReadonlySet<NodeType> = new Set<NodeType>(['Account', 'UploadedFile', 'Operation'])

/** Whether looking up this ID calls a vendor. Accounts, operations, files, and invalid IDs need no call. */
export function requiresVendorCall(id: string): boolean {
  const type = parseId(id)?.type
  return type !== undefined && !typesWithoutCall.has(type)
}

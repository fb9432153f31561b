import { Problem } from '../errors.ts'

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

/** An object's global id: opaque, the same for ever. */
export function encodeId(type: NodeType, account: string, ...parts: string[]): string {
  return Buffer.from([type, account, ...parts.map(encodeURIComponent)].join(':')).toString('base64url')
}

/** Throws INVALID_ID for what `encodeId` did not make. `argument`: where it stands. */
export function decodeId(id: string, argument: string, expected?: NodeType): NodeId {
  const refused = (why: string): Problem =>
    new Problem('INVALID_ID', `"${argument}" ${why}.`, { path: argument.split('.') })
  const notOurs = (): Problem => refused('is not an id of this server')
  if (id.length === 0 || id.length > longest || !/^[\w-]+$/.test(id)) throw notOurs()
  const text = Buffer.from(id, 'base64url').toString('utf8')
  if (Buffer.from(text).toString('base64url') !== id) throw notOurs()
  const [type = '', account = '', ...encoded] = text.split(':')
  if (!types.has(type)) throw notOurs()
  if (expected && type !== expected)
    throw refused(`must be the id of ${/^([AEIO]|Up)/.test(expected) ? 'an' : 'a'} ${expected}`)
  const counted = type === 'Account' ? 0 : type === 'Participant' ? 2 : 1
  if (encoded.length !== counted) throw notOurs()
  try {
    const parts = encoded.map(decodeURIComponent)
    // Whatever a vendor takes as an id, it is one segment of a path and no word for "here".
    if (parts.some((part) => part === '' || part === '.' || part === '..' || part === 'me' || /\p{Cc}/u.test(part)))
      throw notOurs()
    return { type: type as NodeType, account, parts }
  } catch {
    throw notOurs()
  }
}

/** Whether looking this ID up calls a vendor. Accounts and operations are known without a call; nor does an invalid ID cause one. */
export function requiresVendorCall(id: string): boolean {
  try {
    return ['User', 'Conference', 'Participant'].includes(decodeId(id, 'id').type)
  } catch {
    return false
  }
}

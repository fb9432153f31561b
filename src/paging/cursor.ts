import { createHash, hash, timingSafeEqual } from 'node:crypto'
import { Problem } from '../core/errors.ts'
import { cacheBySecret, type Secrets } from '../core/secrets.ts'
import type { Boundary, Position } from './position.ts'

/**
 * A position in a connection, which defines a boundary in every account's list. In the edge's account, the boundary is at
 * the edge. It is at the end of the lists of earlier accounts and at the start of the lists of later accounts, unless
 * `boundaries` contains another one. Accounts are identified by the hash of their key.
 */
export interface Cursor {
  /** Null for the cursor of a page without edges. `boundaries` then contains every account. */
  edge: CursorEdge | null
  boundaries: Record<string, Boundary>
  /** Boundaries that apply only if the next page continues in the direction of the page that this cursor ends. */
  resume: { isForward: boolean; boundaries: Record<string, Boundary> } | null
}

export interface CursorEdge {
  account: string
  /** Index of the account in configuration order. The list continues there if the account was removed. */
  index: number
  position: Position
}

/** Length of a list's hash, in characters. Two different lists have the same hash once in a billion cases. */
const listHashLength = 5
/** Length of a tag, in characters: 96 bits. */
export const tagLength = 16
const validText = /^[\w-]{22,16384}$/
/** Limits the time to verify cursors, because one operation can contain hundreds of them. */
export const maxCursorLength = 16_384

/** Signs the cursors of one list. */
export interface CursorSigner {
  /** Hash of the list's ID. Every cursor of the list begins with it. */
  listHash: string
  /**
   * Returns the cursor: the text and its tag.
   *
   * @param text `listHash` and a body of letters, digits, `-`, and `_`.
   * @throws OPERATION_TOO_EXPENSIVE if the cursor would be too long to be accepted.
   */
  sign(text: string): string
}

/**
 * Creates and verifies cursor strings. A cursor string is the hash of a list, a body, and a tag over both. The parameter
 * `list` is the ID of the list that a cursor is bound to: the field, its parent object, filter, sort order, and accounts.
 */
export interface CursorCodec {
  getSigner(list: string): CursorSigner
  /**
   * Verifies a cursor and returns its body.
   *
   * @param argument Name of the GraphQL argument that contains the cursor.
   * @throws INVALID_CURSOR if the tag is not valid.
   * @throws CURSOR_FOREIGN if the cursor belongs to another list.
   */
  open(list: string, text: string, argument: string): string
  /** Returns a cursor that contains a JSON value. Its property names are part of the cursor format. */
  encode(list: string, value: object): string
  /** Returns the value of a cursor that `encode` created. Throws like `open`. */
  decode<C>(list: string, text: string, argument: string): C
}

/**
 * Creates a codec that signs with the current secret and accepts every secret.
 *
 * The tag is SHA-256 over a secret key of fixed length and the text, truncated to 96 bits. From a whole digest, an attacker
 * could compute the digest of a longer text. From a truncated digest they cannot, because the other 160 bits of the state
 * are unknown (https://www.iacr.org/archive/crypto2005/36210424/36210424.pdf). HMAC takes 4 times as long.
 */
export function createCursorCodec(secrets: Secrets): CursorCodec {
  const getKeys = cacheBySecret((secret) => ({ tag: deriveKey(secret, 'tag'), list: deriveKey(secret, 'list') }))
  const hashListId = (list: string, secret: string): string =>
    hash('sha256', getKeys(secret).list + list, 'base64url').slice(0, listHashLength)
  const computeTag = (text: string, key: string): string => hash('sha256', key + text, 'base64url').slice(0, tagLength)
  const getSigner = (list: string): CursorSigner => {
    const secret = secrets.current
    const key = getKeys(secret).tag
    const sign = (text: string): string => {
      if (text.length + tagLength > maxCursorLength) throw createTooLongCursor()
      return text + computeTag(text, key)
    }
    return { listHash: hashListId(list, secret), sign }
  }
  const open = (list: string, text: string, argument: string): string => {
    if (!validText.test(text)) throw createInvalidCursor(argument)
    const [signed, tag] = [text.slice(0, -tagLength), text.slice(-tagLength)]
    const secret = secrets.all.find((candidate) => areEqual(computeTag(signed, getKeys(candidate).tag), tag))
    if (secret === undefined) throw createInvalidCursor(argument)
    if (signed.slice(0, listHashLength) !== hashListId(list, secret))
      throw new Problem(
        'CURSOR_FOREIGN',
        `"${argument}" is a cursor of another list. Use it with the field, filter, sort order, and accounts that returned it.`,
        {
          path: [argument],
        },
      )
    return signed.slice(listHashLength)
  }
  return {
    getSigner,
    open,
    encode: (list, value) => {
      const { listHash, sign } = getSigner(list)
      return sign(listHash + Buffer.from(JSON.stringify(value)).toString('base64url'))
    },
    decode: <C>(list: string, text: string, argument: string) =>
      JSON.parse(Buffer.from(open(list, text, argument), 'base64url').toString()) as C,
  }
}

const deriveKey = (secret: string, use: string): string =>
  createHash('sha256').update(`parley cursor 2 ${use}\0`).update(secret).digest('base64url')

export function createInvalidCursor(argument: string): Problem {
  return new Problem(
    'INVALID_CURSOR',
    `"${argument}" is not a cursor of this server. Use a cursor that this server returned, or start from the first page.`,
    { path: [argument] },
  )
}

function createTooLongCursor(): Problem {
  return new Problem(
    'OPERATION_TOO_EXPENSIVE',
    'The position of this page does not fit into a cursor, because too many accounts have failed. Select fewer accounts with "filter".',
  )
}

/** Compares in constant time. */
const areEqual = (left: string, right: string): boolean =>
  timingSafeEqual(Buffer.from(left, 'latin1'), Buffer.from(right, 'latin1'))

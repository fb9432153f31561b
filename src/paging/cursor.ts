import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { Problem } from '../errors.ts'
import type { Cut, Place } from './place.ts'

/**
 * What a cursor says: an edge of one account's list, and where the other accounts' lists stand that are neither done
 * before it nor wholly to come after it (those that failed). A page without edges has a cursor without one.
 */
export interface Cursor {
  edge: { account: string; place: Place } | null
  cuts: Record<string, Cut>
  /** Where the edge's own account goes on, seen in the direction of the page that the cursor ends. */
  resume: { forward: boolean; cut: Cut } | null
}

/** Longer strings are no cursors of ours; refused before anything is decoded. */
const longest = 8_192
const tagBytes = 16
const listBytes = 8

export interface CursorCodec {
  encode(list: string, cursor: Cursor): string
  /** Throws INVALID_CURSOR, or CURSOR_FOREIGN for one of another list. `argument`: the argument that it stands in. */
  decode(list: string, text: string, argument: string): Cursor
}

/** `list`: everything that the cursor belongs to (the field, its parent, filters, order, accounts) as one string. */
export function createCursorCodec(secret: string): CursorCodec {
  const key = createHash('sha256').update('parley cursor\0').update(secret).digest()
  const tagOf = (payload: Buffer): Buffer => createHmac('sha256', key).update(payload).digest().subarray(0, tagBytes)
  return {
    encode: (list, cursor) => {
      const payload = Buffer.concat([digest(list), Buffer.from(JSON.stringify(cursor))])
      return Buffer.concat([tagOf(payload), payload]).toString('base64url')
    },
    decode: (list, text, argument) => {
      const invalid = new Problem('INVALID_CURSOR', `"${argument}" is not a cursor of this server.`, {
        path: [argument],
      })
      if (text.length > longest || !/^[\w-]+$/.test(text)) throw invalid
      const bytes = Buffer.from(text, 'base64url')
      // Base64 has several spellings of the same bytes; only ours counts.
      if (bytes.length <= tagBytes + listBytes || bytes.toString('base64url') !== text) throw invalid
      const payload = bytes.subarray(tagBytes)
      if (!timingSafeEqual(tagOf(payload), bytes.subarray(0, tagBytes))) throw invalid
      if (!payload.subarray(0, listBytes).equals(digest(list)))
        throw new Problem('CURSOR_FOREIGN', `"${argument}" is a cursor of another list, filter or set of accounts.`, {
          path: [argument],
        })
      return JSON.parse(payload.toString('utf8', listBytes)) as Cursor
    },
  }
}

const digest = (list: string): Buffer => createHash('sha256').update(list).digest().subarray(0, listBytes)

import { createHash, createHmac, createSecretKey, hash, timingSafeEqual } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { Problem } from '../errors.ts'
import { cacheBySecret, type Secrets } from '../secrets.ts'
import type { Cut, Place } from './place.ts'

/**
 * A cursor cuts every account's list in two. It names an edge; the lists of the accounts before the edge's lie before
 * it and those of the later ones behind it, but for the `cuts` given (accounts that failed and stand elsewhere).
 */
export interface Cursor {
  /** Null: the cursor of a page without edges; `cuts` then has every account. */
  edge: CursorEdge | null
  cuts: Record<string, Cut>
  /** Cuts that hold only for going on in the direction of the page that this cursor ends. */
  resume: { forward: boolean; cuts: Record<string, Cut> } | null
}

export interface CursorEdge {
  account: string
  /** Index of the account among those of the list: where the list continues if the account was removed since. */
  index: number
  place: Place
}

/** Longer strings are no cursors of ours, and nothing behind that is looked at. */
const longest = 16_384
const tagBytes = 16
const listBytes = 8

/** `list`: everything that a cursor belongs to (the field, its parent, filters, order, whose accounts) as one string. */
export interface CursorCodec {
  encode(list: string, cursor: object): string
  /** Throws INVALID_CURSOR, or CURSOR_FOREIGN for one of another list. `argument`: the argument that it stands in. */
  decode<C = Cursor>(list: string, text: string, argument: string): C
}

export function createCursorCodec(secrets: Secrets): CursorCodec {
  const getKey = cacheBySecret((secret) =>
    createSecretKey(createHash('sha256').update('parley cursor\0').update(secret).digest()),
  )
  const tagOf = (payload: Buffer, secret: string): Buffer =>
    createHmac('sha256', getKey(secret)).update(payload).digest().subarray(0, tagBytes)
  const isSigned = (payload: Buffer, tag: Buffer): boolean =>
    secrets.all.some((secret) => timingSafeEqual(tagOf(payload, secret), tag))
  return {
    encode: (list, cursor) => {
      const payload = Buffer.concat([digest(list), deflateRawSync(JSON.stringify(cursor))])
      return Buffer.concat([tagOf(payload, secrets.current), payload]).toString('base64url')
    },
    decode: <C>(list: string, text: string, argument: string) => {
      const bytes = bytesOf(text)
      const payload = bytes.subarray(tagBytes)
      if (payload.length <= listBytes || !isSigned(payload, bytes.subarray(0, tagBytes)))
        throw new Problem('INVALID_CURSOR', `"${argument}" is not a cursor of this server.`, { path: [argument] })
      if (!payload.subarray(0, listBytes).equals(digest(list)))
        throw new Problem('CURSOR_FOREIGN', `"${argument}" is a cursor of another list, filter or set of accounts.`, {
          path: [argument],
        })
      return JSON.parse(inflateRawSync(payload.subarray(listBytes)).toString()) as C
    },
  }
}

/** Base64 has several spellings of the same bytes; only ours counts. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text.slice(0, longest), 'base64url')
  return bytes.toString('base64url') === text ? bytes : Buffer.alloc(0)
}

const digest = (list: string): Buffer => hash('sha256', list, 'buffer').subarray(0, listBytes)

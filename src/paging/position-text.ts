import type { PageToken } from '../vendors/vendor.ts'
import { formatDigit, formatNumber, type CursorReader } from './digits.ts'
import { fingerprintLength, isProof, neighborLengths } from './fingerprint.ts'
import { chooseNeighbors, type NeighborChoice } from './neighbor-text.ts'
import type { Position } from './position.ts'

/**
 * The text of a place: a digit of flags, the offset, the page token, how many neighbors there are before and behind, their
 * fingerprints with the beginning of the item's own between them, the rest of the item's own. In a chain, the outer item's
 * comes first.
 */
const hasOffset = 1
/** Two bits: no token, the first page, a token that is stored as it is, and one stored as base64url of UTF-8. */
const tokenKinds = { absent: 0, first: 2, plain: 4, encoded: 6 } as const
const isWord = 8
const isLong = 16
const hasInner = 32

/** A longer token is not stored. The place is then searched from the start of the list. */
const maxTokenLength = 1_024

/** The token of a page as its places store it, with its flags. */
export interface TokenText {
  flags: number
  text: string
}

/** The place without its page tokens. */
export function omitToken({ link, inner, ...place }: Position): Position {
  return { ...place, ...(link !== undefined && { link: null }), ...(inner && { inner: omitToken(inner) }) }
}

export function formatToken(link: PageToken | null | undefined): TokenText {
  if (link === undefined) return { flags: tokenKinds.absent, text: '' }
  if (link === null || link.length > maxTokenLength) return { flags: tokenKinds.first, text: '' }
  const isPlain = /^[\w-]*$/.test(link)
  const text = isPlain ? link : Buffer.from(link).toString('base64url')
  return { flags: isPlain ? tokenKinds.plain : tokenKinds.encoded, text: formatNumber(text.length) + text }
}

/** What a row begins with. In a chain, the outer item's row is followed by the inner item's. */
function formatStart(flags: number, offset: number | null, token: TokenText): string {
  if (offset === null) return formatDigit(flags | token.flags) + token.text
  return formatDigit(flags | token.flags | hasOffset) + formatNumber(offset) + token.text
}

/** Characters of a row besides its start and its neighbors. */
export const fixedRowLength = 2 + fingerprintLength

interface Row {
  offset: number | null
  token: TokenText
  isOuter: boolean
  choice: NeighborChoice
  /** Those of the neighbors with, between them, the beginning of the item's own. */
  fingerprints: string
  own: string
}

export function formatRow({ offset, token, isOuter, choice, fingerprints, own }: Row): string {
  const { before, behind } = choice
  const flags = (choice.isLong ? isLong : 0) | (isOuter ? hasInner : 0)
  const counts = formatDigit(before) + formatDigit(behind)
  return formatStart(flags, offset, token) + counts + fingerprints + own.slice(lengthOf(choice))
}

/** @param maxLength Characters for the neighbors in each row. */
export function formatPlace(place: Position, maxLength: number): string {
  const { inner } = place
  return formatOneRow(place, maxLength, inner !== undefined) + (inner ? formatPlace(inner, maxLength) : '')
}

/** Formats a place without the inner one. */
export function formatOneRow({ offset, link, near, at }: Position, maxLength: number, isOuter: boolean): string {
  const token = formatToken(link)
  const own = near[at]!
  if (isWordPlace(near)) return formatStart(isWord | (isOuter ? hasInner : 0), offset, token) + own
  const choice = chooseNeighbors(at, near.length - at - 1, maxLength, near.every(isProof))
  const stored = near.slice(at - choice.before, at + choice.behind + 1)
  const fingerprints = stored.map((print) => print.slice(0, lengthOf(choice))).join('')
  return formatRow({ offset, token, isOuter, choice, fingerprints, own })
}

export function readPlace(reader: CursorReader): Position {
  const flags = reader.readDigit()
  const offset = flags & hasOffset ? reader.readNumber() : null
  const token = readToken(reader, flags & tokenKinds.encoded)
  const row = flags & isWord ? { near: [reader.readText(neighborLengths.short)], at: 0 } : readNeighbors(reader, flags)
  const inner = flags & hasInner ? { inner: readPlace(reader) } : {}
  return { offset, ...token, ...row, ...inner }
}

function readToken(reader: CursorReader, kind: number): { link?: PageToken | null } {
  if (kind === tokenKinds.absent) return {}
  if (kind === tokenKinds.first) return { link: null }
  const text = reader.readText(reader.readNumber())
  return { link: kind === tokenKinds.plain ? text : Buffer.from(text, 'base64url').toString() }
}

function readNeighbors(reader: CursorReader, flags: number): Pick<Position, 'near' | 'at'> {
  const [at, behind] = [reader.readDigit(), reader.readDigit()]
  const length = flags & isLong ? neighborLengths.long : neighborLengths.short
  const near = Array.from({ length: at + behind + 1 }, () => reader.readText(length))
  near[at] += reader.readText(fingerprintLength - length)
  return { near, at }
}

/** Rows of a place that have neighbors. */
export const countRows = ({ inner, near }: Position): number =>
  (isWordPlace(near) ? 0 : 1) + (inner ? countRows(inner) : 0)

/** Words of a fixed list have a short fingerprint and no neighbors. */
const isWordPlace = (near: readonly string[]): boolean => near.length === 1 && near[0]!.length === neighborLengths.short

const lengthOf = ({ isLong: areLong }: NeighborChoice): number =>
  areLong ? neighborLengths.long : neighborLengths.short

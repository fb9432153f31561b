import type { PageToken } from '../vendors/vendor-lists.ts'
import { formatDigit, formatNumber, type CursorReader } from './digits.ts'
import { fingerprintLength, isProof, neighborLengths } from './fingerprint.ts'
import { chooseNeighbors, type NeighborChoice } from './neighbor-text.ts'
import type { Position } from './position.ts'

// The string of a position has one row: a digit of flags, the offset, the page token, the numbers of neighbors before and
// after the item, each with a flag, the fingerprints of the neighbors with the first characters of the item's own
// fingerprint between them, and the other characters of the item's own fingerprint. In a nested list, the row of the parent
// item comes first.

const hasOffset = 1
/** Two bits: no token, the first page, a token that is stored unchanged, or a token that is stored as base64url of UTF-8. */
const tokenKinds = { absent: 0, first: 2, plain: 4, encoded: 6 } as const
const isPartitionFlag = 8
const isLong = 16
const hasChild = 32

/** Flag of a number of neighbors: the neighbors are all items on their side. */
const isAll = 16

/** Maximum length of a stored page token, in characters. A position with a longer token is restored with a scan from the start of the list. */
const maxTokenLength = 1_024

/** A page token as cursors store it, with its flags. */
export interface TokenText {
  flags: number
  text: string
}

/** Returns the position without page tokens. */
export function omitToken({ pageToken, child, ...position }: Position): Position {
  return { ...position, ...(pageToken !== undefined && { pageToken: null }), ...(child && { child: omitToken(child) }) }
}

/** @param pageToken Undefined if the page was requested by number. Null for the first page. */
export function formatToken(pageToken: PageToken | null | undefined): TokenText {
  if (pageToken === undefined) return { flags: tokenKinds.absent, text: '' }
  if (pageToken === null || pageToken.length > maxTokenLength) return { flags: tokenKinds.first, text: '' }
  const isPlain = /^[\w-]*$/.test(pageToken)
  const text = isPlain ? pageToken : Buffer.from(pageToken).toString('base64url')
  return { flags: isPlain ? tokenKinds.plain : tokenKinds.encoded, text: formatNumber(text.length) + text }
}

/** Formats the flags, the offset, and the page token of a row. */
function formatStart(flags: number, offset: number | null, token: TokenText): string {
  if (offset === null) return formatDigit(flags | token.flags) + token.text
  return formatDigit(flags | token.flags | hasOffset) + formatNumber(offset) + token.text
}

/** Length of a row without its start and its neighbors, in characters. */
export const fixedRowLength = 2 + fingerprintLength

interface Row {
  offset: number | null
  token: TokenText
  /** Whether the row of a child item follows. */
  isParent: boolean
  choice: NeighborChoice
  /** Whether the chosen neighbors are all items before or after the item. */
  hasAllBefore: boolean
  hasAllAfter: boolean
  /** Fingerprints of the neighbors, with the first characters of the item's own fingerprint between them. */
  fingerprints: string
  /** Whole fingerprint of the item. */
  own: string
}

/** Formats one row of a position. */
export function formatRow(row: Row): string {
  const { offset, token, isParent, choice, hasAllBefore, hasAllAfter, fingerprints, own } = row
  const { before, after } = choice
  const flags = (choice.isLong ? isLong : 0) | (isParent ? hasChild : 0)
  const counts = formatDigit(before | (hasAllBefore ? isAll : 0)) + formatDigit(after | (hasAllAfter ? isAll : 0))
  return formatStart(flags, offset, token) + counts + fingerprints + own.slice(getFingerprintLength(choice))
}

/** @param maxLength Maximum length of the neighbors in each row, in characters. */
export function formatPosition(position: Position, maxLength: number): string {
  const { child } = position
  return formatOneRow(position, maxLength, child !== undefined) + (child ? formatPosition(child, maxLength) : '')
}

/** Formats a position without its child. */
export function formatOneRow(position: Position, maxLength: number, isParent: boolean): string {
  const { offset, pageToken, neighbors, itemIndex } = position
  const token = formatToken(pageToken)
  const own = neighbors[itemIndex]!
  if (isPartition(neighbors)) return formatStart(isPartitionFlag | (isParent ? hasChild : 0), offset, token) + own
  const after = neighbors.length - itemIndex - 1
  const choice = chooseNeighbors(itemIndex, after, maxLength, neighbors.every(isProof))
  const stored = neighbors.slice(itemIndex - choice.before, itemIndex + choice.after + 1)
  const fingerprints = stored.map((fingerprint) => fingerprint.slice(0, getFingerprintLength(choice))).join('')
  const hasAllBefore = position.hasAllBefore === true && choice.before === itemIndex
  const hasAllAfter = position.hasAllAfter === true && choice.after === after
  return formatRow({ offset, token, isParent, choice, hasAllBefore, hasAllAfter, fingerprints, own })
}

/** @throws UnreadableCursor if the text is not a position. */
export function readPosition(reader: CursorReader): Position {
  const flags = reader.readDigit()
  const offset = flags & hasOffset ? reader.readNumber() : null
  const token = readToken(reader, flags & tokenKinds.encoded)
  const row =
    flags & isPartitionFlag
      ? { neighbors: [reader.readText(neighborLengths.short)], itemIndex: 0 }
      : readNeighbors(reader, flags)
  const child = flags & hasChild ? { child: readPosition(reader) } : {}
  return { offset, ...token, ...row, ...child }
}

function readToken(reader: CursorReader, kind: number): Pick<Position, 'pageToken'> {
  if (kind === tokenKinds.absent) return {}
  if (kind === tokenKinds.first) return { pageToken: null }
  const text = reader.readText(reader.readNumber())
  return { pageToken: kind === tokenKinds.plain ? text : Buffer.from(text, 'base64url').toString() }
}

function readNeighbors(reader: CursorReader, flags: number): Omit<Position, 'offset' | 'pageToken' | 'child'> {
  const [countBefore, countAfter] = [reader.readDigit(), reader.readDigit()]
  const [itemIndex, after] = [countBefore % isAll, countAfter % isAll]
  const length = flags & isLong ? neighborLengths.long : neighborLengths.short
  const neighbors = Array.from({ length: itemIndex + after + 1 }, () => reader.readText(length))
  neighbors[itemIndex] += reader.readText(fingerprintLength - length)
  return {
    neighbors,
    itemIndex,
    ...(countBefore & isAll && { hasAllBefore: true }),
    ...(countAfter & isAll && { hasAllAfter: true }),
  }
}

/** Returns the number of rows with neighbors in a position. */
export const countRows = ({ child, neighbors }: Position): number =>
  (isPartition(neighbors) ? 0 : 1) + (child ? countRows(child) : 0)

/** Whether a position is that of a partition, which has a short fingerprint and no neighbors. */
const isPartition = (neighbors: readonly string[]): boolean =>
  neighbors.length === 1 && neighbors[0]!.length === neighborLengths.short

const getFingerprintLength = ({ isLong: areLong }: NeighborChoice): number =>
  areLong ? neighborLengths.long : neighborLengths.short

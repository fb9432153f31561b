import { createInvalidCursor, maxCursorLength, tagLength, type Cursor, type CursorCodec } from './cursor.ts'
import { CursorReader, formatDigit, formatNumber, UnreadableCursor } from './digits.ts'
import { computeFingerprint, neighborLengths } from './fingerprint.ts'
import { maxNeighbors, getBoundaryPosition, type Boundary, type Position } from './position.ts'
import { countRows, formatPosition, omitToken, readPosition } from './position-text.ts'

/** Flags of a cursor, as bits of its first digit. */
const hasEdge = 1
const hasBoundaries = 2
const hasResume = 4
const isForward = 8

const accountHashLength = 5

/** Returns the identifier of an account in cursors: the first characters of the hash of its key. */
export const hashAccountKey = (key: string): string => computeFingerprint(key).slice(0, accountHashLength)

/**
 * Returns the number of characters for the neighbors in each row of a cursor. A row describes one position in one list;
 * nested lists and accounts with their own boundary add rows. A cursor has at most 120 characters with one row, and at most
 * 400 with several rows. It can be longer if a page token is long, because at least 6 neighbors on each side are stored, or
 * one if there are several rows.
 *
 * @param fixedLength Length of the cursor without neighbors and without the tag, in characters.
 */
export function computeNeighborLength(fixedLength: number, rows: number): number {
  const [max, min] = rows === 1 ? [120, 36] : [400, minNeighborLength]
  const length = Math.floor((max - tagLength - fixedLength) / rows)
  return Math.min(Math.max(length, min), maxNeighborLength)
}

/** One neighbor on each side. */
const minNeighborLength = 2 * neighborLengths.short

/** All neighbors with short fingerprints. */
const maxNeighborLength = 2 * maxNeighbors * neighborLengths.short

/** Formats the part of a cursor before the position of its edge. */
export function formatBeginning(listHash: string, { edge, boundaries, resume }: CursorOutline): string {
  const flags =
    (edge ? hasEdge : 0) |
    (isEmpty(boundaries) ? 0 : hasBoundaries) |
    (resume ? hasResume : 0) |
    (resume?.isForward ? isForward : 0)
  return listHash + formatDigit(flags) + (edge ? edge.account + formatNumber(edge.index) : '')
}

/**
 * Formats the part of a cursor after the position of its edge.
 *
 * @param maxLength Maximum length of the neighbors in each row, in characters.
 */
export function formatEnding({ boundaries, resume }: Omit<Cursor, 'edge'>, maxLength: number): string {
  return (
    (isEmpty(boundaries) ? '' : formatBoundaries(boundaries, maxLength)) +
    (resume ? formatBoundaries(resume.boundaries, maxLength) : '')
  )
}

/** A cursor without the position of its edge. */
export interface CursorOutline extends Omit<Cursor, 'edge'> {
  edge: { account: string; index: number } | null
}

/** Returns the number of rows of a cursor without those of its edge. */
export function countOtherRows({ boundaries, resume }: CursorOutline): number {
  const positions = [...Object.values(boundaries), ...Object.values(resume?.boundaries ?? {})].flatMap(listPositions)
  return positions.reduce((sum, position) => sum + countRows(position), 0)
}

/** Length that remains in a cursor if its edge is in a nested list and both page tokens have the maximum length. */
const maxEndingLength = maxCursorLength - 4_096

/**
 * Removes the page tokens of all accounts except the edge's if they would make the cursor too long. The positions of these
 * accounts are then restored with a scan from the start of their lists.
 */
export function limitTokens<C extends Omit<Cursor, 'edge'>>(cursor: C): C {
  const { boundaries, resume } = cursor
  if (formatEnding(cursor, minNeighborLength).length <= maxEndingLength) return cursor
  return {
    ...cursor,
    boundaries: omitTokens(boundaries),
    resume: resume && { ...resume, boundaries: omitTokens(resume.boundaries) },
  }
}

function omitTokens(boundaries: Readonly<Record<string, Boundary>>): Record<string, Boundary> {
  const omit = (boundary: Boundary): Boundary => {
    if (typeof boundary === 'string') return boundary
    return 'after' in boundary ? { after: omitToken(boundary.after) } : { before: omitToken(boundary.before) }
  }
  return Object.fromEntries(Object.entries(boundaries).map(([account, boundary]) => [account, omit(boundary)]))
}

/** Formats a cursor without its tag. */
export function formatCursor(listHash: string, cursor: Cursor): string {
  const format = (maxLength: number): string =>
    formatBeginning(listHash, cursor) +
    (cursor.edge ? formatPosition(cursor.edge.position, maxLength) : '') +
    formatEnding(cursor, maxLength)
  const rows = countOtherRows(cursor) + (cursor.edge ? countRows(cursor.edge.position) : 0)
  return format(computeNeighborLength(format(0).length, rows))
}

/**
 * Verifies and parses a cursor.
 *
 * @param argument Name of the GraphQL argument that contains the cursor.
 * @throws INVALID_CURSOR if the cursor is malformed or its tag is not valid.
 * @throws CURSOR_FOREIGN if the cursor belongs to another list.
 */
export function readCursor(codec: CursorCodec, list: string, text: string, argument: string): Cursor {
  const reader = new CursorReader(codec.open(list, text, argument))
  try {
    const cursor = readBody(reader)
    if (reader.isAtEnd) return cursor
  } catch (error) {
    if (!(error instanceof UnreadableCursor)) throw error
  }
  throw createInvalidCursor(argument)
}

function readBody(reader: CursorReader): Cursor {
  const flags = reader.readDigit()
  const edge = flags & hasEdge ? readEdge(reader) : null
  const boundaries = flags & hasBoundaries ? readBoundaries(reader) : {}
  const resume = flags & hasResume ? { isForward: (flags & isForward) !== 0, boundaries: readBoundaries(reader) } : null
  return { edge, boundaries, resume }
}

function readEdge(reader: CursorReader): NonNullable<Cursor['edge']> {
  return { account: reader.readText(accountHashLength), index: reader.readNumber(), position: readPosition(reader) }
}

const boundaryKinds = ['start', 'end', 'after', 'before'] as const

function formatBoundaries(boundaries: Readonly<Record<string, Boundary>>, maxLength: number): string {
  const texts = Object.entries(boundaries).map(([account, boundary]) => account + formatBoundary(boundary, maxLength))
  return formatNumber(texts.length) + texts.join('')
}

function formatBoundary(boundary: Boundary, maxLength: number): string {
  if (typeof boundary === 'string') return formatDigit(boundaryKinds.indexOf(boundary))
  const kind = 'after' in boundary ? 'after' : 'before'
  return formatDigit(boundaryKinds.indexOf(kind)) + formatPosition(getBoundaryPosition(boundary), maxLength)
}

function readBoundaries(reader: CursorReader): Record<string, Boundary> {
  const boundaries: Record<string, Boundary> = {}
  for (let remaining = reader.readNumber(); remaining > 0; remaining--)
    boundaries[reader.readText(accountHashLength)] = readBoundary(reader)
  return boundaries
}

function readBoundary(reader: CursorReader): Boundary {
  const kind = boundaryKinds[reader.readDigit()]
  if (kind === 'after') return { after: readPosition(reader) }
  if (kind === 'before') return { before: readPosition(reader) }
  if (kind === undefined) throw new UnreadableCursor()
  return kind
}

const listPositions = (boundary: Boundary): Position[] =>
  typeof boundary === 'string' ? [] : [getBoundaryPosition(boundary)]

const isEmpty = (boundaries: object): boolean => Object.keys(boundaries).length === 0

import { createInvalidCursor, maxCursorLength, tagLength, type Cursor, type CursorCodec } from './cursor.ts'
import { CursorReader, formatDigit, formatNumber, UnreadableCursor } from './digits.ts'
import { computeFingerprint, neighborLengths } from './fingerprint.ts'
import { maxNeighbors, getPositionOf, type Boundary, type Position } from './position.ts'
import { countRows, formatPlace, omitToken, readPlace } from './position-text.ts'

/** Flags of a cursor. */
const hasEdge = 1
const hasCuts = 2
const hasResume = 4
const isForward = 8

const accountMarkLength = 5

/** What an account is called in cursors. An account whose key is changed is another account. */
export const markAccount = (key: string): string => computeFingerprint(key).slice(0, accountMarkLength)

/**
 * Characters for the neighbors in each row, so that a cursor has at most 120 characters if it holds one row, and at most 400
 * if it holds several (nested lists, or accounts that stand elsewhere). A long page token comes on top of it, because at least
 * 6 neighbors on each side are stored, or one if there are several rows.
 */
export function shareLength(fixedLength: number, rows: number): number {
  const [max, min] = rows === 1 ? [120, 36] : [400, minShare]
  const share = Math.floor((max - tagLength - fixedLength) / rows)
  return Math.min(Math.max(share, min), maxShare)
}

/** One neighbor on each side. */
const minShare = 2 * neighborLengths.short

/** All neighbors with short fingerprints. */
const maxShare = 2 * maxNeighbors * neighborLengths.short

/** A cursor up to its edge's place. */
export function formatBeginning(mark: string, { edge, cuts, resume }: CursorOutline): string {
  const flags =
    (edge ? hasEdge : 0) | (isEmpty(cuts) ? 0 : hasCuts) | (resume ? hasResume : 0) | (resume?.forward ? isForward : 0)
  return mark + formatDigit(flags) + (edge ? edge.account + formatNumber(edge.index) : '')
}

/** A cursor from behind its edge's place on. */
export function formatEnding({ cuts, resume }: Omit<Cursor, 'edge'>, maxLength: number): string {
  return (isEmpty(cuts) ? '' : formatCuts(cuts, maxLength)) + (resume ? formatCuts(resume.cuts, maxLength) : '')
}

/** A cursor without its edge's place. */
export interface CursorOutline extends Omit<Cursor, 'edge'> {
  edge: { account: string; index: number } | null
}

/** Rows of a cursor besides those of its edge. */
export function countOtherRows({ cuts, resume }: CursorOutline): number {
  const places = [...Object.values(cuts), ...Object.values(resume?.cuts ?? {})].flatMap(placesOf)
  return places.reduce((sum, place) => sum + countRows(place), 0)
}

/** What is left of a cursor's length if its edge has a place in nested lists with the longest tokens. */
const maxEndingLength = maxCursorLength - 4_096

/**
 * Leaves out the page tokens of all accounts but the edge's if they would make the cursor too long. Their places are then
 * searched from the start of their lists.
 */
export function limitTokens<C extends Omit<Cursor, 'edge'>>(cursor: C): C {
  const { cuts, resume } = cursor
  if (formatEnding(cursor, minShare).length <= maxEndingLength) return cursor
  return { ...cursor, cuts: omitTokens(cuts), resume: resume && { ...resume, cuts: omitTokens(resume.cuts) } }
}

function omitTokens(cuts: Readonly<Record<string, Boundary>>): Record<string, Boundary> {
  const omit = (cut: Boundary): Boundary => {
    if (typeof cut === 'string') return cut
    return 'after' in cut ? { after: omitToken(cut.after) } : { before: omitToken(cut.before) }
  }
  return Object.fromEntries(Object.entries(cuts).map(([account, cut]) => [account, omit(cut)]))
}

/** @param mark The mark of the list. */
export function formatCursor(mark: string, cursor: Cursor): string {
  const format = (maxLength: number): string =>
    formatBeginning(mark, cursor) +
    (cursor.edge ? formatPlace(cursor.edge.place, maxLength) : '') +
    formatEnding(cursor, maxLength)
  const rows = countOtherRows(cursor) + (cursor.edge ? countRows(cursor.edge.place) : 0)
  return format(shareLength(format(0).length, rows))
}

/** @throws INVALID_CURSOR, or CURSOR_FOREIGN for a cursor of another list. */
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
  const cuts = flags & hasCuts ? readCuts(reader) : {}
  const resume = flags & hasResume ? { forward: (flags & isForward) !== 0, cuts: readCuts(reader) } : null
  return { edge, cuts, resume }
}

function readEdge(reader: CursorReader): NonNullable<Cursor['edge']> {
  return { account: reader.readText(accountMarkLength), index: reader.readNumber(), place: readPlace(reader) }
}

const cutKinds = ['start', 'end', 'after', 'before'] as const

function formatCuts(cuts: Readonly<Record<string, Boundary>>, maxLength: number): string {
  const texts = Object.entries(cuts).map(([account, cut]) => account + formatCut(cut, maxLength))
  return formatNumber(texts.length) + texts.join('')
}

function formatCut(cut: Boundary, maxLength: number): string {
  if (typeof cut === 'string') return formatDigit(cutKinds.indexOf(cut))
  const kind = 'after' in cut ? 'after' : 'before'
  return formatDigit(cutKinds.indexOf(kind)) + formatPlace(getPositionOf(cut), maxLength)
}

function readCuts(reader: CursorReader): Record<string, Boundary> {
  const cuts: Record<string, Boundary> = {}
  for (let left = reader.readNumber(); left > 0; left--) cuts[reader.readText(accountMarkLength)] = readCut(reader)
  return cuts
}

function readCut(reader: CursorReader): Boundary {
  const kind = cutKinds[reader.readDigit()]
  if (kind === 'after') return { after: readPlace(reader) }
  if (kind === 'before') return { before: readPlace(reader) }
  if (kind === undefined) throw new UnreadableCursor()
  return kind
}

const placesOf = (cut: Boundary): Position[] => (typeof cut === 'string' ? [] : [getPositionOf(cut)])

const isEmpty = (cuts: object): boolean => Object.keys(cuts).length === 0

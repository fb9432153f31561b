import type { Problem } from '../errors.ts'
import { Pacer } from '../pacer.ts'
import type { Link, Page, PageRequest } from '../vendors/vendor.ts'
import { fingerprint, neighbours, skipPresent, surroundings, type Place, type Row, type Sight } from './place.ts'

/** A page in hand; `from` to `to` (exclusive) is the part of it that lies on the wanted side of a cut. */
export interface Batch extends Row {
  items: readonly unknown[]
  ids: (string | null)[]
  /** Where the page stands in the whole list; null where nobody knows. */
  offset: number | null
  /** The size that was asked for; a vendor's tokens want the same again. */
  asked: number
  number: number | null
  /** Absent where the page was asked for by number. */
  link?: Link | null
  next: Link | null
  /** Nothing says that there is a next page. */
  guessed: boolean
  previous: Link | null | undefined
  total: number | null
  problem: Problem | null
  from: number
  to: number
  /** Its index among the pages walked from the start; null where it was asked for by itself. */
  walked: number | null
}

/** A page as it came. `hint`: its number, or its offset where it was asked for by link. */
export async function batchOf(
  page: Page,
  request: PageRequest,
  hint: number | null,
  idOf: (item: unknown) => string | null,
): Promise<Batch> {
  const number = 'number' in request ? request.number : null
  const ids: (string | null)[] = []
  const prints: (string | null)[] = []
  const pacer = new Pacer()
  for (const item of page.items) {
    const id = idOf(item)
    ids.push(id)
    prints.push(id === null ? null : fingerprint(id))
    if (pacer.isDue) await pacer.pause()
  }
  return {
    items: page.items,
    ids,
    prints,
    left: [],
    right: [],
    offset: number === null ? hint : number * sizeOf(page, request.size),
    asked: request.size,
    number,
    ...('link' in request ? { link: request.link } : {}),
    next: page.next,
    guessed: page.guessed ?? false,
    previous: number === 0 || ('link' in request && request.link === null) ? null : page.previous,
    total: page.total ?? null,
    problem: page.problem ?? null,
    from: 0,
    to: page.items.length,
    walked: null,
  }
}

/** The size that the vendor really works with: what it says, else what a page that is not the last one held. */
function sizeOf(page: Page, asked: number): number {
  return page.size ?? (page.next !== null && page.items.length > 0 ? page.items.length : asked)
}

/** The place of one item of a batch. */
export function placeOf(batch: Batch, index: number): Place {
  return {
    offset: batch.offset === null ? null : batch.offset + index,
    ...(batch.link === undefined ? {} : { link: batch.link }),
    ...surroundings(batch, index),
  }
}

/** The page as a place is looked for on it. */
export const toSight = (batch: Batch): Sight => ({
  prints: batch.prints,
  left: batch.left,
  right: batch.right,
  isFirst: batch.offset === 0,
})

/** Whether a page gives nothing but what another one gave, as where the vendor pays no heed to page numbers. */
export function repeats({ prints }: Row, earlier: Row): boolean {
  const known = new Set(earlier.prints)
  return prints.every((print) => print !== null && known.has(print))
}

/** Two batches, one behind the other, learn of each other's items; gives the second, or the first where `first`. */
export function joined(before: Batch, behind: Batch, first = false): Batch {
  const known = (row: Row): string[] => [...row.left, ...row.prints, ...row.right].filter((print) => print !== null)
  if (before.left.length === 0) before.left = skipPresent(behind.left.toReversed(), before.prints).toReversed()
  before.right = known({ ...behind, left: [] }).slice(0, neighbours)
  behind.left = known({ ...before, right: [] }).slice(-neighbours)
  return first ? before : behind
}

/** Of the items on the wanted side, in the direction walked. */
export function* indexes(batch: Batch, forward: boolean): Generator<number> {
  if (forward) for (let index = batch.from; index < batch.to; index++) yield index
  else for (let index = batch.to - 1; index >= batch.from; index--) yield index
}

import type { Problem } from '../errors.ts'
import type { Link } from '../vendors/vendor.ts'
import { neighbours, surroundings, type Place, type Row } from './place.ts'

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

/** The place of one item of a batch. */
export function placeOf(batch: Batch, index: number): Place {
  return {
    offset: batch.offset === null ? null : batch.offset + index,
    ...(batch.link === undefined ? {} : { link: batch.link }),
    ...surroundings(batch, index),
  }
}

/** Whether a page gives nothing but what another one gave, as where the vendor pays no heed to page numbers. */
export function repeats({ prints }: Row, earlier: Row): boolean {
  const known = new Set(earlier.prints)
  return prints.every((print) => print !== null && known.has(print))
}

/** Two batches, one behind the other, learn of each other's items; gives the second, or the first where `first`. */
export function joined(before: Batch, behind: Batch, first = false): Batch {
  const known = (row: Row): string[] => [...row.left, ...row.prints, ...row.right].filter((print) => print !== null)
  before.right = known({ ...behind, left: [] }).slice(0, neighbours)
  behind.left = known({ ...before, right: [] }).slice(-neighbours)
  return first ? before : behind
}

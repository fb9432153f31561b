import { hash } from 'node:crypto'
import type { Link } from '../vendors/vendor.ts'

/**
 * Where an item stands in a list: how to ask for its page again, and by whom it is known there, so that the place is
 * found again when the list has moved.
 */
export interface Place {
  /** Items before it in the whole list, as far as known. */
  offset: number | null
  /** The link that gave its page; null for the first page. Absent where the page was asked for by number. */
  link?: Link | null
  /** Fingerprints of the item and its neighbours, in the list's order. */
  near: string[]
  /** Which of `near` is the item. */
  at: number
  /** In a chain: the place within the outer item's own list. */
  inner?: Place
}

/** A list cut in two, before or after an item. */
export type Cut = 'start' | 'end' | { after: Place } | { before: Place }

/** Known neighbours on each side: enough that not all of them are gone when the cursor is used. */
export const neighbours = 12

/** 48 bits of a digest: an item's name within a list. */
export function fingerprint(id: string): string {
  return hash('sha256', id, 'base64url').slice(0, 8)
}

/** A page's fingerprints and, in order, those known to lie before and behind it. */
export interface Row {
  prints: readonly (string | null)[]
  left: readonly string[]
  right: readonly string[]
}

/** Fingerprints around `index`. Items without an id are passed over. */
export function surroundings({ prints, left, right }: Row, index: number): { near: string[]; at: number } {
  const before: string[] = []
  for (let i = index - 1; i >= 0 && before.length < neighbours; i--) if (prints[i] != null) before.push(prints[i]!)
  for (let i = left.length - 1; i >= 0 && before.length < neighbours; i--) before.push(left[i]!)
  const behind: string[] = []
  for (let i = index + 1; i < prints.length && behind.length < neighbours; i++)
    if (prints[i] != null) behind.push(prints[i]!)
  for (let i = 0; i < right.length && behind.length < neighbours; i++) behind.push(right[i]!)
  return { near: [...before.reverse(), prints[index] ?? '', ...behind], at: before.length }
}

/** What a place knows of the items left and right of a page that it was found on. */
export function beyond(prints: readonly (string | null)[], { near, at }: Place): { left: string[]; right: string[] } {
  const here = new Set(prints)
  const first = near.findIndex((print) => here.has(print))
  const last = near.findLastIndex((print) => here.has(print))
  return first < 0
    ? { left: near.slice(0, at + 1), right: near.slice(at + 1) }
    : { left: near.slice(0, first), right: near.slice(last + 1) }
}

/** What a page tells of a place: its item, the nearest known item before it, the nearest known item behind it. */
export interface Sighting {
  item: number | null
  before: { index: number; distance: number } | null
  behind: number | null
}

/** Looks for a place among a page's fingerprints; indexes into the page. */
export function sight(prints: readonly (string | null)[], place: Place): Sighting {
  const positions = new Map<string, number>()
  for (const [index, print] of prints.entries()) if (print !== null) positions.set(print, index)
  const at = (distance: number): number | undefined => positions.get(place.near[place.at + distance] ?? '')
  const sighting: Sighting = { item: at(0) ?? null, before: null, behind: null }
  for (let distance = 1; distance <= place.at && !sighting.before; distance++) {
    const index = at(-distance)
    if (index !== undefined) sighting.before = { index, distance }
  }
  for (let distance = 1; place.at + distance < place.near.length && sighting.behind === null; distance++) {
    sighting.behind = at(distance) ?? null
  }
  return sighting
}

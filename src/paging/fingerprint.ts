import { hash } from 'node:crypto'

/** 48 bits of a digest, as 8 characters: an item's name within a list. */
export function computeFingerprint(id: string): string {
  return hash('sha256', id, 'base64url').slice(0, fingerprintLength)
}

export const fingerprintLength = 8

/** Characters that cursors store of a neighbor's fingerprint: 36 bits if there is room, 18 bits if not. */
export const neighborLengths = { long: 6, short: 3 } as const

/**
 * Whether a fingerprint is proof of an item. By chance, 12 short fingerprints match an item of one page of 300 in 73, so a
 * short one needs a second one beside it. 12 long ones do so once in 19 million pages.
 */
export const isProof = (print: string): boolean => print.length >= neighborLengths.long

/** Whether two fingerprints can be of the same item: one can be a shorter form of the other. */
export function areAlike(one: string | null | undefined, other: string | null | undefined): boolean {
  if (one === other) return one != null
  return !!one && !!other && (one.startsWith(other) || other.startsWith(one))
}

/** Fingerprints of a page's items, each computed when it is first needed; null for an item without an ID. */
export class Fingerprints {
  readonly #ids: readonly (string | null)[]
  readonly #prints: (string | null)[]

  constructor(ids: readonly (string | null)[]) {
    this.#ids = ids
    this.#prints = []
  }

  get(index: number): string | null {
    const known = this.#prints[index]
    if (known !== undefined) return known
    const id = this.#ids[index]
    return (this.#prints[index] = id == null ? null : computeFingerprint(id))
  }

  get all(): readonly (string | null)[] {
    for (let index = 0; index < this.#ids.length; index++) this.get(index)
    return this.#prints
  }
}

/** A page's fingerprints and, in order, those known to lie before and behind it. */
export interface FingerprintedPage {
  prints: readonly (string | null)[]
  left: readonly string[]
  right: readonly string[]
}

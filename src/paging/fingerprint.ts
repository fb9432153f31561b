import { hash } from 'node:crypto'

/** Returns the fingerprint of an item: 48 bits of the SHA-256 of its ID, as 8 characters of base64url. */
export function computeFingerprint(id: string): string {
  return hash('sha256', id, 'base64url').slice(0, fingerprintLength)
}

/** Length of a whole fingerprint, in characters. */
export const fingerprintLength = 8

/** Lengths at which cursors store the fingerprint of a neighbor, in characters: 36 bits if they fit, otherwise 18 bits. */
export const neighborLengths = { long: 6, short: 3 } as const

/**
 * Whether a fingerprint alone identifies an item. 12 short fingerprints match a wrong item by chance on one of 73 pages of 300
 * items, so a short one needs a second one near it. 12 long ones match by chance on one of 19 million pages.
 */
export const isProof = (fingerprint: string): boolean => fingerprint.length >= neighborLengths.long

/** Whether two fingerprints can belong to the same item. One of them can be shortened. Null and undefined match nothing. */
export function areAlike(left: string | null | undefined, right: string | null | undefined): boolean {
  if (left === right) return left != null
  return !!left && !!right && (left.startsWith(right) || right.startsWith(left))
}

/** Fingerprints of a page's items. Each is computed when it is first needed. Null for an item without an ID. */
export class LazyFingerprints {
  readonly #ids: readonly (string | null)[]
  readonly #fingerprints: (string | null)[]

  constructor(ids: readonly (string | null)[]) {
    this.#ids = ids
    this.#fingerprints = []
  }

  get(index: number): string | null {
    const computed = this.#fingerprints[index]
    if (computed !== undefined) return computed
    const id = this.#ids[index]
    return (this.#fingerprints[index] = id == null ? null : computeFingerprint(id))
  }

  get all(): readonly (string | null)[] {
    for (let index = 0; index < this.#ids.length; index++) this.get(index)
    return this.#fingerprints
  }
}

/** Fingerprints of a page's items and of the known items around the page, in the order of the list. */
export interface FingerprintedPage {
  /** Null for an item without an ID. */
  fingerprints: readonly (string | null)[]
  /** Known items before the page. */
  knownBefore: readonly string[]
  /** Known items after the page. */
  knownAfter: readonly string[]
}

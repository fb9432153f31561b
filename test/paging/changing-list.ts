import fc from 'fast-check'
import type { Boundary } from '../../src/paging/position.ts'
import type { ListSlice } from '../../src/paging/slice.ts'
import { scanList } from '../../src/paging/scan.ts'
import { newCall } from '../support/account.ts'
import { plainScheme, vendorList, type Item, type Scheme } from './vendor-list.ts'

export const anyScheme: fc.Arbitrary<Scheme> = fc
  .record({
    kind: fc.constantFrom('numbered', 'keyset', 'offset links', 'whole'),
    reportsTotal: fc.boolean(),
    fixedSize: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null }),
    previous: fc.boolean(),
    linksToLastPage: fc.boolean(),
    tokensExpire: fc.boolean(),
    pastEnd: fc.constantFrom('empty', 'rejected', 'repeated', null),
    maxSize: fc.integer({ min: 2, max: 25 }),
  })
  .map((made) => ({
    ...made,
    previous: made.previous && made.kind === 'keyset',
    linksToLastPage: made.linksToLastPage && made.kind !== 'numbered',
    pastEnd: made.kind === 'numbered' ? made.pastEnd : null,
  }))

/** A vendor that rejects or repeats pages after the end is only understood while the list does not change. */
export const movingScheme = anyScheme.map((made): Scheme => ({ ...made, pastEnd: made.pastEnd && 'empty' }))

/** A vendor that selects pages by offset, so that it can list an ID twice, and returns no more items than requested. */
export const repeatingScheme = anyScheme.map((made): Scheme => ({
  ...made,
  fixedSize: made.fixedSize && Math.min(made.fixedSize, made.maxSize),
  kind: made.kind === 'keyset' ? 'offset links' : made.kind,
  previous: false,
  pastEnd: null,
}))

export const rows = (...numbers: number[]): Item[] => numbers.map((number) => ({ id: key(number) }))

/** Items with different IDs, and some rows that repeat one of them. */
export const repeatingList = (maxLength: number): fc.Arbitrary<Item[]> =>
  fc
    .record({
      length: fc.integer({ min: 0, max: maxLength - 2 }),
      repeats: fc.array(fc.record({ from: fc.nat(), to: fc.nat() }), { maxLength: 2 }),
    })
    .map(({ length, repeats }) => {
      const items = Array.from({ length }, (_, index) => ({ id: key(index) }))
      if (length > 0) for (const { from, to } of repeats) items.splice(to % length, 0, items[from % length]!)
      return items
    })

export const key = (number: number): string => String(number).padStart(6, '0')

/** A change between two pages. The numbers are thousandths of the list at which items are inserted or deleted. */
export interface Change {
  insert: number[]
  remove: number[]
}

export const change: fc.Arbitrary<Change> = fc.record({
  insert: fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 3 }),
  remove: fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 3 }),
})

/** Regression: all known items before the position were deleted, some of them on an earlier page. */
export const ones: Scheme = { ...plainScheme, fixedSize: 1, maxSize: 2 }
export const deleting = (...remove: number[]) => ({ insert: [], remove })

/**
 * Regressions: pages of one item, of which every item that was returned is deleted while another one is inserted. The list
 * is scanned from its end, and from its start with page tokens, which do not show an offset.
 */
export const losingReturned: [scheme: Scheme, length: number, isForward: boolean, changes: Change[]][] = [
  [ones, 3, false, [{ insert: [0], remove: [750] }]],
  [{ ...ones, kind: 'offset links' }, 11, true, [deleting(), deleting(), { insert: [999], remove: [0, 0, 0] }]],
]

/** A vendor's list that changes between pages. */
export class ChangingList {
  items: Item[]
  /** IDs of the items that were never deleted. */
  readonly lasting: Set<string>
  constructor(length: number) {
    this.items = Array.from({ length }, (_, index) => ({ id: key(index * 1000) }))
    this.lasting = new Set(this.items.map((item) => item.id))
  }
  apply({ insert, remove }: Change): void {
    for (const at of insert) {
      const id = key(
        Math.floor((at / 1000) * this.items.length) * 1000 +
          1 +
          Math.floor(Math.abs(Math.sin(at + this.items.length)) * 998),
      )
      if (!this.items.some((item) => item.id === id)) this.items.push({ id })
    }
    this.items.sort((a, b) => (a.id < b.id ? -1 : 1))
    for (const at of remove) {
      const [deleted] = this.items.splice(Math.floor((at / 1000) * this.items.length), 1)
      if (deleted) this.lasting.delete(deleted.id)
    }
  }
}

/** Returns the boundary at which the next scan continues. */
export const continueFrom = (slice: ListSlice<Item>, isForward: boolean, boundary: Boundary): Boundary => {
  const lastItem = slice.items.at(-1)
  if (slice.resume || !lastItem) return slice.resume ?? boundary
  return isForward ? { after: lastItem.getPosition() } : { before: lastItem.getPosition() }
}

/** Scans a list page by page and returns the IDs. Applies one of `changes` after each page. */
export async function scanAll(
  list: ChangingList,
  scheme: Scheme,
  isForward: boolean,
  count: number,
  changes: Change[],
  // Cursors store boundaries as text.
  store = (boundary: Boundary): Boundary => JSON.parse(JSON.stringify(boundary)) as Boundary,
  vendor = vendorList(scheme, () => list.items),
  openCall = newCall,
) {
  const ids: string[] = []
  let boundary: Boundary = isForward ? 'start' : 'end'
  for (let round = 0; round < 500; round++) {
    const slice: ListSlice<Item> = await scanList<Item>(vendor.list, boundary, {
      call: openCall(),
      budget: { remaining: 500 },
      isForward,
      count,
      matches: () => true,
    })
    if (slice.failure) throw slice.failure
    ids.push(...slice.items.map((item) => item.node.id))
    boundary = store(continueFrom(slice, isForward, boundary))
    if (!slice.hasMore) return ids
    const next = changes[round]
    if (next) {
      list.apply(next)
      vendor.expireTokens()
    }
  }
  throw new Error('The scan does not end.')
}

import fc from 'fast-check'
import type { Boundary } from '../../src/paging/position.ts'
import type { ListSlice } from '../../src/paging/slice.ts'
import { scanList } from '../../src/paging/scan.ts'
import { newCall } from '../support/account.ts'
import { vendorList, type Item, type Scheme } from './vendor-list.ts'

export const scheme: fc.Arbitrary<Scheme> = fc
  .record({
    kind: fc.constantFrom('numbered', 'keyset', 'offset links', 'whole'),
    counted: fc.boolean(),
    fixedSize: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null }),
    previous: fc.boolean(),
    hasLast: fc.boolean(),
    linksDie: fc.boolean(),
    guesses: fc.constantFrom('empty', 'refused', 'again', null),
    maxSize: fc.integer({ min: 2, max: 25 }),
  })
  .map((made) => ({
    ...made,
    previous: made.previous && made.kind === 'keyset',
    hasLast: made.hasLast && made.kind !== 'numbered',
    guesses: made.kind === 'numbered' ? made.guesses : null,
  }))

/** A vendor that refuses, or gives again, what lies past the end is understood while nothing moves. */
export const movingScheme = scheme.map((made): Scheme => ({ ...made, guesses: made.guesses && 'empty' }))

/** A vendor that finds its pages by position, so that rows with one ID stand apart, and gives no more than is asked for. */
export const repeatingScheme = scheme.map((made): Scheme => ({
  ...made,
  fixedSize: made.fixedSize && Math.min(made.fixedSize, made.maxSize),
  kind: made.kind === 'keyset' ? 'offset links' : made.kind,
  previous: false,
  guesses: null,
}))

export const rows = (...numbers: number[]): Item[] => numbers.map((number) => ({ id: key(number) }))

/** Items with IDs of their own, and some rows that repeat one of them. */
export const repeatingList = (longest: number): fc.Arbitrary<Item[]> =>
  fc
    .record({
      length: fc.integer({ min: 0, max: longest - 2 }),
      repeats: fc.array(fc.record({ from: fc.nat(), to: fc.nat() }), { maxLength: 2 }),
    })
    .map(({ length, repeats }) => {
      const items = Array.from({ length }, (_, index) => ({ id: key(index) }))
      if (length > 0) for (const { from, to } of repeats) items.splice(to % length, 0, items[from % length]!)
      return items
    })

export const key = (number: number): string => String(number).padStart(6, '0')

/** Between two pages: items are inserted at, and deleted from, these thousandths of the list. */
export const change = fc.record({
  insert: fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 3 }),
  remove: fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 3 }),
})

/** A case that was once lost: all that is known before the place has gone, some of it earlier. */
export const ones: Scheme = {
  kind: 'numbered',
  counted: false,
  guesses: null,
  fixedSize: 1,
  previous: false,
  hasLast: false,
  linksDie: false,
  maxSize: 2,
}
export const deleting = (...remove: number[]) => ({ insert: [], remove })

export class World {
  items: Item[]
  readonly lasting: Set<string>
  constructor(length: number) {
    this.items = Array.from({ length }, (_, index) => ({ id: key(index * 1000) }))
    this.lasting = new Set(this.items.map((item) => item.id))
  }
  apply({ insert, remove }: { insert: number[]; remove: number[] }): void {
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
      const [gone] = this.items.splice(Math.floor((at / 1000) * this.items.length), 1)
      if (gone) this.lasting.delete(gone.id)
    }
  }
}

export const continueFrom = (slice: ListSlice<Item>, forward: boolean, cut: Boundary): Boundary => {
  const last = slice.edges.at(-1)
  return slice.resume ?? (last ? (forward ? { after: last.getPosition() } : { before: last.getPosition() }) : cut)
}

export async function walkAll(
  world: World,
  made: Scheme,
  forward: boolean,
  count: number,
  changes: { insert: number[]; remove: number[] }[],
  // A cursor survives as text.
  pass = (cut: Boundary): Boundary => JSON.parse(JSON.stringify(cut)) as Boundary,
) {
  const vendor = vendorList(made, () => world.items)
  const got: string[] = []
  let cut: Boundary = forward ? 'start' : 'end'
  for (let round = 0; round < 500; round++) {
    const slice: ListSlice<Item> = await scanList<Item>(vendor.list, cut, {
      call: newCall(),
      scan: { left: 500 },
      forward,
      count,
      matches: () => true,
    })
    if (slice.failure) throw slice.failure
    got.push(...slice.edges.map((edge) => edge.node.id))
    cut = pass(continueFrom(slice, forward, cut))
    if (!slice.more) return got
    const next = changes[round]
    if (next) {
      world.apply(next)
      vendor.forgetLinks()
    }
  }
  throw new Error('the walk does not end')
}

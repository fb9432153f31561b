import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCursor, markAccount, readCursor } from '../../src/paging/cursor-text.ts'
import { createCursorCodec, type Cursor } from '../../src/paging/cursor.ts'
import { CursorReader } from '../../src/paging/digits.ts'
import { formatPlace, readPlace } from '../../src/paging/position-text.ts'
import { fingerprint, type Boundary, type Position } from '../../src/paging/position.ts'
import { createFixedSecrets } from '../../src/core/secrets.ts'
import { runs } from '../support/property.ts'
import type { Scheme } from './vendor-list.ts'
import { change, deleting, key, movingScheme, ones, repeatingList, repeatingScheme, walkAll, World } from './world.ts'

const codec = createCursorCodec(createFixedSecrets('a secret of at least thirty-two characters'))
const list = 'users'
const print = fc.nat(1_000_000).map((id) => fingerprint(String(id)))

const anyRow = (token: fc.Arbitrary<string>) =>
  fc
    .record({
      offset: fc.option(fc.nat(1_000_000)),
      link: fc.option(fc.option(token), { nil: undefined }),
      before: fc.array(print, { maxLength: 12 }),
      own: print,
      behind: fc.array(print, { maxLength: 12 }),
    })
    .map(({ offset, link, before, own, behind }): Position => ({
      offset,
      ...(link === undefined ? {} : { link }),
      near: [...before, own, ...behind],
      at: before.length,
    }))
const word = fc.record({ offset: fc.nat(3), word: print }).map(({ offset, word: name }): Position => ({
  offset,
  near: [name.slice(0, 3)],
  at: 0,
}))
/** A place in one list, in one of a few fixed lists, or in the list of an item of another list. */
const anyPlace = (token: fc.Arbitrary<string>): fc.Arbitrary<Position> =>
  fc
    .record({ outer: fc.option(fc.oneof(word, anyRow(token))), inner: anyRow(token) })
    .map(({ outer, inner }) => (outer ? { ...outer, inner } : inner))

function anyCursor(place: fc.Arbitrary<Position>): fc.Arbitrary<Cursor> {
  const cut = fc.oneof(
    fc.constantFrom('start' as const, 'end' as const),
    place.map((after) => ({ after })),
    place.map((before) => ({ before })),
  )
  const cuts = fc.dictionary(fc.string().map(markAccount), cut, { maxKeys: 2, noNullPrototype: true })
  const account = fc.string().map(markAccount)
  return fc.record(
    {
      edge: fc.option(fc.record({ account, index: fc.nat(99), place }, { noNullPrototype: true })),
      cuts,
      resume: fc.option(fc.record({ forward: fc.boolean(), cuts }, { noNullPrototype: true })),
    },
    { noNullPrototype: true },
  )
}

const seal = codec.getSeal(list)
const format = (cursor: Cursor): string => seal.sign(formatCursor(seal.mark, cursor))
const read = (text: string): Cursor => readCursor(codec, list, text, 'after')

/** A place as it may come back: fewer neighbors, the nearest, and shorter fingerprints of them. */
function expectLike(found: Position, made: Position): void {
  const { near, at, inner, ...rest } = made
  const { near: foundNear, at: foundAt, inner: foundInner, ...foundRest } = found
  expect(foundRest).toEqual(rest)
  expect(foundNear[foundAt]).toBe(near[at])
  for (const [index, neighbor] of foundNear.entries()) {
    expect([3, 6, 8]).toContain(neighbor.length)
    expect(near[at - foundAt + index]!.startsWith(neighbor)).toBe(true)
  }
  expect(foundInner === undefined).toBe(inner === undefined)
  if (inner && foundInner) expectLike(foundInner, inner)
}

function expectLikeCut(found: Boundary | undefined, made: Boundary): void {
  if (typeof made === 'string') return expect(found).toBe(made)
  const [side, place] = Object.entries(made)[0]! as [string, Position]
  expect(Object.keys(found!)).toEqual([side])
  expectLike((found as Record<string, Position>)[side]!, place)
}

function expectLikeCuts(found: Record<string, Boundary>, made: Record<string, Boundary>): void {
  expect(Object.keys(found)).toEqual(Object.keys(made))
  for (const [account, cut] of Object.entries(made)) expectLikeCut(found[account], cut)
}

describe('formatCursor', () => {
  test('creates a text that any cursor is read from', () => {
    fc.assert(
      fc.property(anyCursor(anyPlace(fc.string({ unit: 'binary' }))), (made) => {
        const found = read(format(made))
        const { edge, cuts, resume } = made
        expect({ ...found.edge, place: null }).toEqual({ ...edge, place: null })
        if (edge) expectLike(found.edge!.place, edge.place)
        expectLikeCuts(found.cuts, cuts)
        expect(found.resume?.forward).toBe(resume?.forward)
        if (resume) expectLikeCuts(found.resume!.cuts, resume.cuts)
      }),
      runs(1_000, 100_000),
    )
  })

  test('stores all 24 neighbors of a list without page tokens in at most 120 characters', () => {
    const near = Array.from({ length: 25 }, (_, index) => fingerprint(String(index)))
    const active: Position = { offset: 0, near: [fingerprint('active').slice(0, 3)], at: 0 }
    const inner: Position = { offset: 32_000, near, at: 12 }
    for (const place of [inner, { ...active, inner }]) {
      const text = format({ edge: { account: markAccount('zoom'), index: 0, place }, cuts: {}, resume: null })
      expect(text.length).toBeLessThanOrEqual(120)
      expect(read(text).edge!.place.inner?.near ?? read(text).edge!.place.near).toHaveLength(25)
    }
  })

  const hostToken = fc.stringMatching(/^[\w-]{32}$/).map((token) => `next_page_token=${token}`)
  const withoutToken = anyRow(fc.constant('')).map(({ offset, near, at }): Position => ({ offset, near, at }))
  const placeOf = {
    zoom: fc.record({ outer: withoutToken, inner: anyRow(hostToken) }).map(({ outer, inner }) => ({ ...outer, inner })),
    trueconf: withoutToken,
    imeet: anyRow(fc.stringMatching(/^limit=25&offset=\d{1,6}$/)),
  }

  test('creates at most 120 characters for an account of a plain list', () => {
    const users = fc.record({ outer: word, inner: withoutToken }).map(({ outer, inner }) => ({ ...outer, inner }))
    fc.assert(
      fc.property(fc.oneof(users, placeOf.trueconf, placeOf.imeet), (place) => {
        const edge = { account: markAccount('zoom'), index: 0, place }
        expect(format({ edge, cuts: {}, resume: null }).length).toBeLessThanOrEqual(120)
      }),
      runs(1_000, 100_000),
    )
  })

  test('creates at most 400 characters for three accounts that each stand elsewhere, with page tokens', () => {
    const [one, two, three] = ['zoom', 'trueconf', 'imeet'].map(markAccount) as [string, string, string]
    fc.assert(
      fc.property(fc.record(placeOf), fc.record(placeOf), (from, to) => {
        const cursor: Cursor = {
          edge: { account: one, index: 0, place: from.zoom },
          cuts: { [two]: { after: from.trueconf }, [three]: { after: from.imeet } },
          resume: { forward: true, cuts: { [one]: { after: to.zoom }, [three]: { after: to.imeet } } },
        }
        expect(format(cursor).length).toBeLessThanOrEqual(400)
      }),
      runs(1_000, 100_000),
    )
  })
})

describe('readCursor', () => {
  test('rejects every text in which one character or one bit is changed', () => {
    fc.assert(
      fc.property(anyCursor(anyPlace(fc.string())), fc.nat(), fc.integer({ min: 1, max: 0xffff }), (made, at, flip) => {
        const text = format(made)
        const index = at % text.length
        const other = String.fromCharCode(text.charCodeAt(index) ^ flip)
        expect(() => read(text.slice(0, index) + other + text.slice(index + 1))).toThrow(
          expect.objectContaining({ code: 'INVALID_CURSOR', path: ['after'] }),
        )
        expect(() => read(text.slice(0, index))).toThrow(expect.objectContaining({ code: 'INVALID_CURSOR' }))
      }),
      runs(1_000, 100_000),
    )
  })

  test('rejects every signed text that is not a cursor', () => {
    const letters = fc.stringMatching(/^[\w-]{0,200}$/)
    fc.assert(
      fc.property(letters, (body) => {
        const text = seal.sign(seal.mark + body)
        try {
          read(text)
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_CURSOR' })
        }
      }),
      runs(1_000, 100_000),
    )
  })

  test('rejects a cursor of another list with CURSOR_FOREIGN', () => {
    const text = format({ edge: null, cuts: { abcde: 'start' }, resume: null })
    expect(() => readCursor(codec, 'conferences', text, 'after')).toThrow(
      expect.objectContaining({ code: 'CURSOR_FOREIGN' }),
    )
  })
})

/** A cut that was stored with this many characters for neighbors. */
function pass(cut: Boundary, maxLength: number): Boundary {
  if (typeof cut === 'string') return cut
  const store = (place: Position) => readPlace(new CursorReader(formatPlace(place, maxLength)))
  return 'after' in cut ? { after: store(cut.after) } : { before: store(cut.before) }
}

describe('a walk over pages whose positions are stored in cursors', () => {
  const lengths = fc.constantFrom(72, 36)

  test('returns items that stay in the list exactly once while others come and go', async () => {
    await fc.assert(
      fc.asyncProperty(
        movingScheme,
        fc.integer({ min: 0, max: 80 }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        fc.array(change, { maxLength: 12 }),
        lengths,
        async (made, length, count, forward, changes, maxLength) => {
          const world = new World(length)
          const got = await walkAll(world, made, forward, count, changes, (cut) => pass(cut, maxLength))
          const lasting = got.filter((id) => world.lasting.has(id))
          expect(lasting.sort()).toEqual([...world.lasting].sort())
          expect(new Set(got).size).toBe(got.length)
        },
      ),
      runs(500, 10_000),
    )
  })

  /** A long list in which some rows repeat one that is at most 11 rows away. */
  const repeatingNearby = fc
    .record({
      length: fc.integer({ min: 30, max: 60 }),
      repeats: fc.array(fc.record({ from: fc.nat(), distance: fc.integer({ min: 1, max: 10 }) }), { maxLength: 2 }),
    })
    .map(({ length, repeats }) => {
      const items = new World(length).items
      for (const { from, distance } of repeats) items.splice((from % length) + distance, 0, items[from % length]!)
      return items
    })

  test.each([
    { what: 'every ID exactly once from a list that repeats IDs nearby', items: repeatingNearby, isExact: true },
    { what: 'every ID from a list that repeats IDs far apart', items: repeatingList(60), isExact: false },
  ])('returns $what', async ({ items: anyItems, isExact }) => {
    await fc.assert(
      fc.asyncProperty(
        repeatingScheme,
        anyItems,
        fc.integer({ min: 1, max: 8 }),
        fc.boolean(),
        async (made, items, count, forward) => {
          fc.pre(forward || made.kind === 'whole' || (made.kind === 'numbered' && made.fixedSize === null))
          const world = new World(0)
          world.items = items
          const got = await walkAll(world, made, forward, count, [], (cut) => pass(cut, 72))
          const distinct = [...new Set(world.items.map(({ id }) => id))].sort()
          expect((isExact ? got : [...new Set(got)]).sort()).toEqual(distinct)
        },
      ),
      runs(500, 10_000),
    )
  })

  describe('of which two IDs have the same short fingerprint', () => {
    const seen = new Map<string, string>()
    const findTwins = (): [string, string] => {
      for (let number = 0; ; number++) {
        const id = key(number)
        const short = fingerprint(id).slice(0, 3)
        const twin = seen.get(short)
        if (twin) return [twin, id]
        seen.set(short, id)
      }
    }
    const [one, other] = findTwins()
    const ids = Array.from({ length: 40 }, (_, index) => `item ${index}`)
    const linked: Scheme = { ...ones, kind: 'offset links', fixedSize: 4 }
    /** `gone`: is deleted behind the first page, which ends with it. */
    const walkIds = async (items: string[], forward: boolean, gone?: string) => {
      const world = new World(0)
      world.items = items.map((id) => ({ id }))
      const removal = { apply: () => void (world.items = world.items.filter(({ id }) => id !== gone)) }
      const got = await walkAll(Object.assign(world, removal), linked, forward, 4, gone ? [deleting()] : [], (cut) =>
        pass(cut, 72),
      )
      return forward ? got : got.reverse()
    }

    test.each([true, false])('returns both if the cursor lies between them (forward: %s)', async (forward) => {
      // The twin on the far side is on another page than the cursor.
      for (let at = 18; at < 26; at++) {
        const items = ids.with(at - 6, one).with(at, other)
        expect(await walkIds(items, forward)).toEqual(items)
      }
    })

    test.each([true, false])(
      'finds the place of a deleted item although the twin of a neighbor is near (forward: %s)',
      async (forward) => {
        const [gone, neighbor] = forward ? [3, 2] : [36, 37]
        for (let at = 0; at < 40; at++) {
          // Neighbors of one item that look the same prove nothing.
          if (Math.abs(at - gone) <= 1) continue
          const items = ids.with(neighbor, one).with(at, other)
          expect(await walkIds(items, forward, items[gone])).toEqual(items)
        }
      },
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCursor, hashAccountKey, readCursor } from '../../src/paging/cursor-text.ts'
import { createCursorCodec, type Cursor } from '../../src/paging/cursor.ts'
import { CursorReader } from '../../src/paging/digits.ts'
import { formatPosition, readPosition } from '../../src/paging/position-text.ts'
import { computeFingerprint } from '../../src/paging/fingerprint.ts'
import type { Boundary, Position } from '../../src/paging/position.ts'
import { createFixedSecrets } from '../../src/core/secrets.ts'
import { runs } from '../support/property.ts'
import type { Scheme } from './vendor-list.ts'
import {
  change,
  type Change,
  deleting,
  key,
  losingReturned,
  movingScheme,
  ones,
  repeatingList,
  repeatingScheme,
  scanAll,
  ChangingList,
} from './changing-list.ts'

const codec = createCursorCodec(createFixedSecrets('a secret of at least thirty-two characters'))
const list = 'users'
const anyFingerprint = fc.nat(1_000_000).map((id) => computeFingerprint(String(id)))

/** Page tokens are parts of URLs, which have no lone surrogates. */
const anyToken = fc.string({ unit: 'binary' }).filter((token) => token.isWellFormed())

const anyRow = (token: fc.Arbitrary<string>) =>
  fc
    .record({
      offset: fc.option(fc.nat(1_000_000)),
      pageToken: fc.option(fc.option(token), { nil: undefined }),
      before: fc.array(anyFingerprint, { maxLength: 12 }),
      own: anyFingerprint,
      after: fc.array(anyFingerprint, { maxLength: 12 }),
      ends: fc.record(
        { hasAllBefore: fc.constant(true as const), hasAllAfter: fc.constant(true as const) },
        { requiredKeys: [] },
      ),
    })
    .map(({ offset, pageToken, before, own, after, ends }): Position => ({
      offset,
      ...(pageToken === undefined ? {} : { pageToken }),
      neighbors: [...before, own, ...after],
      itemIndex: before.length,
      ...ends,
    }))
const anyPartition = fc.record({ offset: fc.nat(3), own: anyFingerprint }).map(({ offset, own }): Position => ({
  offset,
  neighbors: [own.slice(0, 3)],
  itemIndex: 0,
}))
/** A position in a flat list, in a partition, or in a child list. */
const anyPosition = (token: fc.Arbitrary<string>): fc.Arbitrary<Position> =>
  fc
    .record({ parent: fc.option(fc.oneof(anyPartition, anyRow(token))), child: anyRow(token) })
    .map(({ parent, child }) => (parent ? { ...parent, child } : child))

function anyCursor(position: fc.Arbitrary<Position>): fc.Arbitrary<Cursor> {
  const boundary = fc.oneof(
    fc.constantFrom('start' as const, 'end' as const),
    position.map((after) => ({ after })),
    position.map((before) => ({ before })),
  )
  const boundaries = fc.dictionary(fc.string().map(hashAccountKey), boundary, { maxKeys: 2, noNullPrototype: true })
  const account = fc.string().map(hashAccountKey)
  return fc.record(
    {
      edge: fc.option(fc.record({ account, index: fc.nat(99), position }, { noNullPrototype: true })),
      boundaries,
      resume: fc.option(fc.record({ isForward: fc.boolean(), boundaries }, { noNullPrototype: true })),
    },
    { noNullPrototype: true },
  )
}

const signer = codec.getSigner(list)
const format = (cursor: Cursor): string => signer.sign(formatCursor(signer.listHash, cursor))
const read = (text: string): Cursor => readCursor(codec, list, text, 'after')

/** Expects the position that was stored, possibly with fewer neighbors (the nearest) and shorter fingerprints. */
function expectLike(restored: Position, stored: Position): void {
  const { neighbors, itemIndex, child, hasAllBefore, hasAllAfter, ...rest } = stored
  const { neighbors: restoredNeighbors, itemIndex: restoredIndex, child: restoredChild, ...restoredRest } = restored
  expect(restoredRest).toEqual({
    ...rest,
    hasAllBefore: restoredIndex === itemIndex ? hasAllBefore : undefined,
    hasAllAfter: restoredNeighbors.length - restoredIndex === neighbors.length - itemIndex ? hasAllAfter : undefined,
  })
  expect(restoredNeighbors[restoredIndex]).toBe(neighbors[itemIndex])
  for (const [index, neighbor] of restoredNeighbors.entries()) {
    expect([3, 6, 8]).toContain(neighbor.length)
    expect(neighbors[itemIndex - restoredIndex + index]!.startsWith(neighbor)).toBe(true)
  }
  expect(restoredChild === undefined).toBe(child === undefined)
  if (child && restoredChild) expectLike(restoredChild, child)
}

function expectLikeBoundary(restored: Boundary | undefined, stored: Boundary): void {
  if (typeof stored === 'string') return expect(restored).toBe(stored)
  const [side, position] = Object.entries(stored)[0]! as [string, Position]
  expect(Object.keys(restored!)).toEqual([side])
  expectLike((restored as Record<string, Position>)[side]!, position)
}

function expectLikeBoundaries(restored: Record<string, Boundary>, stored: Record<string, Boundary>): void {
  expect(Object.keys(restored)).toEqual(Object.keys(stored))
  for (const [account, boundary] of Object.entries(stored)) expectLikeBoundary(restored[account], boundary)
}

describe('formatCursor', () => {
  test('creates text from which readCursor restores any cursor', () => {
    fc.assert(
      fc.property(anyCursor(anyPosition(anyToken)), (cursor) => {
        const restored = read(format(cursor))
        const { edge, boundaries, resume } = cursor
        expect({ ...restored.edge, position: null }).toEqual({ ...edge, position: null })
        if (edge) expectLike(restored.edge!.position, edge.position)
        expectLikeBoundaries(restored.boundaries, boundaries)
        expect(restored.resume?.isForward).toBe(resume?.isForward)
        if (resume) expectLikeBoundaries(restored.resume!.boundaries, resume.boundaries)
      }),
      runs(300, 100_000),
    )
  })

  test('stores all 24 neighbors of a list without page tokens in at most 120 characters', () => {
    const neighbors = Array.from({ length: 25 }, (_, index) => computeFingerprint(String(index)))
    const active: Position = { offset: 0, neighbors: [computeFingerprint('active').slice(0, 3)], itemIndex: 0 }
    const child: Position = { offset: 32_000, neighbors, itemIndex: 12 }
    for (const position of [child, { ...active, child }]) {
      const text = format({
        edge: { account: hashAccountKey('zoom'), index: 0, position },
        boundaries: {},
        resume: null,
      })
      expect(text.length).toBeLessThanOrEqual(120)
      expect(read(text).edge!.position.child?.neighbors ?? read(text).edge!.position.neighbors).toHaveLength(25)
    }
  })

  const hostToken = fc.stringMatching(/^[\w-]{32}$/).map((token) => `next_page_token=${token}`)
  const withoutToken = anyRow(fc.constant('')).map(({ offset, neighbors, itemIndex }): Position => ({
    offset,
    neighbors,
    itemIndex,
  }))
  const positions = {
    zoom: fc.record({ host: withoutToken, child: anyRow(hostToken) }).map(({ host, child }) => ({ ...host, child })),
    trueconf: withoutToken,
    imeet: anyRow(fc.stringMatching(/^limit=25&offset=\d{1,6}$/)),
  }

  test('creates at most 120 characters for a position in a list of one account', () => {
    const users = fc
      .record({ status: anyPartition, child: withoutToken })
      .map(({ status, child }) => ({ ...status, child }))
    fc.assert(
      fc.property(fc.oneof(users, positions.trueconf, positions.imeet), (position) => {
        const edge = { account: hashAccountKey('zoom'), index: 0, position }
        expect(format({ edge, boundaries: {}, resume: null }).length).toBeLessThanOrEqual(120)
      }),
      runs(300, 100_000),
    )
  })

  test('creates at most 400 characters for three accounts with their own boundaries and page tokens', () => {
    const [one, two, three] = ['zoom', 'trueconf', 'imeet'].map(hashAccountKey) as [string, string, string]
    fc.assert(
      fc.property(fc.record(positions), fc.record(positions), (from, to) => {
        const cursor: Cursor = {
          edge: { account: one, index: 0, position: from.zoom },
          boundaries: { [two]: { after: from.trueconf }, [three]: { after: from.imeet } },
          resume: { isForward: true, boundaries: { [one]: { after: to.zoom }, [three]: { after: to.imeet } } },
        }
        expect(format(cursor).length).toBeLessThanOrEqual(400)
      }),
      runs(300, 100_000),
    )
  })
})

describe('readCursor', () => {
  test('rejects every truncated cursor and every cursor in which a character was changed', () => {
    fc.assert(
      fc.property(
        anyCursor(anyPosition(fc.string())),
        fc.nat(),
        fc.integer({ min: 1, max: 0xffff }),
        (cursor, pick, flip) => {
          const text = format(cursor)
          const index = pick % text.length
          const other = String.fromCharCode(text.charCodeAt(index) ^ flip)
          expect(() => read(text.slice(0, index) + other + text.slice(index + 1))).toThrow(
            expect.objectContaining({ code: 'INVALID_CURSOR', path: ['after'] }),
          )
          expect(() => read(text.slice(0, index))).toThrow(expect.objectContaining({ code: 'INVALID_CURSOR' }))
        },
      ),
      runs(300, 100_000),
    )
  })

  test('rejects every signed text that is not a cursor', () => {
    const letters = fc.stringMatching(/^[\w-]{0,200}$/)
    fc.assert(
      fc.property(letters, (body) => {
        const text = signer.sign(signer.listHash + body)
        try {
          read(text)
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_CURSOR' })
        }
      }),
      runs(300, 100_000),
    )
  })

  test('rejects a cursor of another list with CURSOR_FOREIGN', () => {
    const text = format({ edge: null, boundaries: { abcde: 'start' }, resume: null })
    expect(() => readCursor(codec, 'conferences', text, 'after')).toThrow(
      expect.objectContaining({ code: 'CURSOR_FOREIGN' }),
    )
  })
})

/** Returns a boundary as a cursor with this number of characters for neighbors restores it. */
function store(boundary: Boundary, maxLength: number): Boundary {
  if (typeof boundary === 'string') return boundary
  const storePosition = (position: Position) => readPosition(new CursorReader(formatPosition(position, maxLength)))
  return 'after' in boundary ? { after: storePosition(boundary.after) } : { before: storePosition(boundary.before) }
}

describe('scanList with positions from cursors', () => {
  const lengths = fc.constantFrom(72, 36)

  test('returns each remaining item exactly once while other items are inserted and deleted', async () => {
    await fc.assert(
      fc.asyncProperty(
        movingScheme,
        fc.integer({ min: 0, max: 80 }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        fc.array(change, { maxLength: 12 }),
        lengths,
        async (made, length, count, forward, changes, maxLength) => {
          const fixture = new ChangingList(length)
          const got = await scanAll(fixture, made, forward, count, changes, (boundary) => store(boundary, maxLength))
          const lasting = got.filter((id) => fixture.lasting.has(id))
          expect(lasting.sort()).toEqual([...fixture.lasting].sort())
          expect(new Set(got).size).toBe(got.length)
        },
      ),
      {
        ...runs(150, 10_000),
        examples: losingReturned.map(
          ([scheme, length, ...rest]): [Scheme, number, number, boolean, Change[], number] => [
            scheme,
            length,
            1,
            ...rest,
            36,
          ],
        ),
      },
    )
  })

  test('restores the position of a deleted item with neighbors that are on several small pages', async () => {
    const fixture = new ChangingList(37)
    // The last page begins before the deleted item. An item is inserted between the first two neighbors after it.
    const changes = [deleting(), deleting(), { insert: [55], remove: [27] }]
    const small: Scheme = { ...ones, pastEnd: 'empty' }
    const got = await scanAll(fixture, small, false, 12, changes, (boundary) => store(boundary, 36))
    expect(got.reverse()).toEqual(Array.from({ length: 37 }, (_, index) => key(index * 1000)))
  })

  /** A long list in which some rows repeat one that is at most 10 rows away. */
  const repeatingNearby = fc
    .record({
      length: fc.integer({ min: 30, max: 60 }),
      repeats: fc.array(fc.record({ from: fc.nat(), distance: fc.integer({ min: 1, max: 10 }) }), { maxLength: 2 }),
    })
    .map(({ length, repeats }) => {
      const items = new ChangingList(length).items
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
          const fixture = new ChangingList(0)
          fixture.items = items
          const got = await scanAll(fixture, made, forward, count, [], (boundary) => store(boundary, 72))
          const distinct = [...new Set(fixture.items.map(({ id }) => id))].sort()
          expect((isExact ? got : [...new Set(got)]).sort()).toEqual(distinct)
        },
      ),
      runs(150, 10_000),
    )
  })

  describe('with two IDs that have the same short fingerprint', () => {
    const seen = new Map<string, string>()
    const findTwins = (): [string, string] => {
      for (let number = 0; ; number++) {
        const id = key(number)
        const short = computeFingerprint(id).slice(0, 3)
        const twin = seen.get(short)
        if (twin) return [twin, id]
        seen.set(short, id)
      }
    }
    const [one, other] = findTwins()
    const ids = Array.from({ length: 40 }, (_, index) => `item ${index}`)
    const linked: Scheme = { ...ones, kind: 'offset links', fixedSize: 4 }
    /** @param deleted ID that is deleted after the first page, which ends with it. */
    const listIds = async (items: string[], forward: boolean, deleted?: string) => {
      const fixture = new ChangingList(0)
      fixture.items = items.map((id) => ({ id }))
      const removal = { apply: () => void (fixture.items = fixture.items.filter(({ id }) => id !== deleted)) }
      const got = await scanAll(
        Object.assign(fixture, removal),
        linked,
        forward,
        4,
        deleted ? [deleting()] : [],
        (boundary) => store(boundary, 72),
      )
      return forward ? got : got.reverse()
    }

    test.each([true, false])('returns both if the cursor is between them (forward: %s)', async (forward) => {
      // The other ID with this fingerprint is on the far side, on another page than the cursor.
      for (let at = 18; at < 26; at++) {
        const items = ids.with(at - 6, one).with(at, other)
        expect(await listIds(items, forward)).toEqual(items)
      }
    })

    test.each([true, false])(
      'restores the position of a deleted item although an ID with the fingerprint of a neighbor is near (forward: %s)',
      async (forward) => {
        const [deleted, neighbor] = forward ? [3, 2] : [36, 37]
        for (let at = 0; at < 40; at++) {
          // Neighbors with the same fingerprint on both sides of an item prove nothing.
          if (Math.abs(at - deleted) <= 1) continue
          const items = ids.with(neighbor, one).with(at, other)
          expect(await listIds(items, forward, items[deleted])).toEqual(items)
        }
      },
    )
  })
})

import { expect } from 'vitest'
import type { Code } from '../../../src/core/error-codes.ts'
import type { Case, Row } from '../row.ts'
import { bothWays } from '../row.ts'
import type { Who, Fixture } from '../fixture.ts'

interface List {
  name: string
  /** The field with its arguments, for a call of the field by itself. */
  select(args: string): string
}

const users: List = { name: 'users', select: (args) => `users(${args}) { nodes { id } }` }
const zoomUsers: List = {
  name: 'users of zoom',
  select: (args) => `users(filter: { accounts: ["zoom"] }, ${args}) { nodes { id } }`,
}
const berlinUsers: List = {
  name: 'users of berlin',
  select: (args) => `users(filter: { accounts: ["berlin"] }, ${args}) { nodes { id } }`,
}
const conferences: List = { name: 'conferences', select: (args) => `conferences(${args}) { nodes { id } }` }
const found: List = {
  name: 'users found',
  select: (args) => `users(filter: { search: "a" }, ${args}) { nodes { id } }`,
}

/** A cursor as the caller got it from the list. */
async function cursorOf(fixture: Fixture, list: List, who: Who = 'all'): Promise<string> {
  const query = `{ list: ${list.select('first: 2').replace('nodes { id }', 'pageInfo { endCursor }')} }`
  const { data } = await fixture.query(query, {}, who)
  return String(data?.['list'].pageInfo.endCursor)
}

const words = /"(after|before)" is/

function refused(
  what: string,
  code: Code,
  cursor: (fixture: Fixture) => string | Promise<string>,
  list = users,
): Case[] {
  return (['after', 'before'] as const).flatMap((argument) =>
    [0, 1].map((way): Case => ({
      what: `${what}, ${argument}, way ${way}`,
      send: async (fixture) => {
        const value = await cursor(fixture)
        const size = argument === 'after' ? 'first' : 'last'
        const asked = bothWays(value, 'String', (text) => list.select(`${size}: 2, ${argument}: ${text}`))[way]!
        return fixture.query(asked.query, asked.variables)
      },
      status: 200,
      level: 'field',
      code,
      says: code === 'CURSOR_FOREIGN' ? /"(after|before)" is a cursor of another list/ : words,
    })),
  )
}

/** The cursors are fetched beforehand, so that the rows themselves call no vendor. */
const held = new Map<string, string>()
export async function fetchCursors(fixture: Fixture): Promise<void> {
  const wanted: [string, List, Who][] = [
    ['users', users, 'all'],
    ['zoom', zoomUsers, 'all'],
    ['found', found, 'all'],
    ['conferences', conferences, 'all'],
    ['zoomer', users, 'zoomer'],
  ]
  for (const [name, list, who] of wanted) held.set(name, await cursorOf(fixture, list, who))
}
const cursor = (name: string) => () => held.get(name) ?? ''

function flipped(text: string, bit: number): string {
  const bytes = Buffer.from(text, 'base64url')
  bytes[Math.floor(bit / 8)]! ^= 1 << (bit % 8)
  return bytes.toString('base64url')
}

function sizes(what: string, values: string[], says: RegExp): Case[] {
  return values.flatMap((args) =>
    [users, conferences].map((list) => ({
      what: `${what}: ${list.name}(${args})`,
      send: (fixture: Fixture) => fixture.query(`{ ${list.select(args)} }`),
      status: 200,
      level: 'field' as const,
      code: 'BAD_USER_INPUT' as const,
      says,
    })),
  )
}

const badInteger = [3_000_000_000, 1.5, '5', true].flatMap((value) =>
  ['first', 'last'].flatMap((argument) =>
    bothWays(value, 'Int', (text) => users.select(`${argument}: ${text}`)).map(({ way, query, variables }): Case => ({
      what: `${argument}: ${String(value)} as a ${way}`,
      send: (fixture) => fixture.query(query, variables),
      status: 400,
      level: 'request',
      code: way === 'literal' ? 'GRAPHQL_VALIDATION_FAILED' : 'BAD_USER_INPUT',
      says: way === 'literal' ? new RegExp(`\\b${argument}\\b.*Int\\b`) : /\$v.*Int\b/,
    })),
  ),
)

export const cursorRows: Row[] = [
  {
    id: 'C01',
    title: 'rejects text that is not a cursor',
    cases: ['!!!!', '', 'x'].flatMap((text) => refused(text, 'INVALID_CURSOR', () => text)),
  },
  {
    id: 'C02',
    title: 'rejects a cursor with a changed bit',
    cases: [0, 77, 150, 200].flatMap((bit) =>
      refused(`bit ${bit}`, 'INVALID_CURSOR', () => flipped(held.get('users')!, bit)),
    ),
  },
  {
    id: 'C03',
    title: 'rejects a cursor of another list, field, or filter',
    cases: [
      ...refused('another list', 'CURSOR_FOREIGN', cursor('conferences')),
      ...refused('another filter', 'CURSOR_FOREIGN', cursor('found')),
      ...refused('no filter', 'CURSOR_FOREIGN', cursor('users'), found),
    ],
  },
  {
    id: 'C04',
    title: "rejects a cursor of another caller's accounts",
    cases: refused('zoomer', 'CURSOR_FOREIGN', cursor('zoomer')),
  },
  {
    id: 'C05',
    title: "rejects a cursor of another vendor's list",
    cases: refused('zoom', 'CURSOR_FOREIGN', cursor('zoom'), berlinUsers),
  },
  {
    id: 'C06',
    title: 'rejects a cursor that contains a URL',
    cases: ['https://127.0.0.1:22/', '{"next":"http://127.0.0.1:22/"}'].flatMap((text) =>
      refused(text, 'INVALID_CURSOR', () => Buffer.from(text).toString('base64url')),
    ),
  },
  {
    id: 'C07',
    title: 'rejects a cursor of 100 kB',
    cases: refused('100 kB', 'INVALID_CURSOR', () => 'A'.repeat(100_000)),
  },
  {
    id: 'C08',
    title: 'rejects a negative size',
    cases: sizes('negative', ['first: -1', 'last: -1'], /"(first|last)".*1 (to|–) 100/),
  },
  {
    id: 'C09',
    title: 'rejects a size of 0',
    cases: sizes('zero', ['first: 0', 'last: 0'], /"(first|last)".*1 (to|–) 100/),
  },
  {
    id: 'C10',
    title: 'rejects a size over 100',
    cases: sizes('too many', ['first: 101', 'first: 1000000000', 'last: 101'], /"(first|last)".*100/),
  },
  { id: 'C11', title: 'rejects a size that is not an integer', cases: badInteger },
  {
    id: 'C12',
    title: 'rejects both sizes and swapped cursors, and returns 20 nodes without a size',
    cases: sizes('both', ['first: 1, last: 1'], /"?first"?.*"?last"?/),
    check: async (fixture) => {
      const page = async (args: string) =>
        await fixture.query(
          `{ users(${args}filter: { accounts: ["zoom"] }) { nodes { id } pageInfo { startCursor endCursor } } }`,
        )
      const { data } = await page('')
      expect(data?.['users'].nodes).toHaveLength(20)
      const { startCursor, endCursor } = data!['users'].pageInfo
      const wrongWay = await page(`after: "${endCursor}", before: "${startCursor}", `)
      expect(wrongWay.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } })
      expect(wrongWay.errors?.[0]?.message).toMatch(/after.*before/)
    },
  },
  { id: 'C13', title: 'returns the last five nodes of every list of every vendor', check: lastFive },
]

async function lastFive(fixture: Fixture): Promise<void> {
  for (const key of ['zoom', 'berlin', 'central'])
    for (const field of ['users', 'conferences']) {
      const filter = `filter: { accounts: ["${key}"] }`
      const page = async (args: string) => {
        const selection = '{ nodes { id } pageInfo { hasPreviousPage hasNextPage startCursor endCursor } }'
        const { data } = await fixture.query(`{ ${field}(${args}, ${filter}) ${selection} }`)
        return data![field] as { nodes: { id: string }[]; pageInfo: PageInfo }
      }
      const all: object[] = []
      let next = await page('first: 100')
      for (; next.pageInfo.hasNextPage; next = await page(`first: 100, after: "${next.pageInfo.endCursor}"`))
        all.push(...next.nodes)
      all.push(...next.nodes)
      let previous = await page('last: 5')
      expect(previous.pageInfo, `${field} of ${key}`).toMatchObject({ hasPreviousPage: true, hasNextPage: false })
      const end = previous.nodes
      // A short page is the honest answer where the scan limit is met.
      for (; end.length < 10; end.unshift(...previous.nodes)) {
        previous = await page(`last: ${Math.min(5, 10 - end.length)}, before: "${previous.pageInfo.startCursor}"`)
        expect(previous.pageInfo.hasNextPage, `${field} of ${key}`).toBe(true)
      }
      expect(end, `${field} of ${key}`).toEqual(all.slice(-10))
    }
}

interface PageInfo {
  hasPreviousPage: boolean
  hasNextPage: boolean
  startCursor: string
  endCursor: string
}

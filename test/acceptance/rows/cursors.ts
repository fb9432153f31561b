import { expect } from 'vitest'
import type { Code } from '../../../src/core/error-codes.ts'
import type { Case, Row } from '../row.ts'
import { createBothForms } from '../row.ts'
import type { CallerName, Fixture } from '../fixture.ts'

interface List {
  name: string
  /** Creates the selection of the list with these arguments. */
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
const foundUsers: List = {
  name: 'found users',
  select: (args) => `users(filter: { search: "a" }, ${args}) { nodes { id } }`,
}

/** Returns a cursor that the caller has received from the list. */
async function fetchCursor(fixture: Fixture, list: List, caller: CallerName = 'all'): Promise<string> {
  const query = `{ list: ${list.select('first: 2').replace('nodes { id }', 'pageInfo { endCursor }')} }`
  const { data } = await fixture.query(query, {}, caller)
  return String(data?.['list'].pageInfo.endCursor)
}

const cursorError = /"(after|before)" is/

function createRejected(
  name: string,
  code: Code,
  cursor: (fixture: Fixture) => string | Promise<string>,
  list = users,
): Case[] {
  return (['after', 'before'] as const).flatMap((argument) =>
    [0, 1].map((form): Case => ({
      name: `${name}, ${argument}, form ${form}`,
      send: async (fixture) => {
        const value = await cursor(fixture)
        const size = argument === 'after' ? 'first' : 'last'
        const request = createBothForms(value, 'String', (text) => list.select(`${size}: 2, ${argument}: ${text}`))[
          form
        ]!
        return fixture.query(request.query, request.variables)
      },
      status: 200,
      level: 'field',
      code,
      message: code === 'CURSOR_FOREIGN' ? /"(after|before)" is a cursor of another list/ : cursorError,
    })),
  )
}

/** Cursors that are fetched before the tests, so that the rows call no vendor. */
const cursors = new Map<string, string>()
export async function fetchCursors(fixture: Fixture): Promise<void> {
  const sources: [string, List, CallerName][] = [
    ['users', users, 'all'],
    ['zoom', zoomUsers, 'all'],
    ['found', foundUsers, 'all'],
    ['conferences', conferences, 'all'],
    ['zoomer', users, 'zoomer'],
  ]
  for (const [name, list, caller] of sources) cursors.set(name, await fetchCursor(fixture, list, caller))
}
const cursor = (name: string) => () => cursors.get(name) ?? ''

function flipBit(text: string, bit: number): string {
  const bytes = Buffer.from(text, 'base64url')
  bytes[Math.floor(bit / 8)]! ^= 1 << (bit % 8)
  return bytes.toString('base64url')
}

function createSizeCases(name: string, values: string[], message: RegExp): Case[] {
  return values.flatMap((args) =>
    [users, conferences].map((list) => ({
      name: `${name}: ${list.name}(${args})`,
      send: (fixture: Fixture) => fixture.query(`{ ${list.select(args)} }`),
      status: 200,
      level: 'field' as const,
      code: 'BAD_USER_INPUT' as const,
      message,
    })),
  )
}

const badIntegerCases = [3_000_000_000, 1.5, '5', true].flatMap((value) =>
  ['first', 'last'].flatMap((argument) =>
    createBothForms(value, 'Int', (text) => users.select(`${argument}: ${text}`)).map(
      ({ form, query, variables }): Case => ({
        name: `${argument}: ${String(value)} as a ${form}`,
        send: (fixture) => fixture.query(query, variables),
        status: 400,
        level: 'request',
        code: form === 'literal' ? 'GRAPHQL_VALIDATION_FAILED' : 'BAD_USER_INPUT',
        message: form === 'literal' ? new RegExp(`\\b${argument}\\b.*Int\\b`) : /\$v.*Int\b/,
      }),
    ),
  ),
)

export const cursorRows: Row[] = [
  {
    id: 'C01',
    title: 'rejects text that is not a cursor',
    cases: ['!!!!', '', 'x'].flatMap((text) => createRejected(text, 'INVALID_CURSOR', () => text)),
  },
  {
    id: 'C02',
    title: 'rejects a cursor with a changed bit',
    cases: [0, 77, 150, 200].flatMap((bit) =>
      createRejected(`bit ${bit}`, 'INVALID_CURSOR', () => flipBit(cursors.get('users')!, bit)),
    ),
  },
  {
    id: 'C03',
    title: 'rejects a cursor of another list, field, or filter',
    cases: [
      ...createRejected('another list', 'CURSOR_FOREIGN', cursor('conferences')),
      ...createRejected('another filter', 'CURSOR_FOREIGN', cursor('found')),
      ...createRejected('no filter', 'CURSOR_FOREIGN', cursor('users'), foundUsers),
    ],
  },
  {
    id: 'C04',
    title: "rejects a cursor of another caller's accounts",
    cases: createRejected('zoomer', 'CURSOR_FOREIGN', cursor('zoomer')),
  },
  {
    id: 'C05',
    title: "rejects a cursor of another vendor's list",
    cases: createRejected('zoom', 'CURSOR_FOREIGN', cursor('zoom'), berlinUsers),
  },
  {
    id: 'C06',
    title: 'rejects a cursor that contains a URL',
    cases: ['https://127.0.0.1:22/', '{"next":"http://127.0.0.1:22/"}'].flatMap((text) =>
      createRejected(text, 'INVALID_CURSOR', () => Buffer.from(text).toString('base64url')),
    ),
  },
  {
    id: 'C07',
    title: 'rejects a cursor of 100 kB',
    cases: createRejected('100 kB', 'INVALID_CURSOR', () => 'A'.repeat(100_000)),
  },
  {
    id: 'C08',
    title: 'rejects a negative size',
    cases: createSizeCases('negative', ['first: -1', 'last: -1'], /"(first|last)".*1 (to|–) 100/),
  },
  {
    id: 'C09',
    title: 'rejects a size of 0',
    cases: createSizeCases('zero', ['first: 0', 'last: 0'], /"(first|last)".*1 (to|–) 100/),
  },
  {
    id: 'C10',
    title: 'rejects a size over 100',
    cases: createSizeCases('too many', ['first: 101', 'first: 1000000000', 'last: 101'], /"(first|last)".*100/),
  },
  { id: 'C11', title: 'rejects a size that is not an integer', cases: badIntegerCases },
  {
    id: 'C12',
    title: 'rejects both sizes and swapped cursors, and returns 20 nodes without a size',
    cases: createSizeCases('both', ['first: 1, last: 1'], /"?first"?.*"?last"?/),
    check: async (fixture) => {
      const page = async (args: string) =>
        await fixture.query(
          `{ users(${args}filter: { accounts: ["zoom"] }) { nodes { id } pageInfo { startCursor endCursor } } }`,
        )
      const { data } = await page('')
      expect(data?.['users'].nodes).toHaveLength(20)
      const { startCursor, endCursor } = data!['users'].pageInfo
      const swapped = await page(`after: "${endCursor}", before: "${startCursor}", `)
      expect(swapped.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } })
      expect(swapped.errors?.[0]?.message).toMatch(/after.*before/)
    },
  },
  { id: 'C13', title: 'returns the last five nodes of every list of every vendor', check: expectLastFive },
]

async function expectLastFive(fixture: Fixture): Promise<void> {
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
      // A page can be short if the scan limit was reached.
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

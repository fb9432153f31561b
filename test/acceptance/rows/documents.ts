import { expect, vi } from 'vitest'
import type { Code } from '../../../src/core/error-codes.ts'
import { encodeId } from '../../../src/schema/ids.ts'
import type { Case, Row } from '../row.ts'

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ')
const repeat = (count: number, value: unknown): unknown[] => Array.from({ length: count }, () => value)

function createRejected(name: string, query: string, code: Code, message: RegExp, variables?: object): Case {
  return { name, send: (fixture) => fixture.query(query, variables), status: 400, level: 'request', code, message }
}
const createExpensive = (name: string, query: string, message: RegExp, variables?: object) =>
  createRejected(name, query, 'OPERATION_TOO_EXPENSIVE', message, variables)
const createBadInput = (name: string, query: string, message: RegExp, variables?: object) =>
  createRejected(name, query, 'BAD_USER_INPUT', message, variables)

const longName = 'a'.repeat(60_000)
const accountIds = repeat(250, encodeId('Account', 'zoom'))
const userIds = (count: number) => Array.from({ length: count }, (_, i) => encodeId('User', 'zoom', `u${i}`))
const byIds = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
const byFilter = 'query ($filter: UserFilter) { users(filter: $filter) { nodes { id } } }'
const create = 'mutation ($input: CreateConferenceInput!) { createConference(input: $input) { outcome } }'

/** Documents and variables that are small, and expensive to process. */
export const documentRows: Row[] = [
  {
    id: 'C51a',
    title: 'rejects long response names',
    cases: [
      createExpensive(
        'in a fragment, 4,750 times',
        `query ($ids: [ID!]!) { ${times(19, (i) => `n${i}: nodes(ids: $ids) { ...f }`)} } fragment f on Node { ${longName}: id }`,
        /name or number in the operation is too long|costs/,
        { ids: accountIds },
      ),
      createExpensive(
        'of 1,000 characters',
        `query ($ids: [ID!]!) { nodes(ids: $ids) { ${longName.slice(0, 1_000)}: id } ${longName.slice(0, 900)}: nodes(ids: $ids) { id ${times(9, (i) => `${longName.slice(0, 1_000)}${i}: id`)} } }`,
        /costs \d+\. The limit "cost" is 5000/,
        { ids: accountIds },
      ),
      createExpensive(
        'in the paths of errors',
        `query ($ids: [ID!]!) { ${longName}: nodes(ids: $ids) { id } }`,
        /too long|costs/,
        { ids: repeat(250, 'not an ID') },
      ),
    ],
  },
  {
    id: 'C51b',
    title: 'rejects an operation with many vendor calls',
    cases: [
      createExpensive('121 users', byIds, /121 vendor calls.*"operationCalls" is 120/, { ids: userIds(121) }),
      createExpensive(
        'in two fields',
        'query ($a: [ID!]!, $b: [ID!]!) { a: nodes(ids: $a) { id } b: nodes(ids: $b) { id } }',
        /130 vendor calls/,
        { a: userIds(80), b: userIds(130) },
      ),
      createExpensive(
        'lists of each item of a page',
        '{ conferences(first: 100) { nodes { a: participants(first: 1) { nodes { id } } b: participants(first: 2) { nodes { id } } } } }',
        /203 vendor calls/,
      ),
      {
        name: '250 accounts',
        send: (fixture) => fixture.query(byIds, { ids: accountIds }),
        status: 200,
        level: 'works',
      },
    ],
  },
  {
    id: 'C51c',
    title: 'rejects repeated introspection',
    check: async (fixture) => {
      const fields = 'types { name fields { name description type { name fields { name } } } }'
      const query = `{ ${times(19, (i) => `s${i}: __schema { ${fields} }`)} }`
      const reply = await fixture.query(query, {}, 'explorer')
      expect(reply.status).toBe(400)
      expect(reply.errors?.[0]?.extensions.code).toBe('OPERATION_TOO_EXPENSIVE')
    },
  },
  {
    id: 'C48a',
    title: 'rejects lists that are longer than their input accepts',
    cases: [
      createBadInput('110,000 statuses', byFilter, /"\$filter.status" must have at most 4 items/, {
        filter: { status: repeat(110_000, 'ACTIVE') },
      }),
      createBadInput('100,000 accounts', byFilter, /"\$filter.accounts" must have at most 1000 items/, {
        filter: { accounts: repeat(100_000, 'zoom') },
      }),
      createBadInput('200,000 tags', create, /"\$input.tags" must have at most 1000 items/, {
        input: { account: 'berlin', title: 'x', tags: repeat(200_000, 'a') },
      }),
      createBadInput('40,000 invitees', create, /The JSON is too large|at most 1000 items/, {
        input: { account: 'berlin', title: 'x', invite: repeat(40_000, { vendorId: 'x' }) },
      }),
      createBadInput('an unknown field of 900 kB', create, /does not define/, { input: { ['x'.repeat(900_000)]: 1 } }),
      createBadInput('an enum value of 900 kB', byFilter, /"\$filter.status" must be a value of the enum UserStatus/, {
        filter: { status: ['X'.repeat(900_000)] },
      }),
      createBadInput(
        'many small objects',
        'query ($v: JSON) { accounts { key } }',
        /limit is 25000 objects, lists, and names/,
        {
          v: repeat(100_000, {}),
        },
      ),
    ],
  },
  {
    id: 'C47a',
    title: 'rejects documents with many lines or long names and numbers',
    cases: [
      createRejected(
        '500,000 lines',
        `${'\n'.repeat(500_000)}{ accounts { key } }`,
        'MAX_TOKENS_LIMIT',
        /limit is 10000 lines/,
      ),
      createRejected(
        '300,000 comments',
        `${'#\n'.repeat(300_000)}{ accounts { key } }`,
        'MAX_TOKENS_LIMIT',
        /limit is 10000 lines/,
      ),
      createExpensive('an unknown field', `{ ${'x'.repeat(900_000)} }`, /limit is 1024 characters/),
      createExpensive(
        'an unknown enum value',
        `{ users(filter: { status: [${'X'.repeat(900_000)}] }) { nodes { id } } }`,
        /limit is 1024 characters/,
      ),
      createExpensive(
        'an integer',
        `{ users(first: ${'1'.repeat(900_000)}) { nodes { id } } }`,
        /limit is 1024 characters/,
      ),
    ],
  },
  {
    id: 'C47b',
    title: 'logs a truncated operation name of 900 kB',
    cases: [
      {
        name: 'in the document',
        send: (fixture) => fixture.query(`query ${'q'.repeat(900_000)} { accounts { key } }`),
        status: 200,
        level: 'works',
      },
    ],
    check: async (fixture) => {
      const lines = () => fixture.guarded.stderr().split('\n')
      await vi.waitFor(() => expect(lines().some((line) => line.includes('qqqq'))).toBe(true))
      for (const line of lines()) expect(line.length).toBeLessThan(10_000)
    },
  },
]

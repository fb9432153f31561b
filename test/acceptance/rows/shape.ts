import { expect } from 'vitest'
import type { Code } from '../../../src/core/error-codes.ts'
import { encodeId } from '../../../src/schema/ids.ts'
import type { Case, Row } from '../row.ts'
import { ask } from '../reply.ts'
import { keyOf, type Who } from '../fixture.ts'

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ')
const nested = (depth: number) => `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`

interface Refusal {
  code: Code
  says: RegExp
  status?: number
  variables?: object
  who?: Who
}

function refused(what: string, query: string, { code, says, status = 400, variables, who }: Refusal): Case {
  return { what, send: (fixture) => fixture.query(query, variables, who), status, level: 'request', code, says }
}

const tooDeep = { code: 'MAX_DEPTH_LIMIT', says: /limit is 12/ } as const
const manyAliases = { code: 'MAX_ALIASES_LIMIT', says: /"aliases" is 30/ } as const
const tooLong = { code: 'MAX_TOKENS_LIMIT', says: /"tokens" is 2000/ } as const
const manyRoots = { code: 'MAX_ROOT_FIELDS_LIMIT', says: /"rootFields" is 20/ } as const
const dear = { code: 'OPERATION_TOO_EXPENSIVE', says: /costs \d+\. The limit "cost" is 5000/ } as const
const bad = (says: RegExp) => ({ code: 'BAD_USER_INPUT', says }) as const
const invalid = (says: RegExp, who?: Who): Refusal => ({ code: 'GRAPHQL_VALIDATION_FAILED', says, ...(who && { who }) })

const threeLevels = (size: number) =>
  `users(first: ${size}) { nodes { conferences(first: ${size}) { nodes { participants(first: ${size}) { nodes { id } } } } } }`
const doubling = `{ ...f0 } ${times(30, (i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)} fragment f30 on Query { ${threeLevels(20)} }`

const MB = 1_000_000
const bigQuery = `{ accounts { key } } # ${'x'.repeat(1024 ** 2)}`
const byVariable = 'query ($email: EmailAddress) { users(filter: { email: $email }) { nodes { id } } }'

function nestedVariables(depth: number): string {
  const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`
  return `{"query":"query ($v: JSON) { accounts { key } }","variables":{"v":${deep}}}`
}

const json = { 'content-type': 'application/json' }
const poisons = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

export const shapeRows: Row[] = [
  {
    id: 'C42',
    title: 'rejects an operation with more than 12 levels',
    cases: [
      ...[13, 1_000].map((depth) => refused(`${depth} levels`, nested(depth), tooDeep)),
      refused('20,000 levels', nested(20_000), { ...tooDeep, says: /limit is 12/ }),
      refused('13 levels by fragments', `{ ...a } fragment a on Query { ${nested(13).slice(1)}`, tooDeep),
    ],
  },
  {
    id: 'C43',
    title: 'rejects an operation with more than 30 aliases',
    cases: [
      refused('31', `{ ${times(31, (i) => `a${i}: accounts { key }`)} }`, manyAliases),
      refused('10,000', `{ ${times(10_000, (i) => `a${i}: accounts { key }`)} }`, manyAliases),
      refused('of __typename', `{ ${times(31, (i) => `a${i}: __typename`)} }`, manyAliases),
    ],
  },
  {
    id: 'C44',
    title: 'rejects an operation that repeats one field too often',
    cases: [
      refused('10,000 times', `{ ${times(10_000, () => '__typename')} }`, tooLong),
      refused('3,000 times with a selection', `{ ${times(3_000, () => 'accounts { key }')} }`, tooLong),
    ],
  },
  {
    id: 'C47',
    title: 'rejects a request that is too large',
    cases: [
      {
        ...refused('1 MiB and a byte', '', { code: 'PAYLOAD_TOO_LARGE', says: /limit is 1048576 bytes/, status: 413 }),
        send: (fixture) => fixture.ask({ headers: json, body: JSON.stringify({ query: bigQuery }) }),
      },
      refused('1 MB of query', `{ ${'accounts { key } '.repeat(58_000)} }`, tooLong),
      refused(
        'a literal of 1 MB',
        `{ users(filter: { email: "${'a'.repeat(MB)}" }) { nodes { id } } }`,
        invalid(/^filter\.email: .*254/),
      ),
      refused('a variable of 1 MB', byVariable, { ...bad(/^\$email: .*254/), variables: { email: 'a'.repeat(MB) } }),
    ],
  },
  {
    id: 'C48',
    title: 'rejects deep variables and long lists',
    cases: [
      {
        ...refused('100,000 levels', '', bad(/nested too deep\. The limit is 64/)),
        send: (fixture) => fixture.ask({ headers: json, body: nestedVariables(100_000) }),
      },
      {
        ...refused('450,000 levels, 900 kB', '', bad(/nested too deep\. The limit is 64/)),
        send: (fixture) => fixture.ask({ headers: json, body: nestedVariables(450_000) }),
      },
      refused('100,000 ids', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
        ...bad(/ids" must have at most 250 IDs/),
        variables: { ids: Array.from({ length: 100_000 }, () => 'a') },
      }),
      refused('251 ids', `{ nodes(ids: [${times(251, () => '"a"')}]) { id } }`, bad(/ids" must have at most 250 IDs/)),
    ],
  },
  {
    id: 'C49',
    title: 'rejects a batch',
    cases: [2, 1_000].map((size) => ({
      ...refused(`of ${size}`, '', { code: 'BATCHING_DISABLED', says: /one operation in each request/ }),
      send: (fixture) => fixture.ask({ json: Array.from({ length: size }, () => ({ query: '{ accounts { key } }' })) }),
    })),
  },
  {
    id: 'C50',
    title: 'rejects expensive nested connections',
    cases: [
      refused('100 × 100 × 100', `{ ${threeLevels(100)} }`, dear),
      refused('by variables', `query ($n: Int = 100) { ${threeLevels(100).replaceAll('100', '$n')} }`, dear),
      refused('by defaults', `{ ${threeLevels(100).replaceAll('(first: 100)', '')} }`, dear),
      refused('by fragments that double', doubling, { code: 'OPERATION_TOO_EXPENSIVE', says: /"cost" is 5000|once/ }),
    ],
  },
  {
    id: 'C51',
    title: 'rejects an operation with more than 20 root fields',
    cases: [
      refused('21 fields', `{ ${times(21, (i) => `a${i}: __typename`)} }`, manyRoots),
      refused(
        '21 in a fragment',
        `{ ...f } fragment f on Query { ${times(21, (i) => `a${i}: __typename`)} }`,
        manyRoots,
      ),
      refused('21 mutations', `mutation { ${times(21, (i) => `a${i}: __typename`)} }`, manyRoots),
    ],
  },
  {
    id: 'C61',
    title: 'handles names that are properties of every JavaScript object',
    cases: [
      ...poisons.map((name): Case => ({
        ...refused(`${name} as a key of the request`, '', bad(/[Uu]nknown parameter|not allowed/)),
        send: (fixture) => fixture.ask({ headers: json, body: `{"query":"{ __typename }","${name}":{"x":1}}` }),
      })),
      ...poisons.map((name): Case => ({
        ...refused(`${name} as an input's key`, '', bad(/not allowed|\$filter: Field .* is not defined/)),
        send: (fixture) =>
          fixture.ask({
            headers: json,
            body: `{"query":"query ($filter: UserFilter) { users(filter: $filter) { nodes { id } } }","variables":{"filter":{"${name}":{"x":1}}}}`,
          }),
      })),
      ...poisons.slice(1).map((name): Case => ({
        what: `${name} as a variable`,
        send: (fixture) =>
          fixture.ask({
            headers: json,
            body: `{"query":"query ($${name}: String!) { account(key: $${name}) { key } }","variables":{"${name}":"x"}}`,
          }),
        status: 200,
        level: 'works',
      })),
      refused('a variable that is not given', 'query ($constructor: String!) { account(key: $constructor) { key } }', {
        ...bad(/\$constructor: .*required/),
        variables: {},
      }),
    ],
  },
  {
    id: 'C62',
    title: 'rejects introspection without the scope explore',
    cases: [
      '{ __schema { types { name } } }',
      '{ __type(name: "User") { name } }',
      '{ ... on Query { __schema { queryType { name } } } }',
    ].map((query) => refused(query, query, invalid(/introspection/, 'reader'))),
    check: async (fixture) => {
      const { data } = await fixture.query('{ __type(name: "User") { name } }', {}, 'explorer')
      expect(data).toEqual({ __type: { name: 'User' } })
    },
  },
  {
    id: 'C63',
    title: 'suggests names for a misspelled field only with the scope explore',
    cases: [
      refused('without explore', '{ acounts { key } }', invalid(/^(?!.*Did you mean)/, 'reader')),
      refused('an argument', '{ account(kee: "a") { key } }', invalid(/^(?!.*Did you mean)/, 'reader')),
      refused(
        'an enum',
        '{ users(filter: { status: [ACTIV] }) { nodes { id } } }',
        invalid(/^(?!.*Did you mean)/, 'reader'),
      ),
      refused('with explore', '{ acounts { key } }', invalid(/Did you mean "accounts"/, 'explorer')),
    ],
  },
  {
    id: 'C64',
    title: 'rejects a request without exactly one operation to run',
    cases: [
      refused('several', 'query a { __typename } query b { __typename }', bad(/operationName/)),
      {
        ...refused('unknown', '', bad(/no operation, or none with the name/)),
        send: (fixture) => fixture.ask({ json: { query: 'query a { __typename }', operationName: 'b' } }),
      },
      refused('a subscription as JSON', 'subscription { ticks }', {
        code: 'UNSUPPORTED_MEDIA_TYPE',
        says: /text\/event-stream/,
        status: 406,
      }),
    ],
  },
  {
    id: 'C75',
    title: 'responds in time to strings that are slow to match',
    cases: [
      `${'a'.repeat(25_000)}@${'a.'.repeat(12_500)}`,
      `${'a@'.repeat(25_000)}`,
      ' '.repeat(50_000),
      '('.repeat(50_000),
    ].flatMap((text, index): Case[] => [
      refused(`e-mail ${index}`, byVariable, { ...bad(/^\$email: /), variables: { email: text } }),
      {
        what: `id ${index}`,
        send: (fixture) => fixture.query('query ($id: ID!) { user(id: $id) { id } }', { id: text }),
        status: 200,
        level: 'field',
        code: 'INVALID_ID',
        says: /^"id" /,
      },
    ]),
    check: async (fixture) => {
      const id = encodeId('User', 'zoom', 'a'.repeat(50_000))
      expect((await fixture.query('query ($id: ID!) { user(id: $id) { id } }', { id })).errors).toBeDefined()
      const header = await ask(fixture.guarded, {
        headers: { accept: `${'a,'.repeat(4_000)}` },
        json: {},
        key: keyOf('all'),
      })
      expect(header.status).toBe(406)
    },
  },
]

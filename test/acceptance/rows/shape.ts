import { expect } from 'vitest'
import type { Code } from '../../../src/core/error-codes.ts'
import { encodeId } from '../../../src/schema/ids.ts'
import type { Case, Row } from '../row.ts'
import { send } from '../reply.ts'
import { getKey, type CallerName } from '../fixture.ts'

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ')
const nested = (depth: number) => `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`

interface Rejection {
  code: Code
  message: RegExp
  status?: number
  variables?: object
  caller?: CallerName
}

function createRejected(
  name: string,
  query: string,
  { code, message, status = 400, variables, caller }: Rejection,
): Case {
  return { name, send: (fixture) => fixture.query(query, variables, caller), status, level: 'request', code, message }
}

const tooDeep = { code: 'MAX_DEPTH_LIMIT', message: /limit is 12/ } as const
const manyAliases = { code: 'MAX_ALIASES_LIMIT', message: /"aliases" is 30/ } as const
const tooLong = { code: 'MAX_TOKENS_LIMIT', message: /"tokens" is 2000/ } as const
const manyRoots = { code: 'MAX_ROOT_FIELDS_LIMIT', message: /"rootFields" is 20/ } as const
const tooExpensive = { code: 'OPERATION_TOO_EXPENSIVE', message: /costs \d+\. The limit "cost" is 5000/ } as const
const badInput = (message: RegExp) => ({ code: 'BAD_USER_INPUT', message }) as const
const invalid = (message: RegExp, caller?: CallerName): Rejection => ({
  code: 'GRAPHQL_VALIDATION_FAILED',
  message,
  ...(caller && { caller }),
})

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
const prototypeNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

export const shapeRows: Row[] = [
  {
    id: 'C42',
    title: 'rejects an operation with more than 12 levels',
    cases: [
      ...[13, 1_000].map((depth) => createRejected(`${depth} levels`, nested(depth), tooDeep)),
      createRejected('20,000 levels', nested(20_000), { ...tooDeep, message: /limit is 12/ }),
      createRejected('13 levels by fragments', `{ ...a } fragment a on Query { ${nested(13).slice(1)}`, tooDeep),
    ],
  },
  {
    id: 'C43',
    title: 'rejects an operation with more than 30 aliases',
    cases: [
      createRejected('31', `{ ${times(31, (i) => `a${i}: accounts { key }`)} }`, manyAliases),
      createRejected('10,000', `{ ${times(10_000, (i) => `a${i}: accounts { key }`)} }`, manyAliases),
      createRejected('of __typename', `{ ${times(31, (i) => `a${i}: __typename`)} }`, manyAliases),
    ],
  },
  {
    id: 'C44',
    title: 'rejects an operation that repeats one field too often',
    cases: [
      createRejected('10,000 times', `{ ${times(10_000, () => '__typename')} }`, tooLong),
      createRejected('3,000 times with a selection', `{ ${times(3_000, () => 'accounts { key }')} }`, tooLong),
    ],
  },
  {
    id: 'C47',
    title: 'rejects a request that is too large',
    cases: [
      {
        ...createRejected('1 MiB and 1 byte', '', {
          code: 'PAYLOAD_TOO_LARGE',
          message: /limit is 1048576 bytes/,
          status: 413,
        }),
        send: (fixture) => fixture.send({ headers: json, body: JSON.stringify({ query: bigQuery }) }),
      },
      createRejected('1 MB of query', `{ ${'accounts { key } '.repeat(58_000)} }`, tooLong),
      createRejected(
        'a literal of 1 MB',
        `{ users(filter: { email: "${'a'.repeat(MB)}" }) { nodes { id } } }`,
        invalid(/^filter\.email: .*254/),
      ),
      createRejected('a variable of 1 MB', byVariable, {
        ...badInput(/^\$email: .*254/),
        variables: { email: 'a'.repeat(MB) },
      }),
    ],
  },
  {
    id: 'C48',
    title: 'rejects deep variables and long lists',
    cases: [
      {
        ...createRejected('100,000 levels', '', badInput(/nested too deeply\. The limit is 64/)),
        send: (fixture) => fixture.send({ headers: json, body: nestedVariables(100_000) }),
      },
      {
        ...createRejected('450,000 levels, 900 kB', '', badInput(/nested too deeply\. The limit is 64/)),
        send: (fixture) => fixture.send({ headers: json, body: nestedVariables(450_000) }),
      },
      createRejected('100,000 ids', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
        ...badInput(/ids" must have at most 250 IDs/),
        variables: { ids: Array.from({ length: 100_000 }, () => 'a') },
      }),
      createRejected(
        '251 ids',
        `{ nodes(ids: [${times(251, () => '"a"')}]) { id } }`,
        badInput(/ids" must have at most 250 IDs/),
      ),
    ],
  },
  {
    id: 'C49',
    title: 'rejects a batch',
    cases: [2, 1_000].map((size) => ({
      ...createRejected(`of ${size}`, '', { code: 'BATCHING_DISABLED', message: /one operation in each request/ }),
      send: (fixture) =>
        fixture.send({ json: Array.from({ length: size }, () => ({ query: '{ accounts { key } }' })) }),
    })),
  },
  {
    id: 'C50',
    title: 'rejects expensive nested connections',
    cases: [
      createRejected('100 × 100 × 100', `{ ${threeLevels(100)} }`, tooExpensive),
      createRejected(
        'by variables',
        `query ($n: Int = 100) { ${threeLevels(100).replaceAll('100', '$n')} }`,
        tooExpensive,
      ),
      createRejected('by defaults', `{ ${threeLevels(100).replaceAll('(first: 100)', '')} }`, tooExpensive),
      createRejected('by fragments that double', doubling, {
        code: 'OPERATION_TOO_EXPENSIVE',
        message: /"cost" is 5000|once/,
      }),
    ],
  },
  {
    id: 'C51',
    title: 'rejects an operation with more than 20 root fields',
    cases: [
      createRejected('21 fields', `{ ${times(21, (i) => `a${i}: __typename`)} }`, manyRoots),
      createRejected(
        '21 in a fragment',
        `{ ...f } fragment f on Query { ${times(21, (i) => `a${i}: __typename`)} }`,
        manyRoots,
      ),
      createRejected('21 mutations', `mutation { ${times(21, (i) => `a${i}: __typename`)} }`, manyRoots),
    ],
  },
  {
    id: 'C61',
    title: 'handles names that are properties of every JavaScript object',
    cases: [
      ...prototypeNames.map((name): Case => ({
        ...createRejected(`${name} as a key of the request`, '', badInput(/[Uu]nknown parameter|not allowed/)),
        send: (fixture) => fixture.send({ headers: json, body: `{"query":"{ __typename }","${name}":{"x":1}}` }),
      })),
      ...prototypeNames.map((name): Case => ({
        ...createRejected(`${name} as an input's key`, '', badInput(/not allowed|\$filter: Field .* is not defined/)),
        send: (fixture) =>
          fixture.send({
            headers: json,
            body: `{"query":"query ($filter: UserFilter) { users(filter: $filter) { nodes { id } } }","variables":{"filter":{"${name}":{"x":1}}}}`,
          }),
      })),
      ...prototypeNames.slice(1).map((name): Case => ({
        name: `${name} as a variable`,
        send: (fixture) =>
          fixture.send({
            headers: json,
            body: `{"query":"query ($${name}: String!) { account(key: $${name}) { key } }","variables":{"${name}":"x"}}`,
          }),
        status: 200,
        level: 'works',
      })),
      createRejected(
        'a variable that is omitted',
        'query ($constructor: String!) { account(key: $constructor) { key } }',
        {
          ...badInput(/\$constructor: .*required/),
          variables: {},
        },
      ),
    ],
  },
  {
    id: 'C62',
    title: 'rejects introspection without the scope explore',
    cases: [
      '{ __schema { types { name } } }',
      '{ __type(name: "User") { name } }',
      '{ ... on Query { __schema { queryType { name } } } }',
    ].map((query) => createRejected(query, query, invalid(/introspection/, 'reader'))),
    check: async (fixture) => {
      const { data } = await fixture.query('{ __type(name: "User") { name } }', {}, 'explorer')
      expect(data).toEqual({ __type: { name: 'User' } })
    },
  },
  {
    id: 'C63',
    title: 'suggests names for a misspelled field only with the scope explore',
    cases: [
      createRejected('without explore', '{ acounts { key } }', invalid(/^(?!.*Did you mean)/, 'reader')),
      createRejected('an argument', '{ account(kee: "a") { key } }', invalid(/^(?!.*Did you mean)/, 'reader')),
      createRejected(
        'an enum',
        '{ users(filter: { status: [ACTIV] }) { nodes { id } } }',
        invalid(/^(?!.*Did you mean)/, 'reader'),
      ),
      createRejected('with explore', '{ acounts { key } }', invalid(/Did you mean "accounts"/, 'explorer')),
    ],
  },
  {
    id: 'C64',
    title: 'rejects a request without exactly one operation to run',
    cases: [
      createRejected('several', 'query a { __typename } query b { __typename }', badInput(/operationName/)),
      {
        ...createRejected('unknown', '', badInput(/no operation, or none with the name/)),
        send: (fixture) => fixture.send({ json: { query: 'query a { __typename }', operationName: 'b' } }),
      },
      createRejected('a subscription as JSON', 'subscription { ticks }', {
        code: 'UNSUPPORTED_MEDIA_TYPE',
        message: /text\/event-stream/,
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
      createRejected(`email ${index}`, byVariable, { ...badInput(/^\$email: /), variables: { email: text } }),
      {
        name: `id ${index}`,
        send: (fixture) => fixture.query('query ($id: ID!) { user(id: $id) { id } }', { id: text }),
        status: 200,
        level: 'field',
        code: 'INVALID_ID',
        message: /^"id" /,
      },
    ]),
    check: async (fixture) => {
      const id = encodeId('User', 'zoom', 'a'.repeat(50_000))
      expect((await fixture.query('query ($id: ID!) { user(id: $id) { id } }', { id })).errors).toBeDefined()
      const header = await send(fixture.guarded, {
        headers: { accept: `${'a,'.repeat(4_000)}` },
        json: {},
        key: getKey('all'),
      })
      expect(header.status).toBe(406)
    },
  },
]

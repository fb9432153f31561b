import { parse } from 'graphql'
import type { OperationDefinitionNode } from 'graphql'
import { expect, test } from 'vitest'
import { assertCost } from '../../src/http/guard/cost.ts'
import { httpLimits } from '../../src/http/limits.ts'
import { assertOverlap } from '../../src/http/guard/field-overlap.ts'

const limits = { ...httpLimits, operationCalls: Infinity }
/** Sizes for a caller with three accounts. */
const sizes = { accounts: 3, sources: 3, sameAs: 3 }
const fields = Array.from({ length: 20 }, (_, i) => `f${i}`).join(' ')
const documented: [query: string, cost: number][] = [
  ['{ accounts { key label } }', 7],
  ['{ users { nodes { displayName email } } }', 42],
  [`{ users(first: 100) { nodes { ${fields} } } }`, 2_002],
  [
    '{ conferences(first: 50) { nodes { title owner { displayName } participants(first: 10) { nodes { displayName } } } } }',
    752,
  ],
  [
    '{ users(first: 100) { nodes { conferences(first: 100) { nodes { participants(first: 100) { nodes { id } } } } } } }',
    1_020_202,
  ],
  ['{ users(last: 7) { edges { cursor node { id } } } }', 2 + 7 * 3],
  ['query ($n: Int = 7) { users(first: $n) { ...page } } fragment page on UserConnection { nodes { id } }', 9],
  ['{ nodes(ids: ["a", "b", "c"]) { id ... on User { displayName } } }', 7],
  ['{ users(first: 0) { nodes { id } } }', 2],
  ['{ users(first: 1000000000) { nodes { id } } }', 102],
  ['{ users(first: {}, last: [[3]]) { nodes { id } } }', 22],
  ['{ users(first: {}, last: 3) { nodes { id } } }', 5],
  ['{ accounts { users(first: 40) { nodes { id } } } }', 1 + 3 * (1 + 1 + 40)],
  [`{ users(first: 1) { nodes { ${'sameAs { '.repeat(8)} id ${'}'.repeat(8)} } } }`, 9_843],
  ['{ conferences(first: 20) { nodes { occurrences { startsAt } } } }', 2 + 20 * (1 + 50)],
  ['{ conferences(first: 20) { nodes { occurrences(first: 3) { startsAt cancelled } } } }', 2 + 20 * (1 + 3 * 2)],
  ['{ __schema { types { fields { type { name } } } } }', 1],
]

for (const [query, cost] of documented) {
  test(`computes the cost ${cost} for ${query.slice(0, 90)}`, () => {
    const document = parse(query)
    const weigh = (limit: number) => () =>
      assertCost(document, document.definitions[0] as OperationDefinitionNode, {}, sizes, { ...limits, cost: limit })
    expect(weigh(cost)).not.toThrow()
    expect(weigh(cost - 1)).toThrow(`costs ${cost}.`)
  })
}

test('rejects a cost that exceeds every number', () => {
  const levels = 200
  const chain = Array.from(
    { length: levels },
    (_, i) => `fragment f${i} on C { nodes { c(first: 100) { ...f${i + 1} } } }`,
  )
  const document = parse(
    `{ a(first: 0) { ...f0 } c(first: 100) { ...f0 } } ${chain.join(' ')} fragment f${levels} on C { nodes { id } }`,
  )
  const [operation] = document.definitions
  const weigh = () => assertCost(document, operation as OperationDefinitionNode, {}, {}, { ...limits, depth: 10_000 })
  expect(weigh).toThrow('costs')
})

test('accepts fragments that contain themselves, which validation rejects', () => {
  const document = parse('{ ...a } fragment a on Query { ...b a } fragment b on Query { ...a b }')
  assertOverlap(document, limits.cost)
  assertCost(document, document.definitions[0] as OperationDefinitionNode, {}, {}, limits)
})

test('uses the configured page size if the operation sets none', () => {
  const document = parse('{ users { nodes { id } } }')
  const weigh = (cost: number) => () =>
    assertCost(document, document.definitions[0] as OperationDefinitionNode, {}, {}, { ...limits, pageSize: 100, cost })
  expect(weigh(102)).not.toThrow()
  expect(weigh(101)).toThrow('costs 102.')
})

const idOf = (type: string, name: string) => Buffer.from(`${type}:zoom:${name}`).toString('base64url')
const userIds = (count: number) => Array.from({ length: count }, (_, i) => idOf('User', `u${i}`))
const accountIds = Array.from({ length: 250 }, (_, i) => Buffer.from(`Account:a${i}`).toString('base64url'))

const documentedCalls: [query: string, calls: number, variables?: object][] = [
  ['{ accounts { key health { state } } }', 0],
  ['{ users(first: 100) { nodes { id } } }', 3],
  ['{ users(first: 2) { nodes { id } } }', 2],
  ['{ users(first: 2, orderBy: { field: EMAIL }) { nodes { id } } }', 3],
  ['{ users(filter: { accounts: ["zoom"] }) { nodes { id } } }', 1],
  ['query ($f: UserFilter) { users(filter: $f) { nodes { id } } }', 1, { f: { accounts: ['zoom'] } }],
  ['{ conferences(first: 50) { nodes { title owner { displayName } participants(first: 10) { nodes { id } } } } }', 53],
  ['{ conferences(first: 100) { nodes { owner { displayName } } } }', 3],
  ['{ accounts { users { nodes { id } } conferences { nodes { id } } } }', 6],
  [`{ user(id: "${idOf('User', 'a')}") { id } node(id: "${idOf('User', 'a')}") { id } }`, 1],
  [`{ node(id: "${idOf('Conference', 'a')}") { id } node(id: "${accountIds[0]}") { id } }`, 1],
  [
    '{ a: userBy(account: "zoom", ref: {vendorId: "1"}) { id } b: userBy(account: "a", ref: {vendorId: "1"}) { id } }',
    2,
  ],
  ['{ conferenceBy(account: "zoom", ref: {vendorId: "1"}) { id } }', 1],
  ['{ conferenceBy(ref: {joinUrl: "https://zoom.us/j/1"}) { id } }', 3],
  ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', 0, { ids: accountIds }],
  ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', 90, { ids: [...userIds(90), ...userIds(90)] }],
  [`{ nodes(ids: ["${userIds(2).join('", "')}", "no ID"]) { id } }`, 2],
  [
    'query ($n: Int = 7) { ...lists } fragment lists on Query { users(first: $n) { ...page } } fragment page on UserConnection { nodes { conferences { nodes { id } } } }',
    3 + 7,
  ],
  ['mutation { createConference(input: {}) { conference { participants { nodes { id } } } } }', 1],
]

for (const [query, calls, variables = {}] of documentedCalls) {
  test(`counts ${calls} vendor calls for ${query.slice(0, 90)}`, () => {
    const document = parse(query)
    const weigh = (operationCalls: number) => () =>
      assertCost(
        document,
        document.definitions[0] as OperationDefinitionNode,
        variables as Record<string, unknown>,
        sizes,
        { ...limits, operationCalls },
      )
    expect(weigh(calls)).not.toThrow()
    expect(weigh(calls - 1)).toThrow(`causes ${calls} vendor calls. The limit "operationCalls" is ${calls - 1}.`)
  })
}

test('counts the size of long response names in the response and in the paths of errors', () => {
  const weigh = (query: string) => () => {
    const document = parse(query)
    assertCost(document, document.definitions[0] as OperationDefinitionNode, {}, sizes, limits)
  }
  const name = 'a'.repeat(60_000)
  expect(weigh(`{ users(first: 100) { nodes { ${name}: id } } }`)).toThrow('costs')
  expect(weigh(`{ ${name}: users(first: 100) { nodes { id } } }`)).toThrow('costs')
  expect(
    weigh(`{ ...f } fragment f on Query { users { nodes { id ...g } } } fragment g on User { ${name}: id }`),
  ).toThrow('costs')
  expect(weigh(`{ users(first: 100) { nodes { ${'a'.repeat(127)}: id } } }`)).not.toThrow()
})

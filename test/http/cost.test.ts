import { parse } from 'graphql'
import type { OperationDefinitionNode } from 'graphql'
import { expect, test } from 'vitest'
import { limitCost } from '../../src/http/cost.ts'
import { httpLimits } from '../../src/http/limits.ts'
import { limitOverlap } from '../../src/http/overlap.ts'

const limits = httpLimits
/** Of a caller with three accounts. */
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
  ['{ accounts { users(first: 40) { nodes { id } } } }', 1 + 3 * (1 + 1 + 40)],
  [`{ users(first: 1) { nodes { ${'sameAs { '.repeat(8)} id ${'}'.repeat(8)} } } }`, 9_843],
  ['{ __schema { types { fields { type { name } } } } }', 1],
]

for (const [query, cost] of documented) {
  test(`${query.slice(0, 90)} costs ${cost}`, () => {
    const document = parse(query)
    const weigh = (limit: number) => () =>
      limitCost(document, document.definitions[0] as OperationDefinitionNode, {}, sizes, { ...limits, cost: limit })
    expect(weigh(cost)).not.toThrow()
    expect(weigh(cost - 1)).toThrow(`costs ${cost};`)
  })
}

test('a cost beyond all numbers is still too much', () => {
  const levels = 200
  const chain = Array.from(
    { length: levels },
    (_, i) => `fragment f${i} on C { nodes { c(first: 100) { ...f${i + 1} } } }`,
  )
  const document = parse(
    `{ a(first: 0) { ...f0 } c(first: 100) { ...f0 } } ${chain.join(' ')} fragment f${levels} on C { nodes { id } }`,
  )
  const [operation] = document.definitions
  const weigh = () => limitCost(document, operation as OperationDefinitionNode, {}, {}, { ...limits, depth: 10_000 })
  expect(weigh).toThrow('costs')
})

test('fragments that spread themselves are left to validation', () => {
  const document = parse('{ ...a } fragment a on Query { ...b a } fragment b on Query { ...a b }')
  limitOverlap(document, limits.cost)
  limitCost(document, document.definitions[0] as OperationDefinitionNode, {}, {}, limits)
})

test('a page of a size that only the configuration says costs as much as it may hold', () => {
  const document = parse('{ users { nodes { id } } }')
  const weigh = (cost: number) => () =>
    limitCost(document, document.definitions[0] as OperationDefinitionNode, {}, {}, { ...limits, pageSize: 100, cost })
  expect(weigh(102)).not.toThrow()
  expect(weigh(101)).toThrow('costs 102;')
})

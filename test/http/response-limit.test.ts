import { buildSchema, type GraphQLObjectType } from 'graphql'
import { afterAll, describe, expect, test } from 'vitest'
import { measureJson } from '../../src/core/json-size.ts'
import { startServer } from './harness.ts'

const schema = buildSchema(`
  type Query { text(length: Int!): String!  texts: [String!]! failing: [Int]! }
  type Mutation { create(length: Int!): Payload! }
  type Payload { outcome: String!  problems: [String!]!  conference: Conference }
  type Conference { description: String }
`)
const resolve = (type: string, field: string, value: (args: { length: number }) => unknown) => {
  ;(schema.getType(type) as GraphQLObjectType).getFields()[field]!.resolve = (_source, args: { length: number }) =>
    value(args)
}
let created = 0
resolve('Query', 'text', ({ length }) => 'x'.repeat(length))
resolve('Query', 'texts', () => Array.from({ length: 200_000 }, () => 'abc'))
resolve('Query', 'failing', () => Array.from({ length: 250 }, () => new Error('one of many')))
resolve('Mutation', 'create', ({ length }) => {
  created += 1
  return { outcome: 'SUCCEEDED', problems: [], conference: { description: 'x'.repeat(length) } }
})

const server = await startServer({ schema, limits: { responseBytes: 1_000_000 } })
afterAll(() => server.http.drain())

describe('responseBytes', () => {
  test('replaces data over the limit with an error that reports the limit', async () => {
    for (const query of ['{ text(length: 1000001) }', '{ text(length: 500000000) }', '{ texts }']) {
      const response = await server.post({ query })
      expect(response.status, query).toBe(200)
      expect(response.json.data, query).toBeNull()
      expect(response.json.errors).toMatchObject([
        { extensions: { code: 'OPERATION_TOO_EXPENSIVE', retryable: false } },
      ])
      expect(response.json.errors?.[0]?.message).toContain('"responseBytes" is 1000000')
      expect(response.text.length).toBeLessThan(1_000)
    }
    expect((await server.post({ query: '{ text(length: 900000) }' })).json.errors).toBeUndefined()
  })

  test('keeps the outcome of a mutation whose result is too large', async () => {
    const query = 'mutation { a: create(length: 2000000) { outcome problems conference { description } } }'
    const response = await server.post({ query })
    expect(created).toBe(1)
    expect(response.json.data).toEqual({ a: { outcome: 'SUCCEEDED', problems: [], conference: null } })
    expect(response.json.errors).toMatchObject([
      { path: ['a', 'conference'], extensions: { code: 'OPERATION_TOO_EXPENSIVE' } },
    ])
  })

  test('rejects long response names before the operation runs', async () => {
    const calls = created
    const name = 'a'.repeat(1_000)
    for (const query of [
      `mutation { ${name}: create(length: 1) { outcome } ${'a'.repeat(60_000)}: __typename }`,
      `{ ${'a'.repeat(60_000)}: failing }`,
    ]) {
      expect(await server.post({ query })).toMatchObject({ status: 400, code: 'OPERATION_TOO_EXPENSIVE' })
    }
    expect(created).toBe(calls)
  })
})

describe('measureJson', () => {
  test('is at least the size of the JSON', () => {
    for (const value of [
      '',
      'abc',
      'йцу',
      '\u0001"\\',
      '\ud800',
      'x'.repeat(100),
      '"'.repeat(100),
      '€'.repeat(100),
      'й'.repeat(60),
    ]) {
      for (const each of [value, [value, value], { [value]: value }, { a: [null, true, 1, { [value]: [value] }] }]) {
        expect(measureJson(each, Infinity)).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify(each)))
      }
    }
  })

  test('stops measuring at the limit', () => {
    const endless = {
      *[Symbol.iterator]() {
        for (;;) yield 'x'
      },
    }
    expect(measureJson(Object.assign([], { [Symbol.iterator]: endless[Symbol.iterator] }), 1_000)).toBeGreaterThan(
      1_000,
    )
  })
})

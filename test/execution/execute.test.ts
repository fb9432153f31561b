import { setImmediate } from 'node:timers/promises'
import * as fc from 'fast-check'
import { buildSchema, execute, Kind, parse, printSchema } from 'graphql'
import type { ExecutionResult, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { executeOperation, type ExecutionOutput } from '../../src/execution/execute.ts'
import { OperationPlan } from '../../src/execution/operation-plan.ts'
import { measureJson } from '../../src/core/json-size.ts'
import { PreparedOperation } from '../../src/http/document/prepared-operation.ts'
import { coerceVariables } from '../../src/http/document/variables.ts'
import { schema as realSchema } from '../../src/schema/index.ts'
import { runs } from '../support/property.ts'
import { randomOperations, type RandomOperation } from './random-documents.ts'
import { addRandomResolvers, type RandomContext } from './random-resolvers.ts'

const schema = buildSchema(printSchema(realSchema))
addRandomResolvers(schema)

/** Formats a result with the order of its fields and errors. */
function format({ errors, data }: ExecutionResult | ExecutionOutput): string {
  const details = errors?.map((error) => [
    error.toJSON(),
    error.originalError?.message,
    error.originalError?.constructor.name,
  ])
  return JSON.stringify({ ...(errors && { errors: details }), data })
}

function prepare(on: GraphQLSchema, text: string) {
  const document = parse(text)
  const operation = document.definitions.find(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode
  return { document, operation: new PreparedOperation(on, document, operation, 1_000) }
}

/** Returns the unhandled rejections while `work` runs. GraphQL.js itself can cause some. */
async function watchRejections(work: () => Promise<void>): Promise<unknown[]> {
  const listeners = process.listeners('unhandledRejection')
  const rejections: unknown[] = []
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', (reason) => rejections.push(reason))
  try {
    await work()
    await setImmediate()
    return rejections
  } finally {
    process.removeAllListeners('unhandledRejection')
    for (const listener of listeners) process.on('unhandledRejection', listener)
  }
}

async function compare({ text, variables }: RandomOperation, seed: number): Promise<void> {
  const { document, operation } = prepare(schema, text)
  // The second and third execution use the plan of the first one.
  for (const values of [variables[0], variables[1], variables[0]]) {
    const [expectedContext, context]: RandomContext[] = [
      { seed, calls: [] },
      { seed, calls: [] },
    ]
    let expected: ExecutionResult = {}
    await watchRejections(async () => {
      expected = await execute({ schema, document, variableValues: values, contextValue: expectedContext })
    })
    const coerced = coerceVariables(operation.variables, values)
    if ('problems' in coerced) {
      expect(expected.data, text).toBeUndefined()
      continue
    }
    let result: ExecutionOutput = { data: null, maxBytes: 0 }
    const rejections = await watchRejections(async () => {
      result = await executeOperation({ plan: operation.plan, variables: coerced.values, context })
    })
    expect(rejections, text).toEqual([])
    expect(format(result), text).toBe(format(expected))
    expect(context?.calls, text).toEqual(expectedContext?.calls)
    expect(result.maxBytes, text).toBeGreaterThanOrEqual(measureJson(result.data, Infinity))
  }
}

/** Creates a schema with these root resolvers. */
function createSchema(sdl: string, resolvers: Record<string, () => unknown>): GraphQLSchema {
  const created = buildSchema(sdl)
  const root = created.getQueryType() as GraphQLObjectType
  for (const [name, resolve] of Object.entries(resolvers)) root.getFields()[name]!.resolve = resolve
  return created
}

describe('executeOperation', () => {
  test('returns the result of GraphQL.js for random operations, and calls the same resolvers in the same order', () =>
    fc.assert(
      fc.asyncProperty(randomOperations(schema), fc.integer({ min: 1, max: 2 ** 30 }), compare),
      runs(60, 10_000),
    ))

  test('returns the result at once if no resolver returns a promise', () => {
    const { operation } = prepare(createSchema('type Query { a: Int }', { a: () => 1 }), '{ a }')
    const result = executeOperation({ plan: operation.plan, variables: {}, context: null })
    expect(result).toMatchObject({ data: { a: 1 } })
  })

  test('reports the path in the response for an error with the path of an input', () => {
    const fail = (): never => {
      throw new Problem('BAD_USER_INPUT', 'No.', { path: ['input', 'title'] })
    }
    const { operation } = prepare(createSchema('type Query { a: Int }', { a: fail }), '{ b: a }')
    const result = executeOperation({ plan: operation.plan, variables: {}, context: null }) as ExecutionOutput
    expect(result.errors).toMatchObject([{ path: ['b'], originalError: { path: ['input', 'title'] } }])
  })

  test('handles every rejection if an item fails before other items', async () => {
    const reject = async (): Promise<never> => {
      await Promise.resolve()
      throw new Error('rejected')
    }
    const on = createSchema('type Query { a: [Int!] }', { a: () => [reject(), null, reject()] })
    const { operation } = prepare(on, '{ a }')
    const rejections = await watchRejections(async () => {
      const result = await executeOperation({ plan: operation.plan, variables: {}, context: null })
      expect(result.errors).toHaveLength(1)
    })
    expect(rejections).toEqual([])
  })

  test('returns every response name, also names of inherited properties', async () => {
    const names = ['__proto__', 'constructor', 'then', 'toJSON', 'hasOwnProperty']
    const text = `{ ${names.map((name) => `${name}: a`).join(' ')} }`
    const { operation } = prepare(createSchema('type Query { a: Int }', { a: () => 1 }), text)
    const { data } = await executeOperation({ plan: operation.plan, variables: {}, context: null })
    expect(JSON.stringify(data)).toBe(`{${names.map((name) => `"${name}":1`).join(',')}}`)
  })
})

describe('OperationPlan', () => {
  const on = buildSchema('type Query { a: Query  b: Int }')
  const plan = (text: string, maxFields: number): OperationPlan => {
    const { document, operation } = prepare(on, text)
    return new OperationPlan(on, document, operation.definition, maxFields)
  }

  test('is created once for the same values of conditions', () => {
    const conditional = plan('query ($x: Boolean!) { b @skip(if: $x) a { b } }', 100)
    expect(conditional.getVariant({ x: true })).toBe(conditional.getVariant({ x: true, y: 1 }))
    expect(conditional.getVariant({ x: true })).not.toBe(conditional.getVariant({ x: false }))
  })

  test('caches four combinations of conditions', () => {
    const conditional = plan(
      'query ($x: Boolean!, $y: Boolean!, $z: Boolean!) { b @skip(if: $x) @include(if: $y) a @skip(if: $z) { b } }',
      100,
    )
    const bits = [false, true]
    const all = bits.flatMap((x) => bits.flatMap((y) => bits.map((z) => ({ x, y, z }))))
    const first = all.map((values) => conditional.getVariant(values))
    const cached = all.filter((values, index) => conditional.getVariant(values) === first[index])
    expect(cached).toHaveLength(4)
  })

  test('does not depend on a variable that is a condition only in another operation', () => {
    const conditional = plan('query A($x: JSON) { b } query B($x: Boolean!) { b @skip(if: $x) }', 100)
    const values = ['x'.repeat(1_000), { toString: 1, valueOf: 1 }, ['t'], 7]
    const [first, ...others] = values.map((x) => conditional.getVariant({ x }))
    expect(first!.key).toHaveLength(1)
    expect(others).toEqual(others.map(() => first))
  })

  test('differs if the values of conditions differ, whatever the other variables are', () => {
    const conditional = plan(
      'query A($x: String, $y: Boolean!, $z: String) { b @skip(if: $y) } query B($x: Boolean!, $z: Boolean!) { b @skip(if: $x) @include(if: $z) }',
      100,
    )
    const one = conditional.getVariant({ x: 'true', y: false, z: '' })
    expect(conditional.getVariant({ x: '', y: true, z: 'false' })).not.toBe(one)
  })

  test('is not cached if it has too many fields', async () => {
    const levels = 8
    const fragments = Array.from(
      { length: levels },
      (_, i) => `fragment F${i} on Query { x: a { ...F${i + 1} } y: a { ...F${i + 1} } }`,
    )
    const wide = plan(`{ ...F0 } ${fragments.join(' ')} fragment F${levels} on Query { b }`, 100)
    const root = { a: (): unknown => root, b: 1 }
    const variant = wide.getVariant({})
    const result = await executeOperation({ plan: wide, variables: {}, context: null, rootValue: root })
    expect(JSON.stringify(result.data).match(/"b":1/g)).toHaveLength(2 ** levels)
    expect(wide.getVariant({})).not.toBe(variant)
  })
})

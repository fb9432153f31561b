import * as fc from 'fast-check'
import { Kind, parse } from 'graphql'
import type { OperationDefinitionNode } from 'graphql'
import { describe, expect, test } from 'vitest'
import { CostCheck } from '../../src/http/guard/cost-check.ts'
import { assertCost } from '../../src/http/guard/cost.ts'
import { httpLimits } from '../../src/http/limits.ts'
import { PreparedOperation } from '../../src/http/document/prepared-operation.ts'
import { schema } from '../../src/schema/index.ts'
import { randomOperations } from '../execution/random-documents.ts'
import { runs } from '../support/property.ts'

/** A limit near the cost of random operations. */
const limits = { ...httpLimits, cost: 400, operationCalls: 20, ids: 3 }

function prepare(text: string) {
  const document = parse(text)
  const definition = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  return { document, operation: new PreparedOperation(schema, document, definition as OperationDefinitionNode, 100) }
}

const outcomeOf = (work: () => void): string => {
  try {
    work()
    return 'affordable'
  } catch (error) {
    return (error as Error).message
  }
}

describe('CostCheck', () => {
  test('rejects an operation if and only if it exceeds a limit, whatever was checked before', () =>
    fc.assert(
      fc.property(randomOperations(schema), fc.array(fc.integer({ min: 0, max: 4 })), ({ text, variables }, counts) => {
        const { document, operation } = prepare(text)
        const check = new CostCheck({ limits, introspection: {}, names: null })
        for (const accounts of [3, ...counts])
          for (const given of [...variables, {}]) {
            const sizes = { accounts, sources: accounts, sameAs: accounts }
            expect(
              outcomeOf(() => check.check(document, operation, given, sizes)),
              text,
            ).toBe(outcomeOf(() => assertCost(document, operation.definition, given, sizes, limits)))
          }
      }),
      runs(100, 10_000),
    ))

  test('detects operations that are affordable with all values of their variables', () => {
    const { document, operation } = prepare(
      'query ($n: Int, $id: ID!, $f: UserFilter) { users(first: $n, filter: $f) { nodes { id } } user(id: $id) { id } }',
    )
    new CostCheck({ limits, introspection: {}, names: null }).check(document, operation, { id: 'x' }, { accounts: 3 })
    expect([...operation.isAffordableByAccounts]).toEqual([[3, true]])
  })
})

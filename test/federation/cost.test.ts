import * as fc from 'fast-check'
import { Kind, parse } from 'graphql'
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import { describe, expect, test } from 'vitest'
import { SubgraphNames } from '../../src/federation/names.ts'
import { createSubgraph } from '../../src/federation/subgraph.ts'
import { CostCheck } from '../../src/http/guard/cost-check.ts'
import { assertCost } from '../../src/http/guard/cost.ts'
import { PreparedOperation } from '../../src/http/document/prepared-operation.ts'
import { httpLimits } from '../../src/http/limits.ts'
import { encodeId } from '../../src/schema/ids.ts'
import { schema } from '../../src/schema/index.ts'
import { randomOperations } from '../execution/random-documents.ts'
import { runs } from '../support/property.ts'
import { renameDocument } from './rename-document.ts'

/** Limits near the cost of random operations. */
const limits = { ...httpLimits, cost: 400, operationCalls: 20, ids: 3 }
const sizes = { accounts: 3, sources: 3, sameAs: 3 }
const names = new SubgraphNames('Meeting')
const subgraph = createSubgraph(schema, 'Meeting')

const getOperation = ({ definitions }: DocumentNode): OperationDefinitionNode =>
  definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode

function describeOutcome(work: () => void): string {
  try {
    work()
    return 'affordable'
  } catch (error) {
    return (error as Error).message
  }
}

function compute(text: string, variables: Record<string, unknown>, naming: SubgraphNames | null): string {
  const document = parse(text)
  return describeOutcome(() => assertCost(document, getOperation(document), variables, sizes, limits, {}, naming))
}

function prepare(on: GraphQLSchema, text: string) {
  const document = parse(text)
  return { document, operation: new PreparedOperation(on, document, getOperation(document), 100) }
}

describe('cost of an operation of a subgraph', () => {
  test('is that of the same operation at /graphql', () =>
    fc.assert(
      fc.property(randomOperations(schema), ({ text, variables: [variables] }) => {
        expect(compute(renameDocument(schema, text, 'Meeting'), variables, names), text).toBe(
          compute(text, variables, null),
        )
      }),
      runs(100, 10_000),
    ))

  const ids = [encodeId('User', 'zoom', '1'), encodeId('User', 'zoom', '2'), encodeId('Account', 'zoom'), 'x']

  test('is the same for representations as for IDs', () => {
    const selection = '{ __typename ... on MeetingUser { id email } }'
    for (const list of [[], ids.slice(0, 1), ids.slice(0, 2), ids.slice(1), ids]) {
      const representations = list.map((id) => ({ __typename: 'MeetingUser', id }))
      const byId = compute(`query ($ids: [ID!]!) { meetingNodes(ids: $ids) ${selection} }`, { ids: list }, names)
      const byKey = compute(
        `query ($list: [_Any!]!) { _entities(representations: $list) ${selection} }`,
        { list: representations },
        names,
      )
      expect(byKey).toBe(byId.replace('ids', 'representations').replace('IDs', 'representations'))
    }
  })

  test('is checked for each request if a variable can be a part of a representation', () => {
    const representation = fc.record({
      __typename: fc.constantFrom('MeetingUser', 'MeetingAccount', 'User'),
      id: fc.constantFrom(...ids, null),
      account: fc.constant({ key: 'zoom' }),
      vendorId: fc.constantFrom('1', '3', '4', null),
    })
    const text = `query ($list: [_Any!], $id: ID, $vendorId: String) {
      a: _entities(representations: $list) { __typename }
      b: _entities(representations: [
        { __typename: "MeetingUser", id: $id }
        { __typename: "MeetingUser", account: { key: "zoom" }, vendorId: $vendorId }
      ]) { __typename } }`
    const { document, operation } = prepare(subgraph.schema, text)
    const tight = { ...limits, operationCalls: 2 }
    const check = new CostCheck({ limits: tight, introspection: {}, names })
    fc.assert(
      fc.property(
        fc.array(representation, { maxLength: 4 }),
        fc.constantFrom(...ids, null),
        fc.constantFrom('1', '5', null),
        (list, id, vendorId) => {
          const variables = { list, id, vendorId }
          expect(describeOutcome(() => check.check(document, operation, variables, sizes))).toBe(
            describeOutcome(() => assertCost(document, operation.definition, variables, sizes, tight, {}, names)),
          )
        },
      ),
      runs(70, 5_000),
    )
  })
})

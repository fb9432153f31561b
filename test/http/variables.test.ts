import { GraphQLScalarType, buildSchema, parse } from 'graphql'
import type { OperationDefinitionNode } from 'graphql'
import { expect, onTestFinished, test, vi } from 'vitest'
import { PreparedOperation } from '../../src/http/document/prepared-operation.ts'
import { coerceVariables } from '../../src/http/document/variables.ts'
import { startServer } from './harness.ts'

test('reports ten problems and coerces no further items', () => {
  const schema = buildSchema('scalar Wrong type Query { a(wrong: [Wrong!]): Int }')
  let looked = 0
  const wrong = schema.getType('Wrong') as GraphQLScalarType
  wrong.parseValue = () => {
    looked += 1
    throw new TypeError('no')
  }
  const document = parse('query ($wrong: [Wrong!]!, $other: Int!) { a(wrong: $wrong) }')
  const { variables } = new PreparedOperation(schema, document, document.definitions[0] as OperationDefinitionNode, 10)
  const coerced = coerceVariables(variables, { wrong: Array(50_000).fill(1) })
  const problems = 'problems' in coerced ? coerced.problems : []
  expect(problems.map(({ message }) => message)).toEqual(
    Array.from({ length: 10 }, (_, i) => `$wrong.${i}: a value of type Wrong is expected.`),
  )
  expect(looked).toBe(10)
})

test('does not execute an operation with invalid variables', async () => {
  const server = await startServer()
  onTestFinished(() => server.http.drain())
  const written = vi.spyOn(Object, 'entries')
  const input = { id: 'a', ...Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`unknown${i}`, i])) }
  const query = 'mutation ($input: RenameInput!) { rename(input: $input) }'
  const response = await server.post({ query, variables: { input } })
  expect(response).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
  expect(response.json.errors).toHaveLength(10)
  expect(written.mock.calls.filter(([value]) => Object.hasOwn(value, 'unknown1')).length).toBeLessThanOrEqual(2)
  written.mockRestore()
})

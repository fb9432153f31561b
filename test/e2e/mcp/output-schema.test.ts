import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTool } from '../../../src/mcp/build-tool.ts'
import { schema } from '../../../src/schema/index.ts'
import { createValidator, forbidOtherProperties } from '../../mcp/validator.ts'
import { post, type PostedData } from '../../support/post.ts'
import { runs } from '../../support/property.ts'
import { openSandboxServer, type SandboxServer } from '../../support/sandbox-server.ts'
import { createPick, RandomDocument } from './random-document.ts'

let server: SandboxServer
let rootFields: [string, string][]

const limits = { tokens: 100_000, depth: 100, aliases: 1_000, directives: 1_000, cost: 10_000_000 }

beforeAll(async () => {
  server = await openSandboxServer({ limits })
  rootFields = await findRootFields()
})
afterAll(() => server?.close())

/** Returns the fields of the query, with the IDs of objects of every type. */
async function findRootFields(): Promise<[string, string][]> {
  const period = 'filter: { startedFrom: "2020-01-01T00:00:00Z" }'
  const { data } = await post(
    server.graphqlUrl,
    `{
      users(first: 2) { nodes { id } }
      accounts {
        id
        conferences(first: 3) { nodes { id participants(first: 2) { nodes { id } } occurrences(first: 2) { id } } }
        sessions(first: 1, ${period}) { nodes { id recordings(first: 2) { nodes { id } } } }
      }
    }`,
  )
  const created = await post(
    server.graphqlUrl,
    'mutation { createConference(input: { account: "imeetcentral", title: "Planning" }) { operation { id } } }',
  )
  const ids = [...findIds(data), ...findIds(created.data)]
  expect(ids.length).toBeGreaterThan(20)
  return [
    ['accounts', ''],
    ['users', '(first: 3)'],
    ['users', '(first: 2, filter: { accounts: ["trueconf"] })'],
    ['conferences', '(first: 3)'],
    ['conferences', '(first: 2, filter: { accounts: ["trueconf"] })'],
    ['conferences', '(first: 2, filter: { accounts: ["imeetcentral"] })'],
    ['sessions', `(first: 2, ${period})`],
    ['recordings', `(first: 2, ${period})`],
    ['nodes', `(ids: ${JSON.stringify(ids)})`],
    ...ids.map((id): [string, string] => ['node', `(id: ${JSON.stringify(id)})`]),
  ]
}

function findIds(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => (name === 'id' ? [inner as string] : findIds(inner)))
}

const countValues = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, inner) => sum + countValues(inner), 1)
    : 1

test('every response matches the output schema of its document', async () => {
  let checked = 0
  let values = 0
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.boolean(), fc.boolean(), async (seed, yes, no) => {
      const text = new RandomDocument(schema, createPick(seed)).write(rootFields)
      const tool = buildTool(schema, 'random', text)
      fc.pre(!Array.isArray(tool))
      const validate = createValidator(forbidOtherProperties(tool.outputSchema))
      const { data, errors } = await post(server.graphqlUrl, text, { yes, no })
      if (data === null) expect(errors.length, text).toBeGreaterThan(0)
      else expect(validate(data satisfies PostedData), text).toEqual([])
      checked += data === null ? 0 : 1
      values += countValues(data)
    }),
    runs(20, 150),
  )
  expect(checked).toBeGreaterThan(10)
  expect(values).toBeGreaterThan(checked * 5)
})

import * as fc from 'fast-check'
import { buildSchema, execute, parse, type GraphQLSchema } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imeetcentral } from '../../src/vendors/imeetcentral/index.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { zoom } from '../../src/vendors/zoom/index.ts'
import { runs } from '../support/property.ts'
import { openOver } from '../vendors/contract/open.ts'
import { createNaiveRoot, encodeId, findVaryingFields, readAccount, type AccountData } from './naive/graph.ts'
import { createComparableSchema } from './naive/schema.ts'
import { createOperations, type Literals } from './operations.ts'
import { graphqlType, send } from './reply.ts'
import { startSandboxOf, type VendorSandbox } from '../support/sandbox.ts'
import { startProcess, traceLog, type ServerProcess } from '../support/server.ts'

const vendors = [
  { key: 'zoom', definition: zoom, seed: { seed: { active: 6, inactive: 2, pending: 2, meetingsPerHost: 4 } } },
  { key: 'berlin', definition: trueconf, seed: { users: 14, conferences: 12, running: 3 } },
  { key: 'central', definition: imeetcentral, seed: { seed: { users: 9, workspaces: 30, deletedWorkspaces: 3 } } },
]
let sandboxes: VendorSandbox[]
let accountData: AccountData[]
let server: ServerProcess
let schemas: GraphQLSchema[]

beforeAll(async () => {
  sandboxes = await Promise.all(vendors.map(({ definition, seed }) => startSandboxOf(definition, seed as object)))
  const accounts = Object.fromEntries(vendors.map(({ key }, index) => [key, sandboxes[index]!.account]))
  accountData = await Promise.all(
    vendors.map(({ key, definition }, index) => readAccount(key, openOver(definition, sandboxes[index]!))),
  )
  const varying = await findVaryingFields(accountData)
  schemas = (['first', 'last'] as const).map((page) => buildSchema(createComparableSchema(page, varying)))
  server = await startProcess({ accounts, limits: { scanCalls: 1_000, cost: 100_000, tokens: 20_000 } }, traceLog)
}, 120_000)
afterAll(async () => {
  await server.dispose()
  await Promise.all(accountData.map(({ account }) => account.upstream.close()))
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()))
})

const selectText = (values: readonly (string | null)[]): fc.Arbitrary<string> =>
  fc.constantFrom(...values.filter((value) => value !== null)).map((value) => JSON.stringify(value))

/** Creates literals that mostly refer to existing objects. */
function createLiterals(): Literals {
  const [users, conferences] = [
    accountData.flatMap((part) => part.users),
    accountData.flatMap((part) => part.conferences),
  ]
  const listIds = (type: string, getItems: (data: AccountData) => { vendorId: string }[]) =>
    accountData.flatMap((part) =>
      getItems(part).map(({ vendorId }) => encodeId(type, part.key, encodeURIComponent(vendorId))),
    )
  const userIds = [...listIds('User', (part) => part.users), encodeId('User', 'berlin', 'nobody')]
  const conferenceIds = [
    ...listIds('Conference', (part) => part.conferences),
    encodeId('Conference', 'zoom', '99999999999'),
  ]
  const words = [...users.map(({ displayName }) => displayName), ...conferences.map(({ title }) => title)]
  const starts = conferences.flatMap(({ schedule }) =>
    schedule?.kind === 'once' ? schedule.startsAt.toISOString() : [],
  )
  return {
    Size: fc.integer({ min: 1, max: 4 }).map(String),
    AccountKey: selectText(accountData.map(({ key }) => key)),
    Word: selectText([...words.flatMap((word) => word?.match(/\p{L}{2}/gu) ?? []), 'a', 'zzz']),
    KnownEmail: selectText([...users.map(({ email }) => email), 'nobody@example.com']),
    Moment: selectText([...starts, '2020-01-01T00:00:00Z', '2090-01-01T00:00:00+02:00']),
    Tag: selectText([...conferences.flatMap(({ tags }) => tags), 'no such tag']),
    AnyId: selectText([...userIds, ...conferenceIds, ...accountData.map(({ key }) => encodeId('Account', key))]),
    UserId: selectText(userIds),
    ConferenceId: selectText(conferenceIds),
  }
}

/** Whether a result can differ: the total can be unknown, and a page can report more items where nothing was read yet. */
const canDiffer = (name: string, reported: unknown, expected: unknown): boolean =>
  (name === 'totalCount' && reported === null) ||
  (/^has(Next|Previous)Page$/.test(name) && reported === true && expected === false)

/** Replaces expected values by the reported ones if these are also correct. */
function applyReported(result: unknown, expected: unknown): unknown {
  if (Array.isArray(expected))
    return expected.map((value, index) => applyReported((result as unknown[])?.[index], value))
  if (typeof expected !== 'object' || expected === null) return expected
  return Object.fromEntries(
    Object.entries(expected).map(([name, value]) => {
      const reported = (result as Record<string, unknown> | null)?.[name]
      return [name, canDiffer(name, reported, value) ? reported : applyReported(reported, value)]
    }),
  )
}

type Errors = readonly { path?: readonly unknown[] | undefined }[] | undefined
const listPaths = (errors: Errors) => (errors ?? []).map(({ path }) => path?.join('.')).sort()

async function compare({ schema, query }: { schema: GraphQLSchema; query: string }): Promise<void> {
  const naive = await execute({ schema, document: parse(query), rootValue: createNaiveRoot(accountData) })
  const expected = JSON.parse(JSON.stringify(naive.data)) as unknown
  const reply = await send(server, { json: { query }, headers: { accept: graphqlType } })
  expect(listPaths(reply.errors), query).toEqual(listPaths(naive.errors))
  expect(new Set(reply.errors?.map(({ extensions }) => extensions.code)), query).toEqual(
    new Set(naive.errors && ['BAD_USER_INPUT']),
  )
  expect(reply.data, query).toEqual(applyReported(reply.data, expected))
}

test('returns the same results for random valid queries as a naive implementation', () => {
  const queries = schemas.map((schema) =>
    createOperations(schema, 'Query', createLiterals()).map((query) => ({ schema, query })),
  )
  return fc.assert(fc.asyncProperty(fc.oneof(...queries), compare), runs(150, 10_000))
})

test('reports the total of the conferences that a user owns, not of all conferences', () =>
  compare({
    schema: schemas[0]!,
    query: '{ users(first: 4) { nodes { conferences(first: 4) { totalCount nodes { id } } } } }',
  }))

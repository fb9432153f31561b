import * as fc from 'fast-check'
import { buildSchema, execute, parse, type GraphQLSchema } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imeetcentral } from '../../src/vendors/imeetcentral/index.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { zoom } from '../../src/vendors/zoom/index.ts'
import { runs } from '../support/property.ts'
import { openOver } from '../vendors/contract/open.ts'
import { idOf, naiveRoot, readPart, varyingFields, type Part } from './naive/graph.ts'
import { comparable } from './naive/schema.ts'
import { operationsOf, type Literals } from './operations.ts'
import { ask, graphqlType } from './reply.ts'
import { startSandboxOf, type VendorSandbox } from '../support/sandbox.ts'
import { startProcess, traceLog, type ServerProcess } from '../support/server.ts'

const vendors = [
  { key: 'zoom', definition: zoom, seed: { seed: { active: 6, inactive: 2, pending: 2, meetingsPerHost: 4 } } },
  { key: 'berlin', definition: trueconf, seed: { users: 14, conferences: 12, running: 3 } },
  { key: 'central', definition: imeetcentral, seed: { seed: { users: 9, workspaces: 30, deletedWorkspaces: 3 } } },
]
let sandboxes: VendorSandbox[]
let parts: Part[]
let server: ServerProcess
let schemas: GraphQLSchema[]

beforeAll(async () => {
  sandboxes = await Promise.all(vendors.map(({ definition, seed }) => startSandboxOf(definition, seed as object)))
  const accounts = Object.fromEntries(vendors.map(({ key }, index) => [key, sandboxes[index]!.account]))
  parts = await Promise.all(
    vendors.map(({ key, definition }, index) => readPart(key, openOver(definition, sandboxes[index]!))),
  )
  const varying = await varyingFields(parts)
  schemas = (['first', 'last'] as const).map((page) => buildSchema(comparable(page, varying)))
  server = await startProcess({ accounts, limits: { scanCalls: 1_000, cost: 100_000, tokens: 20_000 } }, traceLog)
}, 120_000)
afterAll(async () => {
  await server.dispose()
  await Promise.all(parts.map(({ account }) => account.upstream.close()))
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()))
})

const text = (values: readonly (string | null)[]): fc.Arbitrary<string> =>
  fc.constantFrom(...values.filter((value) => value !== null)).map((value) => JSON.stringify(value))

/** What is worth asking for: things that are there, and a few that are not. */
function literals(): Literals {
  const [users, conferences] = [parts.flatMap((part) => part.users), parts.flatMap((part) => part.conferences)]
  const idsOf = (type: string, of: (part: Part) => { vendorId: string }[]) =>
    parts.flatMap((part) => of(part).map(({ vendorId }) => idOf(type, part.key, encodeURIComponent(vendorId))))
  const userIds = [...idsOf('User', (part) => part.users), idOf('User', 'berlin', 'nobody')]
  const conferenceIds = [...idsOf('Conference', (part) => part.conferences), idOf('Conference', 'zoom', '99999999999')]
  const words = [...users.map(({ displayName }) => displayName), ...conferences.map(({ title }) => title)]
  const starts = conferences.flatMap(({ schedule }) =>
    schedule?.kind === 'once' ? schedule.startsAt.toISOString() : [],
  )
  return {
    Size: fc.integer({ min: 1, max: 4 }).map(String),
    AccountKey: text(parts.map(({ key }) => key)),
    Word: text([...words.flatMap((word) => word?.match(/\p{L}{2}/gu) ?? []), 'a', 'zzz']),
    KnownEmail: text([...users.map(({ email }) => email), 'nobody@example.com']),
    Moment: text([...starts, '2020-01-01T00:00:00Z', '2090-01-01T00:00:00+02:00']),
    Tag: text([...conferences.flatMap(({ tags }) => tags), 'no such tag']),
    AnyId: text([...userIds, ...conferenceIds, ...parts.map(({ key }) => idOf('Account', key))]),
    UserId: text(userIds),
    ConferenceId: text(conferenceIds),
  }
}

/** What may be told otherwise: a total not at all, and that there may be more where nobody has looked. */
const isFair = (name: string, told: unknown, known: unknown): boolean =>
  (name === 'totalCount' && told === null) ||
  (/^has(Next|Previous)Page$/.test(name) && told === true && known === false)

function asTold(answer: unknown, expected: unknown): unknown {
  if (Array.isArray(expected)) return expected.map((each, index) => asTold((answer as unknown[])?.[index], each))
  if (typeof expected !== 'object' || expected === null) return expected
  return Object.fromEntries(
    Object.entries(expected).map(([name, value]) => {
      const told = (answer as Record<string, unknown> | null)?.[name]
      return [name, isFair(name, told, value) ? told : asTold(told, value)]
    }),
  )
}

type Errors = readonly { path?: readonly unknown[] | undefined }[] | undefined
const placesOf = (errors: Errors) => (errors ?? []).map(({ path }) => path?.join('.')).sort()

async function compare({ schema, query }: { schema: GraphQLSchema; query: string }): Promise<void> {
  const naive = await execute({ schema, document: parse(query), rootValue: naiveRoot(parts) })
  const expected = JSON.parse(JSON.stringify(naive.data)) as unknown
  const reply = await ask(server, { json: { query }, headers: { accept: graphqlType } })
  expect(placesOf(reply.errors), query).toEqual(placesOf(naive.errors))
  expect(new Set(reply.errors?.map(({ extensions }) => extensions.code)), query).toEqual(
    new Set(naive.errors && ['BAD_USER_INPUT']),
  )
  expect(reply.data, query).toEqual(asTold(reply.data, expected))
}

test('returns the same results for random valid queries as a naive implementation', () => {
  const queries = schemas.map((schema) => operationsOf(schema, 'Query', literals()).map((query) => ({ schema, query })))
  return fc.assert(fc.asyncProperty(fc.oneof(...queries), compare), runs(150, 10_000))
})

test('reports the total of the conferences that a user owns, not of all conferences', () =>
  compare({
    schema: schemas[0]!,
    query: '{ users(first: 4) { nodes { conferences(first: 4) { totalCount nodes { id } } } } }',
  }))

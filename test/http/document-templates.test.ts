import * as fc from 'fast-check'
import { buildSchema, isScalarType, Kind, parse, printSchema, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Caller, Scope } from '../../src/auth/caller.ts'
import { createSubgraph } from '../../src/federation/subgraph.ts'
import { DocumentPreparer } from '../../src/http/document/document-preparer.ts'
import { httpLimits } from '../../src/http/limits.ts'
import { schema as realSchema } from '../../src/schema/index.ts'
import { randomOperations } from '../execution/random-documents.ts'
import { addRandomResolvers, type RandomContext } from '../execution/random-resolvers.ts'
import { runs } from '../support/property.ts'
import { startServer, type Harness, type ReceivedResponse } from './harness.ts'
import { randomVariants } from './random-literals.ts'

const schema = buildSchema(printSchema(realSchema))
addRandomResolvers(schema)
for (const type of Object.values(schema.getTypeMap())) {
  const real = realSchema.getType(type.name)
  if (!isScalarType(type) || !isScalarType(real)) continue
  const { parseLiteral, parseValue } = real
  Object.assign(type, { parseLiteral, parseValue })
}

/** Limits that random documents exceed, or not, depending on their literals. */
const limits = { cost: 6_000, operationCalls: 100, rootFields: 100, ids: 3, aliases: 300, directives: 300, depth: 20 }
const prepare = vi.spyOn(DocumentPreparer.prototype, 'prepare')
const contexts: RandomContext[] = []
let seed = 1
let server: Harness
beforeAll(async () => {
  const createContext = (): object => {
    contexts.push({ seed, calls: [] })
    return contexts.at(-1)!
  }
  server = await startServer({ schema, limits, createContext, getListSizes: () => ({ accounts: 3, sources: 3 }) })
})
afterAll(() => server.http.drain())

/** Whether the last document was prepared with a template. */
const hasUsedTemplate = (): boolean => {
  expect(prepare).toHaveBeenCalledOnce()
  const { type, value } = prepare.mock.results[0]!
  return type === 'return' && value.literals !== null
}

interface Outcome {
  response: Pick<ReceivedResponse, 'status' | 'text'> & { headers: [string, string][] }
  calls: string[]
  log: Record<string, unknown> | undefined
}

/** Removes the names of variables that replace literals from a recorded call, which no resolver reads. */
function hideTemplate(call: string): string {
  if (!call.startsWith('[')) return call
  const [place, args, reported, [operation, variables, fragments], ...rest] = JSON.parse(call) as [
    string,
    object,
    unknown[],
    [string, string, string],
  ]
  const names = variables.split(',').filter((name) => !name.startsWith('"'))
  return JSON.stringify([place, args, reported, [operation, names.join(), fragments], ...rest])
}

async function send(query: string, variables: object = {}, operationName?: string): Promise<Outcome> {
  prepare.mockClear()
  contexts.length = 0
  server.logs.length = 0
  const { status, text, headers } = await server.post({ query, variables, operationName })
  const { duration: _, requestId: __, ...log } = server.logs.at(-1)?.fields ?? {}
  return {
    response: {
      status,
      text: text.replaceAll(/"requestId":"[^"]*"/g, '"requestId":""'),
      headers: [...headers].filter(([name]) => !['date', 'x-request-id', 'content-length'].includes(name)),
    },
    calls: contexts.flatMap(({ calls }) => calls.map(hideTemplate)),
    log,
  }
}

let sent = 0

/** Sends a document with a comment that no other document has, so that it is parsed and validated. */
async function sendAsNew(query: string, variables?: object, operationName?: string): Promise<Outcome> {
  const outcome = await send(`${query}\n# ${sent++}`, variables, operationName)
  expect(hasUsedTemplate()).toBe(false)
  return outcome
}

/** Sends documents, each of which must have the same outcome as if it were the first. Returns which used a template. */
async function compare(queries: readonly string[], variables?: object, operationName?: string): Promise<boolean[]> {
  const used: boolean[] = []
  for (const query of queries) {
    const outcome = await send(query, variables, operationName)
    used.push(hasUsedTemplate())
    expect(outcome, query).toEqual(await sendAsNew(query, variables, operationName))
  }
  return used
}

describe('documents that differ only in their literals', () => {
  test('have the same outcome with a template as without one', async () => {
    const counts = { all: 0, used: 0 }
    const operation = randomOperations(schema)
      .filter(({ text }) => /: [-"\d]/.test(text) && validate(schema, parse(text)).length === 0)
      .chain(({ text, variables }) =>
        fc.record({ texts: randomVariants(text, 6), variables: fc.constantFrom(...variables) }),
      )
    await fc.assert(
      fc.asyncProperty(operation, fc.integer({ min: 1, max: 2 ** 30 }), async ({ texts, variables }, given) => {
        seed = given
        const used = await compare(texts, variables)
        counts.all += used.length
        counts.used += used.filter(Boolean).length
      }),
      runs(60, 10_000),
    )
    expect(counts.used / counts.all).toBeGreaterThan(0.05)
  })

  const listed = (ids: string): string => `{ nodes(ids: [${ids}]) { id } }`
  const create = (input: string): string =>
    `mutation { createConference(input: { account: "zoom", ${input} }) { outcome } }`
  const fields = Array.from({ length: 100 }, (_, index) => `a${index}: id`).join(' ')
  const used = [false, false, true]
  const unused = [false, false, false]

  test.each<[string, string[], boolean[]]>([
    ['IDs', ['{ user(id: "aa") { id } }', '{ user(id: "bb") { id } }', '{ user(id: "a#") { id } }'], used],
    ['IDs as integers', ['{ user(id: 12) { id } }', '{ user(id: 13) { id } }', '{ user(id: 13) { id } }'], unused],
    ['lists of IDs', [listed('"aa", "b"'), listed('"bb", "a"'), listed('"aa", "a"')], used],
    ['an ID in place of a list', ['{ nodes(ids: "a") { id } }', '{ nodes(ids: "b") { id } }'], [false, false]],
    ['cursors', ['é', 'ü', 'ß'].map((after) => `{ users(after: "${after}") { totalCount } }`), used],
    ['page sizes', ['10', '20', '-9'].map((first) => `{ users(first: ${first}) { totalCount } }`), used],
    [
      'page sizes, one of which exceeds the limit of the cost',
      ['10', '20', '99', '11'].map((first) => `{ users(first: ${first}) { nodes { ${fields} } } }`),
      [false, false, true, true],
    ],
    [
      'integers, one of which is too large',
      ['47', '46', '48', '45'].map((end) => `{ users(first: 21474836${end}) { totalCount } }`),
      [false, false, false, true],
    ],
    [
      'times, one of which does not exist',
      ['01', '30', '31', '02'].map(
        (day) => `{ conferences(filter: { startsFrom: "2030-06-${day}T00:00:00Z" }) { totalCount } }`,
      ),
      [false, false, false, true],
    ],
    ['strings in place of enums', ['{ users(filter: { status: ["A"] }) { totalCount } }'], [false]],
    ['strings with escapes', ['{ user(id: "\\n") { id } }', '{ user(id: "\\t") { id } }'], [false, false]],
    ['block strings', ['{ user(id: """a""") { id } }', '{ user(id: """b""") { id } }'], [false, false]],
    ['emoji', ['{ user(id: "😀") { id } }', '{ user(id: "😁") { id } }'], [false, false]],
    ['numbers that are not integers', ['{ users(first: 1.0) { totalCount } }'], [false]],
    [
      'arguments of two fields with one response name',
      ['"a"', '"a"', '"b"'].map((id) => `{ user(id: "a") { id } user(id: ${id}) { displayName } }`),
      unused,
    ],
    [
      'arguments of two fields with one response name in different objects',
      ['"a"', '"b"', '"c"'].map(
        (id) => `{ x: user(id: ${id}) { id } ...F } fragment F on Query { x: user(id: "a") { id } }`,
      ),
      unused,
    ],
    [
      'arguments of a field with a condition',
      ['"a"', '"b"', '"c"'].map(
        (id) => `{ user(id: ${id}) @include(if: true) { id } accounts { key @skip(if: true) label } }`,
      ),
      used,
    ],
    [
      'arguments of a directive',
      ['{ accounts { key @skip(if: "a") } }', '{ accounts { key @skip(if: "b") } }'],
      [false, false],
    ],
    [
      'default values of variables',
      ['1', '2', '3'].map((first) => `query ($first: Int = ${first}) { users(first: $first) { totalCount } }`),
      unused,
    ],
    [
      'fields of an input',
      ['ab', 'ac', 'ad'].map((title) =>
        create(`title: "${title}", schedule: { oneTime: { startsAt: "2030-06-01T00:00:00Z", durationMinutes: 30 } }`),
      ),
      used,
    ],
    [
      'items of a list in an input',
      ['a', 'b', 'c'].map((name) =>
        create(`title: "t", invite: [{ vendorId: "${name}" }, { email: "${name}@example.com" }]`),
      ),
      used,
    ],
    ['strings as JSON', ['"a"', '"b"', '"c"'].map((text) => create(`title: "t", vendorOptions: ${text}`)), used],
    ['integers as JSON', ['1', '2', '3'].map((number) => create(`title: "t", vendorOptions: ${number}`)), unused],
    ['lists as JSON', ['"a"', '"b"', '"c"'].map((text) => create(`title: "t", vendorOptions: [${text}]`)), unused],
    [
      'objects as JSON',
      ['"a"', '"b"', '"c"'].map((text) => create(`title: "t", vendorOptions: { a: ${text} }`)),
      unused,
    ],
    [
      'arguments of introspection',
      ['User', 'Node', 'None'].map((name) => `{ __type(name: "${name}") { name } }`),
      used,
    ],
    ['adjacent integers', ['{ users(first: 5-1) { id } }', '{ users(first: 501) { id } }'], [false, false]],
    ['descriptions', ['a', 'b', 'c'].map((text) => `"${text}" query { user(id: "a") { id } }`), unused],
    [
      'arguments before a field that does not exist',
      ['"a"', '"b"', '"c"'].map((id) => `{ user(id: ${id}) { nothing } }`),
      unused,
    ],
    [
      'a string that looks like a shape',
      ['aa', 'ab', 'ac', '\0\0'].map((id) => `{ node(id: "${id}") { __typename } }`),
      [false, false, true, false],
    ],
  ])('have the same outcome: %s', async (name, texts, expected) => {
    for (const given of [1, 2, 3, 4, 5]) {
      seed = given
      // The name of an operation makes the documents of each seed new.
      const named = texts.map((text) =>
        text.startsWith('{') ? `query N${given} ${text}` : text.replace(/(query|mutation) /, `$1 N${given} `),
      )
      expect(await compare(named), name).toEqual(expected)
    }
  })

  test('report errors at the same locations', async () => {
    const text = (id: string): string =>
      `{\n  user(id: "${id}") { id } conferences(first: 1, after: "${id}") {\n totalCount } }`
    for (const given of Array.from({ length: 30 }, (_, index) => index + 1)) {
      seed = given
      await compare([text('a'), text('b'), text('c')])
    }
  })

  test('have the same outcome if they also have variables', async () => {
    const text = (id: string): string =>
      `query Both($id: ID!, $first: Int) { one: user(id: "${id}") { id } two: user(id: $id) { id } users(first: $first) { totalCount } }`
    const given = [
      { id: 'x' },
      { id: 'x', first: 7 },
      { id: 'x', '"0': 'y', other: 1 },
      {},
      { id: [] },
      { id: 'x', first: 'y' },
    ]
    for (const variables of given) await compare([text('a'), text('b')], variables)
    expect(await compare([text('c')], { id: 'x' })).toEqual([true])
  })

  test('have the same outcome if they have several operations', async () => {
    const text = (id: string): string => `query A { user(id: "${id}") { id } } query B { node(id: "${id}") { id } }`
    for (const name of ['A', 'B', 'C', undefined]) await compare([text('a'), text('b')], {}, name)
    expect(await compare([text('c')], {}, 'B')).toEqual([false])
  })
})

describe('scalars', () => {
  const samples = [
    '',
    'a',
    'йцу',
    '2030-01-01T00:00:00Z',
    '2030-13-01T00:00:00Z',
    'a@example.com',
    'Europe/Berlin',
    'https://a.example',
  ]
  const read = (parse: () => unknown): unknown => {
    try {
      return parse() ?? 'invalid'
    } catch {
      return 'invalid'
    }
  }

  test.each(Object.values(createSubgraph(realSchema, '').schema.getTypeMap()).filter(isScalarType))(
    '%s reads a string in a document like a string in a variable',
    (scalar) => {
      for (const value of samples)
        expect(read(() => scalar.parseLiteral({ kind: Kind.STRING, value }))).toEqual(
          read(() => scalar.parseValue(value)),
        )
    },
  )
})

describe('DocumentPreparer', () => {
  const caller = (name: string, ...scopes: Scope[]): Caller => ({ name, scopes: new Set(scopes), accounts: null })
  const reader = caller('reader', 'read')
  const createPreparer = (on = realSchema) => {
    const given = { ...httpLimits }
    const preparer = new DocumentPreparer(on, given)
    /** Returns whether a template was used. */
    const send = (text: string, by = reader): boolean => {
      const requested = preparer.prepare(text, by)
      expect(preparer.validate(requested, by)).toEqual([])
      return requested.literals !== null
    }
    return { preparer, send, limits: given }
  }
  const text = (id: string): string => `{ user(id: "${id}") { id } }`

  test('caches no further documents of the same shape', () => {
    const { preparer, send } = createPreparer()
    for (const id of ['00', '01']) send(text(id))
    const { cachedBytes } = preparer
    for (let id = 10; id < 100; id++) expect(send(text(String(id)))).toBe(true)
    expect(preparer.cachedBytes).toBe(cachedBytes)
  })

  test('creates no template for a document that is sent again after the cache has dropped it', () => {
    const { send } = createPreparer()
    expect(send(text('a'))).toBe(false)
    for (let index = 0; index < 1_100; index++) send(`{ x${index}: user(id: "a") { id } }`)
    expect(['a', 'b', 'c'].map((id) => send(text(id)))).toEqual([false, false, true])
  })

  test('uses no template of a caller to whom other rules apply', () => {
    const { preparer, send } = createPreparer()
    const explorer = caller('explorer', 'read', 'explore')
    const introspect = (name: string): string => `{ __type(name: "${name}") { name } }`
    for (const name of ['User', 'Node']) send(introspect(name), explorer)
    expect(send(introspect('None'), explorer)).toBe(true)
    expect(preparer.validate(preparer.prepare(introspect('Zoom'), reader), reader)).toHaveLength(1)
  })

  test('forgets its templates when the limits change', () => {
    const { send, limits: given } = createPreparer()
    for (const id of ['a', 'b']) send(text(id))
    given.cost += 1
    expect(send(text('c'))).toBe(false)
  })

  test('uses no template for a subscription', () => {
    const { send } = createPreparer()
    const watch = (after: string): string => `subscription { conferenceEvents(after: "${after}") { cursor } }`
    expect(['a', 'b', 'c'].map((after) => send(watch(after)))).toEqual([false, false, false])
  })

  test('uses no template for arguments of directives', () => {
    const { send } = createPreparer(buildSchema('directive @note(text: String) on FIELD  type Query { a(b: ID): Int }'))
    const note = (value: string): string => `{ a(b: "${value}") @note(text: "${value}") }`
    expect(['a', 'b', 'c'].map((value) => send(note(value)))).toEqual([false, false, false])
  })

  test('keeps a template for as long as the documents of its caller', () => {
    const { send } = createPreparer()
    for (const id of ['a', 'b']) send(text(id))
    const other = caller('other', 'read')
    for (let index = 0; index < 1_100; index++) send(`{ x${index}: user(id: "a") { id } }`, other)
    expect(send(text('c'))).toBe(true)
    for (let index = 0; index < 1_100; index++) send(`{ y${index}: user(id: "a") { id } }`)
    expect(send(text('d'))).toBe(false)
  })
})

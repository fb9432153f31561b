import { expect } from 'vitest'
import { encodeId } from '../../../src/schema/ids.ts'
import type { Case, Row } from '../row.ts'
import { createBothForms } from '../row.ts'
import type { CallerName, Fixture } from '../fixture.ts'
import { needs } from './creating.ts'
import { meInputCases, expectHiddenFromMutations } from './mutations.ts'

const encode = (text: string) => Buffer.from(text).toString('base64url')
const allFields = ['conference', 'user', 'node']

function createRejected(name: string, id: string, fields = allFields, message = /^"id" /): Case[] {
  return fields.flatMap((field) =>
    createBothForms(id, 'ID!', (text) => `${field}(id: ${text}) { id }`).map(({ form, query, variables }): Case => ({
      name: `${name}: ${field}, ${form}`,
      send: (fixture) => fixture.query(query, variables),
      status: 200,
      level: 'field',
      code: 'INVALID_ID',
      message,
    })),
  )
}

const typeByField: Record<string, 'User' | 'Conference'> = { user: 'User', conference: 'Conference', node: 'User' }
const vendorIds = ['..', '.', 'a\u0000b', 'a\r\nb', '']

/** Vendor IDs that must be sent as exactly one segment of the path. */
const unusualIds = ['a/b', '../x', '..%2Fx', 'a?b=c', 'a#b', 'a;b', '%2e%2e', 'ä 日', '\\..\\x', 'http://127.0.0.1:22/']

async function expectOneSegment(fixture: Fixture): Promise<void> {
  const targets = [
    ['zoom', 'User', 'user', /^\/v2\/users\/[^/]+$/],
    ['zoom', 'Conference', 'conference', /^\/v2\/(past_)?meetings\/[^/]+$/],
    ['berlin', 'User', 'user', /^\/api\/v3\.8\/users\/[^/]+$/],
    ['berlin', 'Conference', 'conference', /^\/api\/v3\.8\/conferences\/[^/]+$/],
    ['central', 'User', 'user', /^\/v1\/users(\/[^/]+)?$/],
    ['central', 'Conference', 'conference', /^\/v1\/workspaces\/[^/]+$/],
  ] as const
  const ledgers = { zoom: fixture.zoom.ledger, berlin: fixture.trueconf.ledger, central: fixture.central.ledger }
  for (const [key, type, field, path] of targets)
    for (const vendorId of unusualIds) {
      const ledger = ledgers[key]
      const before = ledger.length
      const { text, errors } = await fixture.query(`{ ${field}(id: "${encodeId(type, key, vendorId)}") { id } }`)
      for (const call of ledger.slice(before)) {
        if (!/token/.test(call.path)) expect(call.path, `${key} ${field} ${vendorId}`).toMatch(path)
        expect(call.query, vendorId).not.toContain('b=c')
      }
      for (const error of errors ?? []) expect(['INVALID_ID'], text).toContain(error.extensions.code)
    }
}

async function expectTwoEncodings(fixture: Fixture): Promise<void> {
  for (const [uuid, sent] of [
    ['/abc==', '%252Fabc%253D%253D'],
    ['ab//c', 'ab%252F%252Fc'],
    ['ab/c==', 'ab%2Fc%3D%3D'],
  ]) {
    const before = fixture.zoom.ledger.length
    const { errors } = await fixture.query(`{ conference(id: "${encodeId('Conference', 'zoom', uuid!)}") { id } }`)
    expect(errors, uuid).toBeUndefined()
    const paths = fixture.zoom.ledger.slice(before).map(({ path }) => path.split('/').at(-1))
    expect(paths.length, uuid).toBeGreaterThan(0)
    expect(new Set(paths), uuid).toEqual(new Set([sent]))
  }
}

/** Checks that a caller cannot distinguish foreign objects from missing ones, and that neither causes a vendor call. */
async function expectHidden(fixture: Fixture): Promise<void> {
  const { data } = await fixture.query(
    '{ users(first: 1, filter: { accounts: ["zoom"] }) { nodes { id account { id } } } conferences(first: 1, filter: { accounts: ["zoom"] }) { nodes { id } } }',
  )
  const user = data!['users'].nodes[0].id as string
  const conference = data!['conferences'].nodes[0].id as string
  const account = data!['users'].nodes[0].account.id as string
  const [noUser, noConference] = [encodeId('User', 'nowhere', 'x'), encodeId('Conference', 'nowhere', 'x')]
  const query = (fields: string) => async (caller: CallerName) => {
    const before = fixture.countCalls()
    const { status, text, data } = await fixture.query(`{ ${fields} }`, {}, caller)
    expect(fixture.countCalls(), fields).toBe(before)
    return { status, data, text: text.replace(/"requestId":"[^"]*"/, '') }
  }
  const asBerliner = async (fields: string) => query(fields)('berliner')
  const pairs = [
    [`user(id: "${user}") { id }`, `user(id: "${noUser}") { id }`],
    [`conference(id: "${conference}") { id }`, `conference(id: "${noConference}") { id }`],
    [`node(id: "${user}") { id }`, `node(id: "${noUser}") { id }`],
    [`node(id: "${account}") { id }`, `node(id: "${encodeId('Account', 'nowhere')}") { id }`],
    [`nodes(ids: ["${user}", "${account}"]) { id }`, `nodes(ids: ["${noUser}", "${noUser}"]) { id }`],
    ['account(key: "zoom") { key }', 'account(key: "nowhere") { key }'],
    [
      'users(filter: { accounts: ["zoom"] }) { nodes { id } }',
      'users(filter: { accounts: ["nowhere"] }) { nodes { id } }',
    ],
    [
      `conferences(filter: { ownerId: "${user}" }) { nodes { id } }`,
      `conferences(filter: { ownerId: "${noUser}" }) { nodes { id } }`,
    ],
  ] as const
  for (const [foreign, missing] of pairs) {
    const foreignReply = await asBerliner(foreign)
    expect(foreignReply, foreign).toEqual(await asBerliner(missing))
    expect(foreignReply.text, foreign).not.toContain('zoom')
  }
}

/** Checks the errors of more IDs than are rejected in one turn of the event loop. */
async function expectErrorOfEachId(fixture: Fixture): Promise<void> {
  const ids = [...Array.from({ length: 60 }, (_, index) => `x${index}!`), encodeId('Account', 'zoom')]
  const { data, errors = [] } = await fixture.query('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }', { ids })
  expect(data?.['nodes']).toEqual([...Array.from({ length: 60 }, () => null), { __typename: 'Account' }])
  expect(errors.map(({ path }) => path)).toEqual(Array.from({ length: 60 }, (_, index) => ['nodes', index]))
  for (const [index, { message }] of errors.entries()) expect(message).toContain(`"ids.${index}"`)
}

export const idRows: Row[] = [
  {
    id: 'C14',
    title: 'rejects text that is not an ID of Parley',
    cases: [
      ...[
        '',
        '!',
        'not base64 =',
        'A'.repeat(10_000),
        encode('User'),
        encode('User:zoom'),
        encode('User:zoom:a:b'),
      ].flatMap((id) => createRejected(`${id.slice(0, 20)} (${id.length})`, id)),
      {
        name: 'in a list',
        send: (fixture) => fixture.query('{ nodes(ids: ["x"]) { id } }'),
        status: 200,
        level: 'field',
        code: 'INVALID_ID',
        message: /^"ids\.0" /,
      },
    ],
    check: expectErrorOfEachId,
  },
  {
    id: 'C15',
    title: 'rejects an ID of another type',
    cases: [
      ...createRejected('a user', encodeId('User', 'zoom', 'x'), ['conference'], /"id" must be the ID of a Conference/),
      ...createRejected('a conference', encodeId('Conference', 'zoom', 'x'), ['user'], /"id" must be the ID of a User/),
    ],
  },
  {
    id: 'C16',
    title: 'rejects an ID whose type is a property of every JavaScript object',
    cases: ['__proto__', 'constructor', 'toString'].flatMap((type) => createRejected(type, encode(`${type}:zoom:x`))),
  },
  {
    id: 'C17',
    title: 'rejects a vendor ID that would change the path of a vendor call',
    cases: vendorIds.flatMap((part) =>
      allFields.flatMap((field) =>
        createRejected(JSON.stringify(part), encodeId(typeByField[field]!, 'zoom', part), [field]),
      ),
    ),
    check: expectOneSegment,
  },
  { id: 'C18', title: 'finds Zoom UUIDs with slashes', check: expectTwoEncodings },
  {
    id: 'C19',
    title: 'rejects "me" as a vendor ID',
    needs,
    cases: [
      ...meInputCases,
      ...createRejected('me', encodeId('User', 'zoom', 'me'), ['user', 'node']),
      ...createRejected('ME', encodeId('User', 'zoom', 'ME'), ['user', 'node'], /"(id|me)" ?/),
    ],
  },
  {
    id: 'C20',
    title: 'hides objects of accounts that the caller cannot use',
    needs,
    check: async (fixture) => {
      await expectHidden(fixture)
      await expectHiddenFromMutations(fixture)
    },
  },
]

import { expect } from 'vitest'
import { encodeId } from '../../../src/schema/ids.ts'
import type { Case, Row } from '../row.ts'
import { bothWays } from '../row.ts'
import type { Who, Fixture } from '../fixture.ts'
import { needs } from './creating.ts'
import { meInInputs, unseenByMutations } from './mutations.ts'

const raw = (text: string) => Buffer.from(text).toString('base64url')
const everywhere = ['conference', 'user', 'node']

function refused(what: string, id: string, fields = everywhere, says = /^"id" /): Case[] {
  return fields.flatMap((field) =>
    bothWays(id, 'ID!', (text) => `${field}(id: ${text}) { id }`).map(({ way, query, variables }): Case => ({
      what: `${what}: ${field}, ${way}`,
      send: (fixture) => fixture.query(query, variables),
      status: 200,
      level: 'field',
      code: 'INVALID_ID',
      says,
    })),
  )
}

const typeOf: Record<string, 'User' | 'Conference'> = { user: 'User', conference: 'Conference', node: 'User' }
const vendorIds = ['..', '.', 'a\u0000b', 'a\r\nb', '']

/** Sent as exactly one segment of the path, whatever it holds. */
const strange = ['a/b', '../x', '..%2Fx', 'a?b=c', 'a#b', 'a;b', '%2e%2e', 'ä 日', '\\..\\x', 'http://127.0.0.1:22/']

async function oneSegment(fixture: Fixture): Promise<void> {
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
    for (const vendorId of strange) {
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

async function twiceEncoded(fixture: Fixture): Promise<void> {
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

/** What a caller learns of an account that is not its own: nothing, at no cost. */
async function unseen(fixture: Fixture): Promise<void> {
  const { data } = await fixture.query(
    '{ users(first: 1, filter: { accounts: ["zoom"] }) { nodes { id account { id } } } conferences(first: 1, filter: { accounts: ["zoom"] }) { nodes { id } } }',
  )
  const user = data!['users'].nodes[0].id as string
  const conference = data!['conferences'].nodes[0].id as string
  const account = data!['users'].nodes[0].account.id as string
  const [noUser, noConference] = [encodeId('User', 'nowhere', 'x'), encodeId('Conference', 'nowhere', 'x')]
  const query = (fields: string) => async (who: Who) => {
    const before = fixture.calls()
    const { status, text, data } = await fixture.query(`{ ${fields} }`, {}, who)
    expect(fixture.calls(), fields).toBe(before)
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
    const [one, other] = [await asBerliner(foreign), await asBerliner(missing)]
    expect(one, foreign).toEqual(other)
    expect(one.text, foreign).not.toContain('zoom')
  }
}

/** More than are rejected in one turn of the event loop. */
async function rejectEachOfMany(fixture: Fixture): Promise<void> {
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
      ...['', '!', 'not base64 =', 'A'.repeat(10_000), raw('User'), raw('User:zoom'), raw('User:zoom:a:b')].flatMap(
        (id) => refused(`${id.slice(0, 20)} (${id.length})`, id),
      ),
      {
        what: 'in a list',
        send: (fixture) => fixture.query('{ nodes(ids: ["x"]) { id } }'),
        status: 200,
        level: 'field',
        code: 'INVALID_ID',
        says: /^"ids\.0" /,
      },
    ],
    check: rejectEachOfMany,
  },
  {
    id: 'C15',
    title: 'rejects an ID of another type',
    cases: [
      ...refused('a user', encodeId('User', 'zoom', 'x'), ['conference'], /"id" must be the ID of a Conference/),
      ...refused('a conference', encodeId('Conference', 'zoom', 'x'), ['user'], /"id" must be the ID of a User/),
    ],
  },
  {
    id: 'C16',
    title: 'rejects an ID whose type is a property of every JavaScript object',
    cases: ['__proto__', 'constructor', 'toString'].flatMap((type) => refused(type, raw(`${type}:zoom:x`))),
  },
  {
    id: 'C17',
    title: 'rejects a vendor ID that would change the path of a vendor call',
    cases: vendorIds.flatMap((part) =>
      everywhere.flatMap((field) => refused(JSON.stringify(part), encodeId(typeOf[field]!, 'zoom', part), [field])),
    ),
    check: oneSegment,
  },
  { id: 'C18', title: 'finds Zoom UUIDs with slashes', check: twiceEncoded },
  {
    id: 'C19',
    title: 'rejects "me" as a vendor ID',
    needs,
    cases: [
      ...meInInputs,
      ...refused('me', encodeId('User', 'zoom', 'me'), ['user', 'node']),
      ...refused('ME', encodeId('User', 'zoom', 'ME'), ['user', 'node'], /"(id|me)" ?/),
    ],
  },
  {
    id: 'C20',
    title: 'objects of accounts that are not the caller’s',
    needs,
    check: async (fixture) => {
      await unseen(fixture)
      await unseenByMutations(fixture)
    },
  },
]

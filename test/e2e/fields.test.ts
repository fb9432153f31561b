import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient, type SendQuery } from '../support/client.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'
import { conferenceFields, nodesById, userFields } from './documents.ts'
import { centralAccount, startScriptedVendor, trueconfAccount, type ScriptedVendor } from './scripted-vendor.ts'

let trueconf: ScriptedVendor
let central: ScriptedVendor
let server: OpenServer
let sendQuery: SendQuery

beforeAll(async () => {
  trueconf = await startScriptedVendor()
  central = await startScriptedVendor()
  const accounts = { trueconf: trueconfAccount(trueconf), central: centralAccount(central) }
  server = await openServer({ accounts })
  sendQuery = createClient(server.graphqlUrl)
})
afterAll(async () => {
  await server.close()
  trueconf.close()
  central.close()
})

const filter = { accounts: ['trueconf'] }

async function conferencesOf(items: unknown[]) {
  trueconf.respond = () => ({ conferences: items, cnt: items.length })
  const { data, errors } = await sendQuery(conferenceFields, { filter })
  expect(errors).toEqual([])
  return data!.conferences!
}

test('returns an empty string or UNKNOWN for a required field that the vendor does not report', async () => {
  const { nodes, sources } = await conferencesOf([{ id: 'a', topic: null, state: null, tags: null, type: null }])
  expect(nodes).toMatchObject([{ title: '', state: 'UNKNOWN', tags: [], mode: null, schedule: null, createdAt: null }])
  expect(sources).toEqual([{ status: 'OK', nodes: 1, problem: null }])
  central.respond = () => ({ items: [{ id: 'w', details: null }, { id: 'x' }] })
  const { data } = await sendQuery(conferenceFields, { filter: { accounts: ['central'] } })
  expect(data!.conferences!.nodes).toMatchObject([{ title: '' }, { title: '' }])
})

test('omits an item without an ID and reports it in the source', async () => {
  const { nodes, sources } = await conferencesOf([{ id: 'a' }, { topic: 'nameless' }, null, { id: '' }, { id: 'b' }])
  expect(nodes.map(({ vendorId }) => vendorId)).toEqual(['a', 'b'])
  expect(sources).toMatchObject([
    { status: 'PARTIAL', nodes: 2, problem: { code: 'VENDOR_BAD_RESPONSE', account: { key: 'trueconf' } } },
  ])
})

test('maps an unknown vendor value to UNKNOWN or null and shows it in raw', async () => {
  const { nodes } = await conferencesOf([{ id: 'a', topic: 'A', state: 'levitating', type: 9 }])
  expect(nodes).toMatchObject([{ state: 'UNKNOWN', mode: null, raw: { state: 'levitating', type: 9 } }])
  trueconf.respond = () => ({ users: [{ id: 'u', status: 77, is_active: 'maybe' }], next_page_id: -1 })
  const { data } = await sendQuery(userFields, { filter })
  expect(data!.users!.nodes).toMatchObject([{ status: 'UNKNOWN', presence: 'UNKNOWN', raw: { is_active: 'maybe' } }])
})

test('accepts numbers as strings and strings as numbers', async () => {
  const { nodes } = await conferencesOf([
    { id: 7, topic: 2026, max_participants: '12', allow_guests: '1', type: '0', created_at: '1700000000' },
  ])
  expect(nodes).toMatchObject([
    { vendorId: '7', title: '2026', maxParticipants: 12, allowGuests: true, mode: 'ALL_ON_SCREEN' },
  ])
  expect(nodes[0]!.createdAt).toBe('2023-11-14T22:13:20Z')
})

test('keeps all digits of an ID beyond 2^53, also in the path of a vendor call', async () => {
  const id = '85746065432101234'
  trueconf.respond = () => `{"conferences":[{"id":${id},"topic":"Big"}],"cnt":1}`
  const { data } = await sendQuery(conferenceFields, { filter })
  const [conference] = data!.conferences!.nodes
  expect(conference).toMatchObject({ vendorId: id, raw: { id } })
  trueconf.requests = []
  trueconf.respond = () => `{"conference":{"id":${id},"topic":"Big"}}`
  const again = await sendQuery(nodesById, { ids: [conference!.id] })
  expect(again.data!.nodes).toEqual([{ __typename: 'Conference', id: conference!.id }])
  expect(trueconf.requests).toEqual([`/api/v3.8/conferences/${id}`])
})

test('converts dates in any format to UTC or null, and keeps the rest of the object', async () => {
  const seconds = 1_700_000_000
  const forms = [seconds, String(seconds), seconds * 1000, '2023-11-14T22:13:20', '2023-11-14T23:13:20+01:00']
  const good = await conferencesOf(forms.map((created_at, index) => ({ id: `g${index}`, topic: 'Good', created_at })))
  expect(good.nodes.map(({ createdAt }) => createdAt)).toEqual(forms.map(() => '2023-11-14T22:13:20Z'))
  const odd = ['0000-00-00', '+010000-01-01T00:00:00Z', 'tomorrow', -1, 1e20, '']
  const bad = await conferencesOf(odd.map((created_at, index) => ({ id: `b${index}`, topic: 'Bad', created_at })))
  expect(bad.nodes.map(({ createdAt, title }) => [createdAt, title])).toEqual(odd.map(() => [null, 'Bad']))
  expect(bad.nodes.map(({ raw }) => (raw as { created_at: unknown }).created_at)).toEqual(
    odd.map((value) => (value === 1e20 ? '100000000000000000000' : value)),
  )
  const start = await conferencesOf([{ id: 's', schedule: { type: 1, start_time: '0000-00-00', duration: 1800 } }])
  expect(start.nodes).toMatchObject([{ vendorId: 's', schedule: null }])
})

test('ignores keys such as __proto__ in a response, and uses the last of duplicate keys', async () => {
  trueconf.respond = () =>
    '{"conferences":[{"id":"a","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"topic":"one","topic":"two"}],"cnt":1}'
  const { data, errors } = await sendQuery(conferenceFields, { filter })
  expect(errors).toEqual([])
  expect(data!.conferences!.nodes).toMatchObject([{ title: 'two' }])
})

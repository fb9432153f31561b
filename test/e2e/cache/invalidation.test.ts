import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCachedFixture, type CachedFixture } from './fixture.ts'

let fixture: CachedFixture

beforeAll(async () => {
  fixture = await startCachedFixture()
})
afterAll(() => fixture.close())

type Key = 'zoom' | 'berlin' | 'central'

/** Paths of the vendors for one conference, and for the list of conferences. */
const paths = {
  zoom: { one: '/v2/meetings/', list: /^\/v2\/users\/[^/]+\/meetings$/ },
  berlin: { one: '/conferences/', list: /\/conferences$/ },
  central: { one: '/workspaces/', list: /\/workspaces$/ },
}

const getList = (key: Key) =>
  `{ conferences(first: 5, filter: { accounts: ["${key}"] }) { nodes { id vendorId title } } }`
const getOne = (id: string) => `{ conference(id: "${id}") { title } }`
const getUsers = (key: Key) => `{ users(first: 5, filter: { accounts: ["${key}"] }) { nodes { id vendorId } } }`

async function listIds(key: Key): Promise<{ id: string; vendorId: string; title: string }[]> {
  return (await fixture.query(getList(key))).data!['conferences'].nodes
}

/** Reads everything twice, and expects that the second time takes no vendor call. */
async function warm(key: Key, ids: readonly string[]): Promise<void> {
  const texts = [getList(key), getUsers(key), ...ids.map(getOne)]
  for (const text of texts) expect((await fixture.query(text)).errors).toBeUndefined()
  for (const text of texts) {
    const { calls, result } = await fixture.observe(() => fixture.query(text))
    expect([text, calls]).toEqual([text, []])
    expect(result.cache).toBeDefined()
  }
}

async function mutate(text: string): Promise<Record<string, any>> {
  const { data, errors } = await fixture.query(`mutation { payload: ${text} }`)
  expect(errors).toBeUndefined()
  return data!['payload']
}

const resultFields = '{ outcome problems { code message } conference { id } }'

const mutations: [Key, string, (id: string, user: string) => string][] = [
  ['zoom', 'an update', (id) => `updateConference(input: { conferenceId: "${id}", title: "Changed" }) ${resultFields}`],
  [
    'zoom',
    'an invitation',
    (id) =>
      `inviteParticipant(input: { conferenceId: "${id}", invitee: { user: { email: "guest@example.com" }, displayName: "Guest" } }) { outcome problems { code message } }`,
  ],
  [
    'berlin',
    'an update',
    (id) => `updateConference(input: { conferenceId: "${id}", title: "Changed" }) ${resultFields}`,
  ],
  [
    'berlin',
    'an invitation',
    (id, user) =>
      `inviteParticipant(input: { conferenceId: "${id}", invitee: { user: { vendorId: "${user}" } } }) { outcome problems { code message } }`,
  ],
  ['berlin', 'a start', (id) => `runConference(input: { conferenceId: "${id}" }) ${resultFields}`],
  ['berlin', 'an end', (id) => `endConference(input: { conferenceId: "${id}" }) ${resultFields}`],
  [
    'central',
    'an update',
    (id) => `updateConference(input: { conferenceId: "${id}", title: "Changed" }) ${resultFields}`,
  ],
]

test.each(mutations)(
  '%s: after %s, reads the conference and the lists again, and nothing else',
  async (key, _, get) => {
    const [changed, other] = await listIds(key)
    await warm(key, [changed!.id, other!.id])
    const { data } = await fixture.query(getUsers(key))
    expect(await mutate(get(changed!.id, data!['users'].nodes[1].vendorId))).toMatchObject({
      outcome: 'SUCCEEDED',
      problems: [],
    })
    await expectOutdated(key, changed!.vendorId, changed!.id, other!.id)
  },
)

test.each(['zoom', 'berlin'] as const)(
  '%s: after a deletion, reads the conference and the lists again',
  async (key) => {
    const [deleted, other] = await listIds(key)
    await warm(key, [deleted!.id, other!.id])
    expect(await mutate(`deleteConference(input: { conferenceId: "${deleted!.id}" }) { outcome }`)).toEqual({
      outcome: 'SUCCEEDED',
    })
    const { data } = await fixture.query(getOne(deleted!.id), { who: 'reader' })
    expect(data).toEqual({ conference: null })
    expect((await listIds(key)).map(({ id }) => id)).not.toContain(deleted!.id)
    expect((await fixture.observe(() => fixture.query(getOne(other!.id)))).calls).toEqual([])
  },
)

test.each(['zoom', 'berlin', 'central'] as const)('%s: after a creation, reads the lists again', async (key) => {
  const [other] = await listIds(key)
  await warm(key, [other!.id])
  const { data } = await fixture.query(getUsers(key))
  const owner = key === 'central' ? '' : `owner: { vendorId: "${data!['users'].nodes[0].vendorId}" }`
  const input = `{ account: "${key}", title: "New", ${owner} }`
  const { outcome, problems, conference } = await mutate(`createConference(input: ${input}) ${resultFields}`)
  expect({ outcome, problems }).toEqual({ outcome: 'SUCCEEDED', problems: [] })
  const { calls } = await fixture.observe(() => fixture.query(getList(key), { who: 'reader' }))
  expect(calls.some((call) => paths[key].list.test(call.split(' ')[2]!))).toBe(true)
  for (const text of [getUsers(key), getOne(other!.id)])
    expect([text, (await fixture.observe(() => fixture.query(text))).calls]).toEqual([text, []])
  expect((await fixture.query(getOne(conference.id))).data!['conference']).toEqual({ title: 'New' })
})

test('reads again after an update whose response was lost, too', async () => {
  const [changed, other] = await listIds('berlin')
  await warm('berlin', [changed!.id, other!.id])
  fixture.berlin.fault({ match: { method: 'PATCH' }, kind: 'cut', apply: true, times: 1 })
  fixture.berlin.fault({ match: { method: 'PUT' }, kind: 'cut', apply: true, times: 1 })
  await mutate(`updateConference(input: { conferenceId: "${changed!.id}", title: "Lost" }) { outcome }`)
  fixture.berlin.clearFaults()
  expect((await fixture.query(getOne(changed!.id), { who: 'reader' })).data).toEqual({ conference: { title: 'Lost' } })
  expect((await fixture.observe(() => fixture.query(getOne(other!.id)))).calls).toEqual([])
  expect((await fixture.observe(() => fixture.query(getUsers('berlin')))).calls).toEqual([])
})

/** The first caller that reads after the change is not the one that made it. */
async function expectOutdated(key: Key, vendorId: string, id: string, otherId: string): Promise<void> {
  const one = await fixture.observe(() => fixture.query(getOne(id), { who: key === 'zoom' ? 'zoomer' : 'reader' }))
  expect(one.calls.some((call) => call.includes(`${paths[key].one}${vendorId}`))).toBe(true)
  const list = await fixture.observe(() => fixture.query(getList(key), { who: 'reader' }))
  expect(list.calls.some((call) => paths[key].list.test(call.split(' ')[2]!))).toBe(true)
  for (const text of [getUsers(key), getOne(otherId)])
    expect([text, (await fixture.observe(() => fixture.query(text))).calls]).toEqual([text, []])
}

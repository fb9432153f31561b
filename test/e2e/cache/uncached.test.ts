import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startCachedFixture, type CachedFixture } from './fixture.ts'

let fixture: CachedFixture

// What is cached is cached for an hour.
beforeAll(async () => {
  fixture = await startCachedFixture()
})
afterAll(() => fixture.close())

const toId = (vendorId: string): string => Buffer.from(`Conference:berlin:${vendorId}`).toString('base64url')
const one = (vendorId: string, fields: string) => `{ conference(id: "${toId(vendorId)}") { ${fields} } }`

test('finds an object as soon as it exists', async () => {
  const { others, data } = fixture.berlin
  const vendorId = others.create('Later')
  const conference = data.conferences.get(vendorId)!
  data.conferences.delete(vendorId)
  for (let attempt = 0; attempt < 2; attempt++) {
    const { result, calls } = await fixture.observe(() => fixture.query(one(vendorId, 'title')))
    expect(result.data).toEqual({ conference: null })
    expect(calls).toHaveLength(1)
  }
  data.conferences.set(vendorId, conference)
  expect((await fixture.query(one(vendorId, 'title'))).data).toEqual({ conference: { title: 'Later' } })
})

test('finds a participant by ID as soon as they have joined, although the list of participants is cached', async () => {
  const { others, data } = fixture.berlin
  const [, , third, fourth] = [...data.users.keys()] as [string, string, string, string]
  const vendorId = others.create('Meeting point')
  others.start(vendorId)
  others.join(vendorId, third)
  const list = one(vendorId, 'participants { nodes { id vendorId } }')
  const [first] = (await fixture.query(list)).data!['conference'].participants.nodes as {
    id: string
    vendorId: string
  }[]
  const id = Buffer.from(first!.id, 'base64').toString().replace(first!.vendorId, fourth)
  const node = `{ node(id: "${Buffer.from(id).toString('base64url')}") { ... on Participant { vendorId } } }`
  expect((await fixture.query(node)).data).toEqual({ node: null })
  others.join(vendorId, fourth)
  expect((await fixture.query(node)).data).toEqual({ node: { vendorId: fourth } })
})

test('reports soon that a conference that was running has ended, and that participants have changed', async () => {
  const { others, data } = fixture.berlin
  const [first, second] = [...data.users.keys()] as [string, string]
  const vendorId = others.create('Running')
  others.start(vendorId)
  others.join(vendorId, first)
  const text = one(vendorId, 'state participants(first: 50) { nodes { vendorId status } }')
  const read = async () => (await fixture.query(text)).data!['conference']
  const countJoined = ({ participants }: any): number =>
    participants.nodes.filter(({ status }: { status: string }) => status === 'JOINED').length
  const before = await read()
  expect([before.state, countJoined(before)]).toEqual(['RUNNING', 1])
  const again = await fixture.observe(() => fixture.query(text))
  expect(again.calls).toEqual([])
  others.join(vendorId, second)
  await vi.waitFor(async () => expect(countJoined(await read())).toBe(2), { interval: 250 })
  others.end(vendorId)
  await vi.waitFor(async () => expect((await read()).state).not.toBe('RUNNING'), { interval: 250 })
})

test('reads start URLs and access tokens of users from the vendor every time', async () => {
  const { data } = await fixture.query(`{
    conferences(first: 1, filter: { accounts: ["zoom"] }) { nodes { id vendorId } }
    users(first: 1, filter: { accounts: ["zoom"] }) { nodes { id vendorId } }
  }`)
  const [conference] = data!['conferences'].nodes
  const [user] = data!['users'].nodes
  await fixture.query(`{ conference(id: "${conference.id}") { title } }`)
  const run = `mutation { runConference(input: { conferenceId: "${conference.id}" }) { outcome startUrl } }`
  const issue = `mutation { issueUserToken(input: { userId: "${user.id}" }) { outcome token } }`
  for (let attempt = 0; attempt < 2; attempt++) {
    const started = await fixture.observe(() => fixture.query(run))
    expect(started.result.data!['runConference']).toMatchObject({ outcome: 'SUCCEEDED', startUrl: expect.any(String) })
    expect(started.calls).toContain(`zoom GET /v2/meetings/${conference.vendorId}`)
    const issued = await fixture.observe(() => fixture.query(issue))
    expect(issued.result.data!['issueUserToken']).toMatchObject({ outcome: 'SUCCEEDED', token: expect.any(String) })
    expect(issued.calls).toEqual([`zoom GET /v2/users/${user.vendorId}/token`])
  }
})

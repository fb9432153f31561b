import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCachedFixture, webhookSecret, type CachedFixture } from './fixture.ts'

let fixture: CachedFixture

beforeAll(async () => {
  fixture = await startCachedFixture()
})
afterAll(() => fixture.close())

/** Sends a webhook as Zoom does. */
async function sendEvent(event: string, object: object): Promise<void> {
  const body = JSON.stringify({
    event,
    event_ts: Date.now(),
    payload: { account_id: fixture.zoom.accountId, object },
  })
  const timestamp = String(Math.floor(Date.now() / 1_000))
  const signature = createHmac('sha256', webhookSecret).update(`v0:${timestamp}:${body}`).digest('hex')
  const response = await fetch(`${fixture.server.url}/hooks/zoom`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-zm-request-timestamp': timestamp,
      'x-zm-signature': `v0=${signature}`,
    },
    body,
  })
  expect(response.status).toBe(204)
}

const list = '{ conferences(first: 5, filter: { accounts: ["zoom"] }) { nodes { id vendorId } } }'
const users = '{ users(first: 5, filter: { accounts: ["zoom"] }) { nodes { id vendorId } } }'
const one = (id: string) => `{ conference(id: "${id}") { title } }`
const callsOf = async (text: string) => (await fixture.observe(() => fixture.query(text))).calls

test.each(['meeting.updated', 'meeting.participant_joined', 'meeting.ended'])(
  'reads a conference and the lists again after %s, and no other conference',
  async (event) => {
    const [changed, other] = (await fixture.query(list)).data!['conferences'].nodes
    for (const text of [one(changed.id), one(other.id), users]) await fixture.query(text)
    for (const text of [list, one(changed.id), one(other.id), users]) expect(await callsOf(text)).toEqual([])
    await sendEvent(event, { id: Number(changed.vendorId), uuid: `${event}==`, participant: { user_id: '1' } })
    expect(await callsOf(one(changed.id))).toEqual([`zoom GET /v2/meetings/${changed.vendorId}`])
    expect((await callsOf(list)).some((call) => call.endsWith('/meetings'))).toBe(true)
    expect(await callsOf(one(other.id))).toEqual([])
    expect(await callsOf(users)).toEqual([])
  },
)

test('reads users again after an event of a user, and no conference', async () => {
  const [first] = (await fixture.query(list)).data!['conferences'].nodes
  await fixture.query(one(first.id))
  const { data } = await fixture.query(users)
  expect(await callsOf(users)).toEqual([])
  const { vendorId } = data!['users'].nodes[0]
  await sendEvent('user.updated', { id: vendorId })
  expect(await callsOf(users)).toEqual(['zoom GET /v2/users'])
  expect(await callsOf(one(first.id))).toEqual([])
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { start, type TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'

let clock = Date.UTC(2026, 10, 20, 12)
let sandbox: TrueConfSandbox
let id: string

beforeEach(async () => {
  sandbox = await start({ now: () => clock, users: 30, conferences: 30, running: 2 })
  const invitations = [{ id: 'dean' }, { id: '#sip:@10.0.0.1' }, { id: 'helen@other.example', display_name: 'Other' }]
  const sent = { topic: 'Room', type: 0, owner: 'helen', schedule: { type: -1 }, invitations }
  id = (await call('POST', '/conferences', sent)).body.conference.id
  sandbox.effects.length = 0
})
afterEach(() => sandbox.close())

/** Response bodies as any client of the API receives them: untyped. */
interface ReceivedResponse {
  status: number
  body: any
}

async function call(method: string, path: string, body?: unknown): Promise<ReceivedResponse> {
  const key = `${path.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(sandbox.secretKey)}`
  const response = await fetch(`${sandbox.url}/api/v3.8${path}${key}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  return { status: response.status, body: await response.json() }
}

const reason = (response: ReceivedResponse): unknown => response.body.error.errors[0]

test('lists, creates, renames, and deletes invitations', async () => {
  const list = `/conferences/${id}/invitations`
  const { invitations } = (await call('GET', list)).body
  expect(invitations).toHaveLength(3)
  expect(invitations.find((item: { id: string }) => item.id === 'dean')).toMatchObject({
    uid: 'dean@ruwu1.trueconf.name',
    display_name: 'Dean García',
    is_owner: 0,
    type: 'user',
  })
  const other = { id: 'helen@other.example', display_name: 'Other', is_owner: 0, type: 'custom' }
  expect(invitations).toContainEqual(other)

  const made = await call('POST', list, { id: 'Helen@ruwu1.trueconf.name', display_name: '' })
  expect(made.body.invitation).toMatchObject({ id: 'helen', display_name: 'Helen Smith', is_owner: 1, type: 'user' })
  expect(reason(await call('POST', list, { id: 'helen' }))).toMatchObject({ reason: 'uniqueValueAlreadyInUse' })
  expect(reason(await call('POST', list, { id: 'nobody' }))).toMatchObject({ reason: 'userNotFound', location: 'id' })

  expect((await call('PUT', `${list}/dean`, { display_name: 'D.' })).body.invitation.display_name).toBe('D.')
  const sip = encodeURIComponent('#sip:@10.0.0.1')
  expect((await call('GET', `${list}/${sip}`)).body.invitation.type).toBe('custom')
  expect((await call('DELETE', `${list}/${sip}`)).body).toEqual({ id: '#sip:@10.0.0.1' })
  expect(reason(await call('GET', `${list}/${sip}`))).toMatchObject({ reason: 'invitationNotFound' })
  expect(sandbox.effects.map(({ kind, id, detail }) => [kind, id, detail])).toEqual([
    ['inviteParticipant', id, { invitation: 'helen' }],
    ['updateInvitation', id, { invitation: 'dean' }],
    ['removeParticipant', id, { invitation: '#sip:@10.0.0.1' }],
  ])
})

test('calls users only while the conference is running', async () => {
  const list = `/conferences/${id}/participants`
  const early = await call('POST', list, { participant_id: 'kevin' })
  expect(early.status).toBe(400)
  expect(reason(early)).toMatchObject({ reason: 'conferenceNotRunning', location: 'conference_id' })
  expect((await call('POST', `/conferences/${id}/invite`, { participants: ['kevin'] })).status).toBe(400)

  await call('POST', `/conferences/${id}/run`)
  expect((await call('GET', list)).body).toEqual({ participants: [] })
  const kevin = await call('POST', list, { participant_id: 'kevin' })
  expect(kevin.body.participant).toMatchObject({ id: 'kevin', join_time: clock / 1000, is_owner: 0, status: 2 })
  expect(reason(await call('POST', list, { participant_id: 'nobody' }))).toMatchObject({ reason: 'userNotFound' })
  const bulk = ['helen@ruwu1.trueconf.name', '#h323:@10.0.0.1']
  expect((await call('POST', `/conferences/${id}/invite`, { participants: bulk })).status).toBe(200)

  const there = (await call('GET', list)).body.participants
  expect(there.map((item: { id: string }) => item.id)).toEqual(['kevin', 'helen', '#h323:@10.0.0.1'])
  expect(there[2]).toEqual({ id: bulk[1], display_name: bulk[1], join_time: clock / 1000, is_owner: 0 })
  expect((await call('GET', `${list}/helen`)).body.participant.is_owner).toBe(1)
  expect(reason(await call('GET', `${list}/dean`))).toMatchObject({ reason: 'participantNotFound' })

  await call('POST', `/conferences/${id}/stop`)
  expect((await call('GET', list)).body).toEqual({ participants: [] })
  expect(sandbox.effects.map(({ kind, detail }) => [kind, detail])).toEqual([
    ['runConference', undefined],
    ['inviteParticipant', { participant: 'kevin' }],
    ['inviteParticipant', { participant: 'helen' }],
    ['inviteParticipant', { participant: '#h323:@10.0.0.1' }],
    ['endConference', undefined],
  ])
})

test('has the owner, users, and a guest in a running conference at the start', async () => {
  const running = (await call('GET', '/conferences?state=running')).body.conferences
  const { participants } = (await call('GET', `/conferences/${running[0].id}/participants`)).body
  expect(participants[0].is_owner).toBe(1)
  expect(Object.keys(participants.at(-1))).toEqual(['id', 'display_name', 'join_time', 'is_owner'])
})

test('creates a recording that can be downloaded', async () => {
  const base = `/conferences/${id}`
  expect((await call('GET', `${base}/records`)).body).toEqual({ records: [] })
  expect((await call('POST', `${base}/start-record`)).status).toBe(400)
  await call('POST', `${base}/run`)
  await call('POST', `${base}/start-record`)
  expect((await call('GET', base)).body.conference.stream_recording_state).toBe(1)
  await call('POST', `${base}/stop-record`)
  const [record] = (await call('GET', `${base}/records`)).body.records
  expect(record).toMatchObject({ name: 'record-1.mkv', created: clock / 1000 })
  const film = await fetch(`${record.download_url}?access_token=${encodeURIComponent(sandbox.secretKey)}`)
  expect(String((await film.arrayBuffer()).byteLength)).toBe(record.size)
  const { cnt, list } = (await call('GET', '/logs/recordings')).body
  expect(cnt).toBe(1)
  expect(list[0]).toMatchObject({ conference_id: id, name: 'record-1.mkv', size: Number(record.size) })
  expect((await call('GET', `/logs/recordings/${list[0].id}`)).body).toEqual(list[0])
  const same = await fetch(`${list[0].download_url}?access_token=${encodeURIComponent(sandbox.secretKey)}`)
  expect((await same.arrayBuffer()).byteLength).toBe(list[0].size)
  expect(reason(await call('GET', '/logs/recordings/99'))).toMatchObject({ reason: 'recordNotFound' })
  expect(reason(await call('GET', `${base}/records/webinar.mkv`))).toEqual({
    reason: 'recordNotFound',
    message: "Record 'webinar.mkv' is not found.",
    locationType: 'path',
    location: 'record_id',
  })
})

test('logs every session with its participants', async () => {
  await call('POST', `/conferences/${id}/run`)
  await call('POST', `/conferences/${id}/participants`, { participant_id: 'helen' })
  const { cnt, list } = (await call('GET', `/logs/calls?named_conf_id=${id}&page_id=1&sort_order=1`)).body
  expect(cnt).toBe(1)
  const start_time = { date: '2026-11-20 12:00:00.000000', timezone_type: 3, timezone: 'UTC' }
  expect(list[0]).toMatchObject({ named_conf_id: id, class: 2, start_time, end_time: null, participant_count: 1 })

  const session = encodeURIComponent(list[0].conference_id)
  const there = (await call('GET', `/conference-sessions/${session}/participants`)).body
  expect(there).toMatchObject({ count: 1, participants: [{ id: 'helen', role: 2 }] })
  clock += 60_000
  await call('POST', `/conferences/${id}/stop`)
  expect((await call('GET', `/logs/calls/${session}`)).body.duration).toBe(60)
  const gone = (await call('GET', `/logs/calls/${session}/participants`)).body.list[0]
  expect(gone).toMatchObject({ call_id: 'helen@ruwu1.trueconf.name', duration: 60 })
  const past = (await call('GET', '/logs/calls?page_size=500&date_to=2026-11-19%2000:00:00')).body.list
  expect(past.every((item: { end_time: unknown }) => item.end_time !== null)).toBe(true)
  expect(past.length).toBeGreaterThan(0)
  expect((await call('GET', '/logs/messages?sort_order=0&to_call_id=chat&page_size=100')).body).toEqual({
    cnt: 0,
    list: [],
  })
})

test('lists the programs that can join a conference without a token', async () => {
  const url = `${sandbox.url}/api/v3.1/software/clients?call_id=${id}&user=${encodeURIComponent('2$ann*Ann Lee')}`
  const { clients } = (await (await fetch(url)).json()) as { clients: { type: string; web_url: string }[] }
  expect(clients[0]!.type).toBe('web')
  expect(new URL(clients[0]!.web_url).searchParams.get('user')).toBe('2$ann*Ann Lee')
})

describe('auto_invite', () => {
  const present = async (): Promise<string[]> => {
    const { participants } = (await call('GET', `/conferences/${id}/participants`)).body
    return participants.map(({ id }: { id: string }) => id).toSorted()
  }
  const set = (auto_invite: number) => call('PUT', `/conferences/${id}`, { auto_invite })
  const everyone = ['#sip:@10.0.0.1', 'dean', 'helen@other.example']

  test('calls nobody if it is 0', async () => {
    await set(0)
    await call('POST', `/conferences/${id}/run`)
    await call('POST', `/conferences/${id}/participants`, { participant_id: 'dean' })
    expect(await present()).toEqual(['dean'])
  })

  test('calls the invitees when the conference is started if it is 1', async () => {
    await set(1)
    await call('POST', `/conferences/${id}/run`)
    expect(await present()).toEqual(everyone)
  })

  test('calls the invitees when one of them joins if it is 2', async () => {
    await set(2)
    await call('POST', `/conferences/${id}/run`)
    await call('POST', `/conferences/${id}/participants`, { participant_id: 'kevin' })
    expect(await present()).toEqual(['kevin'])
    await call('POST', `/conferences/${id}/participants`, { participant_id: 'dean' })
    expect(await present()).toEqual([...everyone, 'kevin'].toSorted())
  })
})

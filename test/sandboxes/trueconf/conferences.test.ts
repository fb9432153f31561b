import { afterEach, beforeEach, expect, test } from 'vitest'
import { start, type TrueConfSandboxOptions, type TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'

const noon = Date.UTC(2026, 10, 20, 12)
let clock = noon
let sandbox: TrueConfSandbox
let token: string

async function open(options: TrueConfSandboxOptions = {}) {
  clock = noon
  sandbox = await start({ now: () => clock, users: 150, ...options })
  const response = await fetch(`${sandbox.url}/oauth2/v1/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      client_id: sandbox.clientId,
      client_secret: sandbox.clientSecret,
    }),
  })
  token = ((await response.json()) as { access_token: string }).access_token
}
beforeEach(() => open())
afterEach(() => sandbox.close())

/** Response bodies as any client of the API receives them: untyped. */
interface ReceivedResponse {
  status: number
  body: any
}

async function call(method: string, path: string, body?: unknown): Promise<ReceivedResponse> {
  const separator = path.includes('?') ? '&' : '?'
  const response = await fetch(`${sandbox.url}/api/v3.8${path}${separator}access_token=${token}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  return { status: response.status, body: response.status === 204 ? null : await response.json() }
}

const reason = (response: ReceivedResponse): unknown => response.body.error.errors[0]
const room = { topic: 'Room', type: 0, owner: 'helen', schedule: { type: -1 } }
const rights = Object.fromEntries(
  'chat_send chat_rcv slide_show_send slide_show_rcv white_board_send white_board_rcv file_transfer_send file_transfer_rcv desktop_sharing recording audio_send audio_rcv video_send video_rcv'
    .split(' ')
    .map((name) => [name, true]),
)

test('responds to the published create with the same keys', async () => {
  clock = 1_573_653_531_000
  const sent = {
    topic: 'My Conference',
    type: 0,
    auto_invite: 1,
    max_participants: 10,
    invitations: [{ id: 'helen' }, { id: 'dean' }],
    schedule: { type: -1 },
    owner: 'helen',
  }
  const { status, body } = await call('POST', '/conferences', sent)
  const { id } = body.conference
  const expected = {
    conference: {
      id,
      type: 0,
      topic: 'My Conference',
      owner: 'helen@ruwu1.trueconf.name',
      description: '',
      max_podiums: 10,
      max_participants: 10,
      schedule: { type: -1 },
      invitations: [
        { id: 'dean', display_name: null },
        { id: 'helen', display_name: null },
      ],
      allow_guests: false,
      auto_invite: 1,
      state: 'stopped',
      url: `${sandbox.url}/c/${id}`,
      webclient_url: `${sandbox.url}/webrtc/${id}`,
      created_at: 1_573_653_531,
      multicast_enable: false,
      multicast_address: '224.0.1.224:4000-6000',
      tags: [],
      recording: 0,
      stream_recording_state: 0,
      rights: { guest: rights, user: rights },
      broadcast_enabled: false,
      broadcast_id: null,
      broadcast: null,
      allow_only_planned_participants: false,
    },
  }
  expect(status).toBe(200)
  expect(JSON.stringify(body)).toBe(JSON.stringify(expected))
  expect(id).toMatch(/^\d{10}$/)
  expect(sandbox.effects).toMatchObject([{ kind: 'createConference', id }])
  const later = (await call('GET', `/conferences/${id}`)).body.conference.invitations
  expect(later[0]).toEqual({ id: 'dean', display_name: 'Dean García' })
})

test('accepts numbers as strings and client-assigned IDs, and sets the podiums of each mode', async () => {
  const sent = {
    ...room,
    id: 'my_room',
    type: '3',
    vad_selector: '1',
    max_participants: '36',
    schedule: { type: '-1' },
  }
  const { body } = await call('POST', '/conferences/', {
    ...sent,
    owner: 'Helen@ruwu1.trueconf.name',
    max_podiums: '4',
  })
  expect(body.conference).toMatchObject({
    id: 'my_room',
    type: 3,
    vad_selector: 1,
    max_podiums: 4,
    max_participants: 36,
  })
  expect(reason(await call('POST', '/conferences', { ...room, id: 'my_room' }))).toMatchObject({
    reason: 'uniqueValueAlreadyInUse',
    location: 'id',
  })
  expect((await call('POST', '/conferences', { ...room, id: '', type: 1 })).body.conference.max_podiums).toBe(1)
  expect(sandbox.effects).toHaveLength(2)
})

test.each([
  ['an empty topic', 'topic', { topic: '' }],
  ['a topic of 241 characters', 'topic', { topic: 'x'.repeat(241) }],
  ['an unknown type', 'type', { type: 2 }],
  ['an unknown owner', 'owner', { owner: 'nobody' }],
  ['no owner', 'owner', { owner: null }],
  ['an ID with a dash', 'id', { id: 'no-dash' }],
  ['an unknown invitee', 'invitations', { invitations: [{ id: 'nobody' }] }],
  ['251 participants', 'max_participants', { max_participants: 251 }],
  ['a schedule without a start', 'schedule', { schedule: { type: 1, duration: 60 } }],
])('rejects %s with 400', async (_, location, change) => {
  const response = await call('POST', '/conferences', { ...room, ...change })
  expect(response.status).toBe(400)
  expect(reason(response)).toMatchObject({ locationType: 'parameter', location })
  expect(sandbox.effects).toEqual([])
})

test('rejects client-assigned IDs and guests if the license does not allow them', async () => {
  sandbox.settings.customIds = false
  sandbox.settings.guests = false
  expect(reason(await call('POST', '/conferences', { ...room, id: 'mine' }))).toMatchObject({ location: 'id' })
  expect((await call('POST', '/conferences', { ...room, allow_guests: true })).status).toBe(400)
  expect((await call('POST', '/conferences', room)).status).toBe(200)
})

test('returns a schedule unchanged, and the next start of a weekly one', async () => {
  const once = { type: 1, start_time: 1_800_000_000, time_offset: 0, special_time_offset: 180, duration: 600 }
  const made = await call('POST', '/conferences', { ...room, schedule: once })
  expect(made.body.conference.schedule).toEqual(once)

  const days = ['monday', 'friday']
  const weekly = { type: 0, start_time: noon / 1000 + 60, duration: 3600, time: '11:30', time_offset: 180, days }
  const { conference } = (await call('POST', '/conferences', { ...room, schedule: weekly })).body
  const nextMonday = Date.UTC(2026, 10, 23, 8, 30) / 1000
  expect(conference.schedule).toEqual({ ...weekly, start_time: nextMonday })
  clock = nextMonday * 1000 + 1000
  sandbox.data.tokens.get(token)!.expiresAt = Infinity
  const later = (await call('GET', `/conferences/${conference.id}`)).body.conference.schedule
  expect(later.start_time).toBe(Date.UTC(2026, 10, 27, 8, 30) / 1000)
})

test('changes only the fields in an update, and only the description while the conference is running', async () => {
  const { id } = (await call('POST', '/conferences', room)).body.conference
  const changed = await call('PUT', `/conferences/${id}`, {
    topic: 'New',
    tags: ['a'],
    rights: { guest: { recording: false } },
  })
  expect(changed.body.conference).toMatchObject({ topic: 'New', tags: ['a'], owner: 'helen@ruwu1.trueconf.name' })
  expect(changed.body.conference.rights.guest).toEqual({ ...rights, recording: false })
  await call('POST', `/conferences/${id}/run`)
  expect(reason(await call('PUT', `/conferences/${id}`, { topic: 'Late' }))).toMatchObject({ location: 'topic' })
  const description = await call('PUT', `/conferences/${id}`, { topic: 'New', description: 'Now' })
  expect(description.body.conference.description).toBe('Now')
  expect(sandbox.effects.map(({ kind }) => kind)).toEqual([
    'createConference',
    'updateConference',
    'runConference',
    'updateConference',
  ])
})

test('starts and stops a conference once, and responds to a deletion with 200 and the ID, or with 204', async () => {
  const [first, second] = [...sandbox.data.conferences.keys()].slice(1)
  expect((await call('POST', `/conferences/${first}/run/`)).body).toEqual({ state: 'running' })
  expect((await call('POST', `/conferences/${first}/run`)).body).toEqual({ state: 'running' })
  expect((await call('GET', `/conferences/${first}`)).body.conference.state).toBe('running')
  expect((await call('POST', `/conferences/${first}/stop`)).body).toEqual({ state: 'stopped' })
  expect(await call('DELETE', `/conferences/${first}/`)).toEqual({ status: 200, body: { id: first } })
  const key = encodeURIComponent(sandbox.secretKey)
  const later = await fetch(`${sandbox.url}/api/v3.11/conferences/${second}?access_token=${key}`, { method: 'DELETE' })
  expect([later.status, await later.text()]).toEqual([204, ''])
  expect(sandbox.effects.map(({ kind, id }) => [kind, id])).toEqual([
    ['runConference', first],
    ['endConference', first],
    ['deleteConference', first],
    ['deleteConference', second],
  ])
  expect((await call('GET', '/conferences')).body.cnt).toBe(498)
  expect(await call('GET', '/conferences/55765028992')).toEqual({
    status: 404,
    body: {
      error: {
        code: 404,
        message: 'Not Found',
        errors: [
          {
            reason: 'conferenceNotFound',
            message: "Conference '55765028992' is not found.",
            locationType: 'path',
            location: 'conference_id',
          },
        ],
      },
    },
  })
})

test('processes the request before a fault that is applied', async () => {
  sandbox.fault({ match: { method: 'POST', path: /conferences/ }, kind: 'reset', times: 1, apply: true })
  await expect(call('POST', '/conferences', { ...room, id: 'lost' })).rejects.toThrow('fetch failed')
  expect((await call('GET', '/conferences/lost')).body.conference.topic).toBe('Room')
  sandbox.fault({ match: { path: /lost/ }, kind: 'status', status: 503, body: '"down"' })
  expect((await call('GET', '/conferences/lost')).status).toBe(503)
  expect(sandbox.effects.map(({ kind, id }) => [kind, id])).toEqual([['createConference', 'lost']])
})

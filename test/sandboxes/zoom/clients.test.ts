import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SignJWT } from 'jose'
import { connect, read, type ReceivedResponse, type Client } from './client.ts'

let client: Client
beforeEach(async () => void (client = await connect()))
afterEach(() => client.zoom.close())

const nextWeek = '2026-11-27T09:00:00Z'

describe("Moodle's mod_zoom", () => {
  /** It sends the numbers of its form as strings, and sends every setting. */
  const meeting = {
    topic: 'Course',
    settings: {
      host_video: false,
      audio: 'both',
      alternative_hosts: '',
      meeting_authentication: false,
      approval_type: '0',
      use_pmi: false,
      registrants_confirmation_email: false,
      auto_recording: 'none',
      participant_video: false,
      join_before_host: true,
      encryption_type: 'enhanced_encryption',
      waiting_room: false,
      mute_upon_entry: true,
      breakout_room: { enable: false },
    },
    agenda: 'Week one',
    timezone: 'Europe/Berlin',
    password: '123456',
    type: 8,
    recurrence: { type: 2, repeat_interval: 1, weekly_days: '2,4', end_times: 6 },
    start_time: nextWeek,
    duration: 90,
    tracking_fields: [],
  }

  test('finds the scopes that it requires in the token', async () => {
    const headers = { authorization: `Basic ${btoa(`${client.zoom.clientId}:${client.zoom.clientSecret}`)}` }
    const body = new URLSearchParams({ grant_type: 'account_credentials', account_id: client.zoom.accountId })
    const { scope } = (await read(await fetch(`${client.zoom.url}/oauth/token`, { method: 'POST', headers, body })))
      .body
    const scopes = (scope as string).split(' ')
    const required =
      'meeting:read:meeting:admin meeting:read:invitation:admin meeting:delete:meeting:admin ' +
      'meeting:update:meeting:admin meeting:write:meeting:admin user:read:list_schedulers:admin ' +
      'user:read:settings:admin user:read:user:admin report:read:list_users:admin report:read:admin ' +
      'tracking_field:read:list_tracking_fields:admin meeting:read:admin meeting:write:admin user:read:admin'
    expect(scopes).toEqual(expect.arrayContaining(required.split(' ')))
    expect(new Set(scopes).size).toBe(scopes.length)
  })

  test('creates, changes, and deletes a meeting', async () => {
    const host = client.zoom.data.users.find(({ mayHost }) => mayHost)!
    const created = await client.call('POST', `/users/${host.id}/meetings`, meeting)
    expect(created).toMatchObject({ status: 201, body: { type: 8, settings: { approval_type: 0 } } })
    expect(created.body.occurrences).toHaveLength(6)
    expect(created.body.registration_url).toMatch(/^http/)
    const { id } = created.body
    expect((await client.call('PATCH', `/meetings/${id}`, { ...meeting, topic: 'Lecture' })).status).toBe(204)
    expect((await client.get(`/meetings/${id}`)).body).toMatchObject({ topic: 'Lecture' })
    expect((await client.get(`/meetings/${id}/invitation`)).body.invitation).toContain('Lecture')
    const headers = { authorization: `Bearer ${await client.token()}`, 'content-type': 'application/json' }
    const url = `${client.zoom.url}/v2/meetings/${id}?schedule_for_reminder=false`
    expect((await fetch(url, { method: 'DELETE', headers })).status).toBe(204)
  })

  test('reads settings, schedulers, and tracking fields', async () => {
    const [host] = client.zoom.data.users
    const { body: settings } = await client.get(`/users/${host!.id}/settings?option=meeting_security`)
    expect(Object.keys(settings)).toEqual(['meeting_security'])
    expect(settings.meeting_security).toMatchObject({
      end_to_end_encrypted_meetings: false,
      meeting_password_requirement: { length: 0, have_letter: false },
    })
    expect((await client.get(`/users/${host!.id}/settings`)).body.recording.auto_recording).toBe('none')
    expect((await client.get(`/users/${host!.id}/schedulers`)).body).toEqual({ schedulers: [] })
    expect((await client.get('/users/nobody@example.com/schedulers')).body.code).toBe(1001)
    expect((await client.get('/tracking_fields')).body).toEqual({ total_records: 0, tracking_fields: [] })
  })

  test('reports who hosted meetings, then their meetings and participants by UUID', async () => {
    const days = 'from=2026-10-22&to=2026-11-20'
    const active = await allPages(`/report/users?type=active&${days}&page_size=300`, 'users')
    const pastMeetings = [...client.zoom.data.meetings.values()].filter(({ past }) =>
      past.some(({ start }) => start >= Date.parse('2026-10-22') && start < Date.parse('2026-11-21')),
    )
    expect(active.map(({ id }) => id).toSorted()).toEqual(
      [...new Set(pastMeetings.map(({ host_id }) => host_id))].toSorted(),
    )
    expect(active[0]).toMatchObject({
      email: expect.stringContaining('@') as string,
      meetings: expect.any(Number) as number,
    })
    const inactive = await allPages(`/report/users?type=inactive&${days}&page_size=300`, 'users')
    expect(inactive.length + active.length).toBe(
      client.zoom.data.users.filter(({ status }) => status !== 'pending').length,
    )
    let reported = 0
    for (const { id } of active) {
      for (const { uuid } of await allPages(`/report/users/${id}/meetings?${days}&page_size=300`, 'meetings')) {
        const path = `/report/meetings/${encodeAsModZoom(uuid)}/participants`
        expect(await allPages(`${path}?page_size=300`, 'participants'), uuid).not.toEqual([])
        reported++
      }
    }
    expect(reported).toBeGreaterThan(0)
  })

  test.each([
    ['ab/cdefghijklmnopqrstu==', 'ab/cdefghijklmnopqrstu=='],
    ['ab/cdefghij/lmnopqrstu==', 'ab/cdefghij/lmnopqrstu=='],
    ['ab+cd/fghijklmnopqrstu==', 'ab+cd/fghijklmnopqrstu=='],
    ['/bcdefghijklmnopqrstuv==', '%252Fbcdefghijklmnopqrstuv%253D%253D'],
    ['abcdef//hijklmnopqrstu==', 'abcdef%252F%252Fhijklmnopqrstu%253D%253D'],
  ])('finds the meeting %s', async (uuid, path) => {
    const meeting = [...client.zoom.data.meetings.values()].find(({ past }) => past.length > 0)!
    meeting.past.at(-1)!.uuid = uuid
    for (const place of ['/past_meetings/$', '/past_meetings/$/participants', '/report/meetings/$/participants']) {
      const response = await client.get(place.replace('$', path))
      expect(response.status, place).toBe(200)
    }
    expect((await client.get(`/past_meetings/${path}`)).body.uuid).toBe(uuid)
    expect((await client.get(`/meetings/${path}/recordings`)).body.code).toBe(3301)
  })

  test.each([
    ['/bcdefghijklmnopqrstuv==', '/bcdefghijklmnopqrstuv=='],
    ['/bcdefghijklmnopqrstuv==', '%2Fbcdefghijklmnopqrstuv%3D%3D'],
    ['abcdef//hijklmnopqrstu==', 'abcdef//hijklmnopqrstu=='],
    ['abcdef//hijklmnopqrstu==', 'abcdef%2F%2Fhijklmnopqrstu%3D%3D'],
  ])('does not find the meeting %s as %s, which needs two encodings', async (uuid, path) => {
    const meeting = [...client.zoom.data.meetings.values()].find(({ past }) => past.length > 0)!
    meeting.past.at(-1)!.uuid = uuid
    expect((await client.get(`/past_meetings/${path}/participants`)).body.code).toBe(3001)
  })

  test('finds recordings of a host by their dates, and the passcode of each session', async () => {
    const meeting = [...client.zoom.data.meetings.values()].find(({ past }) =>
      past.some(({ recordings }) => recordings.length > 0),
    )!
    const sessions = await allPages(
      `/users/${meeting.host_id}/recordings?from=2026-11-01&to=2026-11-18&page_size=300`,
      'meetings',
    )
    expect(sessions.length).toBeGreaterThan(3)
    for (const { uuid, recording_files } of sessions) {
      expect(recording_files[0]).toMatchObject({ play_url: expect.stringMatching(/^http/) as string })
      const path = `/meetings/${encodeAsModZoom(uuid)}/recordings`
      expect((await client.get(path)).body.recording_files).toHaveLength(recording_files.length)
      expect((await client.get(`${path}/settings`)).body.password).toBe(meeting.password)
    }
  })

  const encodeAsModZoom = (uuid: string): string =>
    uuid.startsWith('/') || uuid.includes('//') ? encodeURIComponent(encodeURIComponent(uuid)) : uuid

  /** By page token if there is one, otherwise by page number. */
  async function allPages(path: string, key: string): Promise<any[]> {
    const items: any[] = []
    for (let more = ''; ;) {
      const { status, body } = await client.get(`${path}${more}`)
      expect(status, path).toBe(200)
      items.push(...body[key])
      if (body.next_page_token) more = `&next_page_token=${body.next_page_token}`
      else if (body.page_number && body.page_number < body.page_count) more = `&page_number=${body.page_number + 1}`
      else return items
    }
  }
})

describe('pyzoom', () => {
  /** It signs its tokens, and sends null for fields without a value. */
  async function call(method: string, path: string, body?: object): Promise<ReceivedResponse> {
    const claims = { iss: client.zoom.apiKey, exp: Math.floor(client.clock.now / 1000) + 3600 }
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(new TextEncoder().encode(client.zoom.apiSecret))
    return client.call(method, path, body, token)
  }
  const settings = {
    host_video: true,
    participant_video: true,
    cn_meeting: false,
    in_meeting: false,
    join_before_host: true,
    mute_upon_entry: true,
    watermark: false,
    use_pmi: false,
    approval_type: 0,
    registration_type: 1,
    audio: 'voip',
    auto_recording: 'none',
    enforce_login: true,
    enforce_login_domains: null,
    alternative_hosts: null,
    close_registration: null,
    waiting_room: false,
    global_dial_in_countries: null,
    contact_name: 'Desk',
    contact_email: 'desk@example.com',
    registrants_email_notification: false,
    meeting_authentication: true,
    authentication_option: null,
    authentication_domains: null,
  }
  const meeting = { topic: 'Call', type: 2, start_time: nextWeek, duration: 60, timezone: 'UTC', password: 'ab12cd' }

  test('creates a meeting with null in optional fields, and reads every field that it requires', async () => {
    const { status, body } = await call('POST', '/users/me/meetings', { ...meeting, settings })
    expect(status).toBe(201)
    const given = Object.entries(settings).filter(([, value]) => value !== null)
    expect(body.settings).toMatchObject(Object.fromEntries(given))
    for (const name of ['uuid', 'host_id', 'start_time', 'created_at', 'join_url', 'status', 'start_url'])
      expect(body[name], name).toEqual(expect.any(String))
    for (const name of ['registration_url', 'password', 'h323_password', 'pstn_password', 'encrypted_password'])
      expect(body[name], name).toEqual(expect.any(String))
    const changes = { ...meeting, topic: 'Talk', settings }
    expect((await call('PATCH', `/meetings/${body.id}`, changes)).status).toBe(204)
    expect((await call('GET', `/meetings/${body.id}`)).body).toMatchObject({ topic: 'Talk', password: 'ab12cd' })
  })

  test('adds a registrant with null in optional fields', async () => {
    const { body } = await call('POST', '/users/me/meetings', { ...meeting, settings })
    const names = [
      'id',
      'address',
      'city',
      'country',
      'zip',
      'state',
      'phone',
      'industry',
      'org',
      'job_title',
      'comment',
    ]
    const empty = Object.fromEntries(names.map((name) => [name, null]))
    const registrant = { email: 'guest@example.com', first_name: 'Ada', last_name: 'Guest', ...empty }
    const path = `/meetings/${body.id}/registrants`
    const added = await call('POST', path, registrant)
    expect(added).toMatchObject({ status: 201, body: { id: body.id, topic: 'Call' } })
    const registrants = [{ id: added.body.registrant_id, email: 'guest@example.com' }]
    expect((await call('PUT', `${path}/status`, { action: 'approve', registrants })).status).toBe(204)
    expect((await call('GET', path)).body).toMatchObject({ page_number: 1, registrants: [{ first_name: 'Ada' }] })
  })

  test('reads all pages although it names the status on the first one only', async () => {
    const first = await call('GET', '/users?status=active')
    const users = [...first.body.users]
    for (let token = first.body.next_page_token; token;) {
      const { status, body } = await call('GET', `/users?next_page_token=${token}`)
      expect(status).toBe(200)
      users.push(...body.users)
      token = body.next_page_token
    }
    const active = client.zoom.data.users.filter(({ status }) => status === 'active')
    expect(users.map(({ id }) => id)).toEqual(active.map(({ id }) => id))
    expect(active.length).toBeGreaterThan(30)
  })

  test('keeps a required field that is null invalid', async () => {
    const { body } = await call('POST', '/users/me/meetings', { ...meeting, settings })
    const registrant = { email: null, first_name: 'Ada' }
    const added = await call('POST', `/meetings/${body.id}/registrants`, registrant)
    expect(added).toMatchObject({ status: 400, body: { code: 300, errors: [{ field: 'email' }] } })
  })
})

describe('n8n', () => {
  test('reads all pages by number from 0, until the page is the last one', async () => {
    const owner = client.zoom.data.users.find(({ role_id }) => role_id === '0')!
    for (let count = 0; count < 70; count++)
      await client.call('POST', '/users/me/meetings', { topic: `Call ${count}`, type: 2, start_time: nextWeek })
    // The vendor counts the creations of a host per day.
    const wanted = [...client.zoom.data.meetings.values()].filter(
      ({ host_id, topic }) => host_id === owner.id && topic.startsWith('Call '),
    )
    const meetings = new Set<number>()
    let page: ReceivedResponse['body']
    let number = 0
    do {
      page = (await client.get(`/users/me/meetings?type=scheduled&page_number=${number}`)).body
      for (const { id } of page.meetings) meetings.add(id)
      number++
      expect(number).toBeLessThan(20)
    } while (page.page_count !== page.page_number)
    for (const { id } of wanted) expect(meetings).toContain(id)
    expect(wanted).toHaveLength(70)
  })
})

describe('page token', () => {
  beforeEach(async () => {
    for (const topic of ['One', 'Two'])
      await client.call('POST', '/users/me/meetings', { topic, type: 2, start_time: nextWeek })
  })

  test.each([
    ['/users?page_size=30&status=active', '/users?status='],
    ['/users', '/users?status=active&page_size=30'],
    ['/users/me/meetings?type=scheduled&page_size=1', '/users/me/meetings/?page_size=1&timezone=UTC'],
    [
      '/metrics/meetings?from=2026-11-01&to=2026-11-20&page_size=1',
      '/metrics/meetings?type=live&from=2026-11-01&to=2026-11-20&page_size=1',
    ],
  ])('of %s is valid for %s', async (first, second) => {
    const { body } = await client.get(first)
    expect(body.next_page_token).not.toBe('')
    const join = second.includes('?') ? '&' : '?'
    expect((await client.get(`${second}${join}next_page_token=${body.next_page_token}`)).status).toBe(200)
  })

  test('is not valid for other filters', async () => {
    const { body } = await client.get('/users')
    const response = await client.get(`/users?status=inactive&next_page_token=${body.next_page_token}`)
    expect(response).toMatchObject({ status: 400, body: { code: 300 } })
  })
})

describe('body', () => {
  const send = async (method: string, path: string, type: string | null, body: string | null) => {
    const headers = new Headers({ authorization: `Bearer ${await client.token()}`, accept: '*/*' })
    if (type !== null) headers.set('content-type', type)
    // Bytes, so that fetch adds no Content-Type.
    return read(
      await fetch(`${client.zoom.url}/v2${path}`, { method, headers, body: body && new TextEncoder().encode(body) }),
    )
  }

  test.each(['application/x-www-form-urlencoded', 'text/plain', null])(
    'is rejected if it has the type %s',
    async (type) => {
      const unsupported = { status: 415, body: { code: 300, message: 'Unsupported Content Type' } }
      expect(await send('POST', '/users/me/meetings', type, 'topic=x')).toMatchObject(unsupported)
      const meeting = [...client.zoom.data.meetings.values()].find(({ deleted }) => !deleted)!
      expect(await send('PATCH', `/meetings/${meeting.id}`, type, '{}')).toMatchObject(unsupported)
      expect(client.zoom.effects).toEqual([])
    },
  )

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])(
    'is read if it has the type %s',
    async (type) => {
      expect((await send('POST', '/users/me/meetings', type, '{"topic":"x"}')).status).toBe(201)
    },
  )

  test('is accepted if it is missing', async () => {
    const response = await send('POST', '/users/me/meetings', null, null)
    expect(response).toMatchObject({ status: 400, body: { code: 300 } })
  })
})

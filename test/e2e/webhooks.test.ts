import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { encodeId } from '../../src/schema/ids.ts'
import { start as startTrueConf, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { openStream } from '../http/stream/read-events.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'
import { signHook } from '../support/zoom-hook.ts'

const secrets = ['webhook-secret-new', 'webhook-secret-old'] as const
let zoom: ZoomSandbox
let trueconf: TrueConfSandbox
let server: OpenServer

beforeAll(async () => {
  ;[zoom, trueconf] = await Promise.all([startZoom({ seed: { active: 5 } }), startTrueConf()])
  server = await openServer({
    accounts: {
      zoom: { ...zoom.account, webhookSecret: secrets },
      plain: zoom.account,
      berlin: trueconf.account,
    },
  })
})
afterAll(async () => {
  const log = server.stderr()
  await server.close()
  await Promise.all([zoom.close(), trueconf.close()])
  for (const secret of secrets) expect(log).not.toContain(secret)
  expect(log).not.toContain('internal error')
})

interface Message {
  gaps: { reason: string; since: string; until: string; account: { key: string } }[]
  event: null | {
    type: string
    origin: string
    occurredAt: string
    conferenceId: string
    changed: string[]
    participant: null | Record<string, unknown>
    conference: null | { state: string }
    raw: unknown
  }
}

const query = `subscription($types: [ConferenceEventType!]) { conferenceEvents(filter: { accounts: ["zoom"], types: $types }) {
  gaps { reason since until account { key } }
  event {
    type origin occurredAt conferenceId changed raw
    participant { id displayName email status user { email } }
    conference { state }
  }
} }`

let lastTime = Date.now()
/** Creates the message about an event. No two have the same `event_ts`. */
const createEnvelope = (event: unknown, object: unknown = {}, payload: object = {}) => ({
  event,
  event_ts: ++lastTime,
  payload: { account_id: zoom.accountId, object, ...payload },
})

const post = (body: string | Buffer | object, headers?: object, path = '/hooks/zoom') => {
  const bytes = Buffer.isBuffer(body) ? body : typeof body === 'string' ? body : JSON.stringify(body)
  return fetch(server.url + path, {
    method: 'POST',
    body: bytes as string,
    headers: { ...(headers ?? signHook(bytes, secrets[0])) } as Record<string, string>,
  })
}
const postAll = async (...bodies: object[]): Promise<number[]> => {
  const statuses: number[] = []
  for (const body of bodies) statuses.push((await post(body)).status)
  return statuses
}
const toSeconds = (offsetMs: number) => String(Math.floor((Date.now() + offsetMs) / 1000))

/** Returns the messages of a stream that is open while `act` runs. */
async function observe(act: () => Promise<unknown>): Promise<Message[]> {
  const stream = await openStream(server, { query })
  await stream.waitForEvents(1)
  await act()
  const last = createEnvelope('meeting.started', { id: 1 })
  expect((await post(last)).status).toBe(204)
  const read = () => stream.events.map(({ data }) => (data!.data as { conferenceEvents: Message }).conferenceEvents)
  await vi.waitFor(() => expect(read().at(-1)?.event?.conferenceId).toBe(encodeId('Conference', 'zoom', '1')))
  stream.leave()
  return read().slice(1, -1)
}
const observeTypes = async (act: () => Promise<unknown>) => (await observe(act)).map(({ event }) => event?.type)

/** A meeting of the sandbox that is not running. */
const findMeeting = () => [...zoom.data.meetings.values()].find(({ live, type }) => live === null && type === 2)!

describe('a signed webhook', () => {
  test('reaches the streams as an event', async () => {
    const { id } = findMeeting()
    const envelope = createEnvelope('meeting.started', { id: String(id), uuid: 'u==' })
    const [message] = await observe(() => postAll(envelope))
    expect(message).toMatchObject({
      gaps: [],
      event: {
        type: 'STARTED',
        origin: 'WEBHOOK',
        occurredAt: new Date(envelope.event_ts).toISOString(),
        conferenceId: encodeId('Conference', 'zoom', String(id)),
        conference: { state: 'RUNNING' },
      },
    })
  })

  test('is verified over its bytes, with both secrets', async () => {
    const { event_ts, payload } = createEnvelope('')
    const text = `{ "payload":{"object":{"topic":"Überprüfung 🚀 \\u2028 \u2028","id":7}, "account_id":"${payload.account_id}"},\n"event_ts":${event_ts},"event":"meeting.started"}`
    const types = await observeTypes(async () => {
      expect((await post(text, signHook(text, secrets[0]))).status).toBe(204)
      expect((await post(text, signHook(text, secrets[1]))).status).toBe(204)
      expect((await post(text, signHook(text, 'third'))).status).toBe(401)
      expect((await post(text, signHook(JSON.stringify(JSON.parse(text)), secrets[0]))).status).toBe(401)
    })
    expect(types).toEqual(['STARTED'])
  })

  test('is recorded once, however often and at once it arrives', async () => {
    const participant = { user_id: '1', user_name: 'A' }
    const envelope = createEnvelope('meeting.participant_joined', { id: 8, uuid: 'u', participant })
    const later = { ...envelope, payload: { ...envelope.payload, object: { ...envelope.payload.object as object, id: '8', download_url: 'https://example.com/2' } } } // prettier-ignore
    const types = await observeTypes(async () => {
      const responses = await Promise.all(Array.from({ length: 12 }, () => post(envelope)))
      expect(responses.map(({ status }) => status)).toEqual(Array(12).fill(204))
      const headers = { ...signHook(JSON.stringify(later), secrets[0], toSeconds(1_000)), 'x-zm-request-id': 'another' }
      expect((await post(later, headers)).status).toBe(204)
      const other = { ...envelope.payload, object: { id: 8, uuid: 'u', participant: { ...participant, user_id: '2' } } }
      await postAll({ ...envelope, event_ts: ++lastTime }, { ...envelope, payload: other })
    })
    expect(types).toEqual(['PARTICIPANT_JOINED', 'PARTICIPANT_JOINED', 'PARTICIPANT_JOINED'])
  })

  test('leaves a conference running that has started again, if it is about an earlier session', async () => {
    const { id } = findMeeting()
    const ended = createEnvelope('meeting.ended', { id: String(id), uuid: 'first' })
    const started = createEnvelope('meeting.started', { id: String(id), uuid: 'second' })
    const messages = await observe(() => postAll(started, ended))
    expect(messages.map(({ event }) => [event!.type, event!.conference!.state])).toEqual([
      ['STARTED', 'RUNNING'],
      ['ENDED', 'RUNNING'],
    ])
  })

  test('is acknowledged if it is about something else or for another account', async () => {
    const names = ['user.created', 'webinar.started', 'meeting.new_name', 'constructor', '__proto__', 'toString']
    const types = await observeTypes(async () => {
      const envelopes = names.map((name) => createEnvelope(name, { id: 9 }))
      const statuses = await postAll(
        ...envelopes,
        createEnvelope('meeting.started', { id: 9 }, { account_id: 'another' }),
      )
      expect(statuses).toEqual(Array(7).fill(204))
    })
    expect(types).toEqual([])
  })

  test('is reported as a change if it is about the deletion of one occurrence', async () => {
    const object = { id: 10, uuid: 'u' }
    const messages = await observe(() =>
      postAll(
        createEnvelope('meeting.deleted', { ...object, occurrences: [{}] }, { operation: 'single' }),
        createEnvelope('meeting.deleted', object, { operation: 'all' }),
        createEnvelope('meeting.permanently_deleted', object),
        createEnvelope('meeting.recovered', object),
      ),
    )
    expect(messages.map(({ event }) => [event!.type, event!.changed])).toEqual([
      ['CHANGED', ['schedule']],
      ['DELETED', []],
      ['CREATED', []],
    ])
  })

  test('is rejected, logged with its age, and reported as one gap if it is older than hookAge', async () => {
    const envelope = createEnvelope('meeting.started', { id: 11 })
    const body = JSON.stringify({ ...envelope, event_ts: Date.now() - 360_000 })
    const before = server.lines().length
    const messages = await observe(async () => {
      for (let time = 0; time < 2; time++)
        expect((await post(body, signHook(body, secrets[0], toSeconds(-360_000)))).status).toBe(401)
    })
    const gaps = messages.flatMap((message) => message.gaps)
    expect(gaps).toMatchObject([{ reason: 'INTERRUPTED', account: { key: 'zoom' } }])
    expect(gaps[0]!.since).toBe(new Date((JSON.parse(body) as { event_ts: number }).event_ts).toISOString())
    const lines = server.lines().slice(before)
    const line = lines.find(({ msg }) => msg === 'webhook received too late')
    expect(line).toMatchObject({ account: 'zoom', age: expect.any(Number), result: 'late', status: 401 })
    expect(line!['age']).toBeGreaterThanOrEqual(360)
  })
})

describe('a webhook without a valid signature', () => {
  const body = JSON.stringify(createEnvelopeText())
  const valid = () => signHook(body, secrets[0])
  const withSignature = (signature: string) => ({ ...valid(), 'x-zm-signature': signature })
  test.each<[string, () => Record<string, string>]>([
    ['another secret', () => signHook(body, 'another')],
    ['none', () => ({})],
    ['v1=', () => withSignature(valid()['x-zm-signature']!.replace('v0', 'v1'))],
    ['zeros', () => withSignature(`v0=${'0'.repeat(64)}`)],
    ['not hex', () => withSignature(`v0=${'x'.repeat(64)}`)],
    ['empty', () => withSignature('')],
    ['two', () => withSignature(`${valid()['x-zm-signature']}, ${valid()['x-zm-signature']}`)],
    ['6 minutes ahead', () => signHook(body, secrets[0], toSeconds(360_000))],
    ['no timestamp', () => ({ 'x-zm-signature': valid()['x-zm-signature']! })],
    ['yesterday', () => signHook(body, secrets[0], 'yesterday')],
    ['400 digits', () => signHook(body, secrets[0], '1'.repeat(400))],
  ])('is rejected without a trace: %s', async (_, headers) => {
    const types = await observeTypes(async () => {
      const response = await post(body, { ...headers(), 'x-echo': 'echo-me' })
      expect(response.status).toBe(401)
      expect((await response.text()) + JSON.stringify([...response.headers])).not.toMatch(/echo-me|v0=|12345/)
    })
    expect(types).toEqual([])
  })

  function createEnvelopeText() {
    return { event: 'meeting.started', event_ts: Date.now(), payload: { object: { id: 12345 } } }
  }
})

describe('the validation of the URL', () => {
  const createBody = (plainToken: unknown) =>
    JSON.stringify({ event: 'endpoint.url_validation', event_ts: Date.now(), payload: { plainToken } })

  test.each(secrets)('receives a response with the secret that signed it: %s', async (secret) => {
    const body = createBody('qgg8vlvZRS6UYooatFL8Aw')
    const response = await post(body, signHook(body, secret))
    expect(response.status).toBe(200)
    const encryptedToken = createHmac('sha256', secret).update('qgg8vlvZRS6UYooatFL8Aw').digest('hex')
    expect(await response.json()).toEqual({ plainToken: 'qgg8vlvZRS6UYooatFL8Aw', encryptedToken })
  })

  test('receives no response without a valid signature', async () => {
    const body = createBody('token')
    const headers = [{}, signHook(body, 'another'), signHook(body, secrets[0], toSeconds(-360_000))]
    for (const each of headers) {
      const response = await post(body, each)
      expect([response.status, (await response.text()).includes('encryptedToken')]).toEqual([401, false])
    }
  })

  test('does not sign webhooks for others', async () => {
    for (const token of ['v0:1764460800:{"event":"meeting.started"}', 'a'.repeat(5_000), 7, null, {}, []]) {
      const response = await post(createBody(token))
      expect([response.status, (await response.text()).includes('encryptedToken')]).toEqual([400, false])
    }
  })
})

test('responds with 404 for accounts that receive no webhooks', async () => {
  const toText = async (path: string) => {
    const response = await post('{}', {}, path)
    const headers = [...response.headers].filter(([name]) => name !== 'date' && name !== 'x-request-id')
    return JSON.stringify([response.status, headers, await response.text()])
  }
  const expected = await toText('/nothing')
  expect(expected).toContain('[404,')
  for (const path of ['unknown', 'plain', 'berlin', '..%2fzoom', 'a'.repeat(300), 'constructor', '%00', 'Zoom'])
    expect(await toText(`/hooks/${path}`)).toBe(expected)
})

test('rejects hostile messages, and delivers the next event', async () => {
  const zeros = Buffer.from([0x7b, 0x22, 0xff, 0xfe])
  const started = (object: unknown) => createEnvelope('meeting.started', object)
  const types = await observeTypes(async () => {
    for (const method of ['GET', 'PUT']) {
      const response = await fetch(`${server.url}/hooks/zoom`, { method })
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    }
    expect((await post('x'.repeat(3 * 1024 ** 2), {})).status).toBe(413)
    const deep = `{"event":"meeting.started","event_ts":1,"payload":${'['.repeat(10_000)}${']'.repeat(10_000)}}`
    const bodies = ['{"event"', '', '[]', 'null', '{}', zeros, deep, '9'.repeat(1024 ** 2), createEnvelope(7)]
    for (const body of [...bodies, started({}), started({ id: {} }), started(null), started({ id: '' })])
      expect((await post(body)).status).toBe(400)
    expect((await post(started({ id: 13 }))).status).toBe(204)
  })
  expect(types).toEqual(['STARTED'])
})

test('delivers events of the sandbox in order, with their data', async () => {
  zoom.webhooks.secret = secrets[0]
  expect(await zoom.webhooks.subscribe(`${server.url}/hooks/zoom`)).toBe(true)
  const [owner] = zoom.data.users
  const execute = async (document: string, variables: object) => {
    const response = await fetch(server.graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: document, variables }),
    })
    const { data, errors } = (await response.json()) as { data: Record<string, any>; errors?: unknown }
    expect(errors).toBeUndefined()
    return data
  }
  const call = async (mutation: string, input: object) => {
    const type = mutation[0]!.toUpperCase() + mutation.slice(1)
    const fields = mutation === 'deleteConference' ? '' : 'conference { id vendorId }'
    const document = `mutation($input: ${type}Input!) { ${mutation}(input: $input) { operation { outcome } ${fields} } }`
    const data = await execute(document, { input })
    expect(data[mutation].operation.outcome).toBe('SUCCEEDED')
    return data[mutation].conference as { id: string; vendorId: string }
  }
  const asHost = (id: string, action: string, body?: object) =>
    fetch(`${zoom.url}/__host/meetings/${id}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
  const listParticipants = async (conference: string): Promise<unknown[]> => {
    const document =
      'query($id: ID!) { node(id: $id) { ... on Conference { participants(first: 9) { nodes { id email } } } } }'
    return (await execute(document, { id: conference }))['node'].participants.nodes as unknown[]
  }
  let id = ''
  let listed: unknown[] = []
  const messages = await observe(async () => {
    const created = await call('createConference', {
      account: 'zoom',
      title: 'Plan',
      passcode: 'hidden7',
      owner: { email: owner!.email },
      schedule: { oneTime: { startsAt: new Date(Date.now() + 86_400_000).toISOString(), durationMinutes: 30 } },
      vendorOptions: { settings: { auto_recording: 'cloud' } },
    })
    id = created.id
    await call('updateConference', { conferenceId: id, title: 'New plan' })
    await asHost(created.vendorId, 'start')
    await asHost(created.vendorId, 'join', { email: zoom.data.users[1]!.email })
    listed = await listParticipants(id)
    await asHost(created.vendorId, 'leave', { name: zoom.data.users[1]!.fields['display_name'] })
    await call('endConference', { conferenceId: id })
    await call('deleteConference', { conferenceId: id })
    await zoom.webhooks.settle()
  })
  expect(messages.map(({ event }) => [event!.type, event!.origin])).toEqual(
    [
      'CREATED',
      'CHANGED',
      'STARTED',
      'PARTICIPANT_JOINED',
      'PARTICIPANT_JOINED',
      'PARTICIPANT_LEFT',
      'PARTICIPANT_LEFT',
      'ENDED',
      'RECORDING_READY',
      'DELETED',
    ].map((type) => [type, 'WEBHOOK']),
  )
  expect(new Set(messages.map(({ event }) => event!.conferenceId))).toEqual(new Set([id]))
  expect(messages[1]!.event!.changed).toEqual(['title'])
  const { email, fields } = zoom.data.users[1]!
  expect(messages[4]!.event!.participant).toMatchObject({
    displayName: fields['display_name'],
    email,
    status: 'JOINED',
    user: { email },
  })
  expect(listed).toContainEqual({ id: messages[4]!.event!.participant!['id'], email })
  expect(JSON.stringify(messages)).not.toContain('hidden7')
  expect(JSON.stringify(messages)).not.toContain('download_token')
  expect(zoom.webhooks.deliveries.every(({ status }) => status === 204)).toBe(true)
})

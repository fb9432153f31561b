import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFixedSecrets } from '../../src/core/secrets.ts'
import { createCursorCodec } from '../../src/paging/cursor.ts'
import { encodeId } from '../../src/schema/ids.ts'
import { openStream, type OpenOptions, type ReceivedStream } from '../http/stream/read-events.ts'
import { startProcess } from '../support/server.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'
import { signHook } from '../support/zoom-hook.ts'

const secret = 'hook-secret'
const vendorAddress = 'http://127.0.0.1:9'

/** An account of Zoom that sends webhooks. No vendor is called. */
const createZoom = (settings: object = { webhookSecret: secret }) => ({
  vendor: 'zoom',
  accountId: 'account-id',
  clientId: 'client',
  clientSecret: 'client-secret',
  apiUrl: `${vendorAddress}/v2`,
  tokenUrl: `${vendorAddress}/token`,
  fileUrl: `${vendorAddress}/files`,
  ...settings,
})

const createClient = (name: string, scopes: string[], accounts?: string[]) => ({
  name,
  apiKeySha256: createHash('sha256').update(name).digest('hex'),
  scopes,
  ...(accounts && { accounts }),
})

const configuration = {
  accounts: { zoom: createZoom(), second: createZoom(), silent: createZoom({}) },
  clients: [
    createClient('all', ['read', 'write']),
    createClient('only-second', ['read'], ['second']),
    createClient('only-silent', ['read'], ['silent']),
    createClient('writer', ['write']),
  ],
}

type AnyServer = Pick<OpenServer, 'url' | 'graphqlUrl'>

let server: OpenServer
beforeAll(async () => {
  server = await openServer(configuration, 'trace')
})
afterAll(() => server.close())

const document = `
  subscription ($after: String, $filter: ConferenceEventFilter, $heartbeat: Int) {
    conferenceEvents(after: $after, filter: $filter, heartbeat: $heartbeat) {
      cursor
      event { type conferenceId account { key } }
      gaps { account { key } reason since until }
      sources { account { key } status origins types interval heardAt problem { code message } }
    }
  }
`

interface Message {
  cursor: string
  event: { type: string; conferenceId: string } | null
  gaps: { account: { key: string }; reason: string; since: string; until: string }[]
  sources: { account: { key: string }; status: string; problem: { code: string; message: string } | null }[]
}

interface WatchOptions extends OpenOptions {
  caller?: string
  server?: AnyServer
}

const watch = (variables: object = {}, { caller = 'all', server: from = server, ...options }: WatchOptions = {}) =>
  openStream(from, {
    query: document,
    variables,
    ...options,
    headers: { authorization: `Bearer ${caller}`, ...options.headers },
  })

const readMessages = async (stream: ReceivedStream, count: number): Promise<Message[]> =>
  (await stream.waitForEvents(count)).map(({ data }) => (data!.data as { conferenceEvents: Message }).conferenceEvents)

let meetings = 90_000_000

async function sendEvent(account = 'zoom', to: AnyServer = server): Promise<string> {
  const id = ++meetings
  const payload = { account_id: 'account-id', object: { id, uuid: `uuid${id}`, topic: 'Standup', type: 2 } }
  const body = JSON.stringify({ event: 'meeting.started', event_ts: Date.now(), payload })
  const headers = { 'content-type': 'application/json', ...signHook(body, secret) }
  const response = await fetch(`${to.url}/hooks/${account}`, { method: 'POST', headers, body })
  expect(response.status).toBe(204)
  return encodeId('Conference', account, String(id))
}

test('reports first how each account is watched, and then every event', async () => {
  const stream = await watch()
  const [first] = await readMessages(stream, 1)
  expect(first).toMatchObject({ event: null, gaps: [], cursor: expect.any(String) })
  expect(first!.sources).toMatchObject([
    { account: { key: 'zoom' }, status: 'LIVE', origins: ['WEBHOOK'], interval: null, heardAt: null, problem: null },
    { account: { key: 'second' }, status: 'LIVE' },
    { account: { key: 'silent' }, status: 'UNSUPPORTED', origins: [], types: [] },
  ])
  const problem = first!.sources[2]!.problem!
  expect(problem.code).toBe('UNSUPPORTED_BY_VENDOR')
  expect(problem.message).toMatch(/webhookSecret.*eventSubscription/)
  const ids = [await sendEvent(), await sendEvent('second')]
  const messages = await readMessages(stream, 3)
  expect(messages.slice(1).map(({ event }) => event!.conferenceId)).toEqual(ids)
})

describe('an invalid subscription', () => {
  const invalidId = encodeId('User', 'zoom', '1')
  test.each([
    ['an unknown account', { filter: { accounts: ['unknown'] } }, 'BAD_USER_INPUT'],
    ['an empty cursor', { after: '' }, 'INVALID_CURSOR'],
    ['a damaged cursor', { after: 'EAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }, 'INVALID_CURSOR'],
    ['a heartbeat that is too short', { heartbeat: 1 }, 'BAD_USER_INPUT'],
    ['a heartbeat that is too long', { heartbeat: 301 }, 'BAD_USER_INPUT'],
    ['the ID of a user', { filter: { conferenceIds: [invalidId] } }, 'INVALID_ID'],
    [
      '251 IDs',
      { filter: { conferenceIds: Array<string>(251).fill(encodeId('Conference', 'zoom', '1')) } },
      'BAD_USER_INPUT',
    ],
    ['an unknown type', { filter: { types: ['EXPLODED'] } }, 'BAD_USER_INPUT'],
    ['only accounts without events', { filter: { accounts: ['silent'] } }, 'UNSUPPORTED_BY_VENDOR'],
    ['a heartbeat that is a text', { heartbeat: 'ten' }, 'BAD_USER_INPUT'],
  ])('is rejected for %s', async (_, variables, code) => {
    const stream = await watch(variables)
    expect(stream.response.status).toBe(200)
    expect(await stream.ended).toBe(true)
    expect(stream.events.map(({ event }) => event)).toEqual(['next', 'complete'])
    expect(stream.codes).toEqual([code])
  })

  test('is rejected for 251 IDs in the document', async () => {
    const ids = JSON.stringify(Array<string>(251).fill(encodeId('Conference', 'zoom', '1')))
    const query = `subscription { conferenceEvents(filter: { conferenceIds: ${ids} }) { cursor } }`
    const stream = await watch({}, { query })
    expect(await stream.ended).toBe(true)
    expect(stream.codes).toEqual(['BAD_USER_INPUT'])
  })

  test('is rejected for the cursor of a list', async () => {
    const codec = createCursorCodec(createFixedSecrets('a secret of at least thirty-two characters'))
    const stream = await watch({ after: codec.encode('users', { item: 1 }) })
    expect(await stream.ended).toBe(true)
    expect(stream.codes).toEqual(['INVALID_CURSOR'])
  })

  test('is rejected without the scope "read"', async () => {
    const stream = await watch({}, { caller: 'writer' })
    expect(await stream.ended).toBe(true)
    expect(stream.codes).toEqual(['FORBIDDEN'])
  })

  test.each(['nobody', ''])('is rejected with 401 for the API key "%s"', async (caller) => {
    expect((await watch({}, { caller })).response.status).toBe(401)
  })

  test('is rejected with 406 if only JSON is accepted', async () => {
    const stream = await watch({}, { headers: { accept: 'application/json' } })
    expect(stream.response.status).toBe(406)
    expect(await stream.ended).toBe(true)
    expect(JSON.parse(stream.text)).toMatchObject({
      errors: [
        { message: expect.stringContaining('text/event-stream'), extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } },
      ],
    })
  })
})

describe('a caller of one account', () => {
  test('gets the events of that account only, also after the cursor of another caller', async () => {
    const [first] = await readMessages(await watch(), 1)
    const foreign = await sendEvent('zoom')
    const own = await sendEvent('second')
    const stream = await watch({ after: first!.cursor }, { caller: 'only-second' })
    const messages = await readMessages(stream, 2)
    expect(messages[0]!.sources.map(({ account }) => account.key)).toEqual(['second'])
    expect(messages[1]!.event!.conferenceId).toBe(own)
    expect(stream.text).not.toContain(foreign)
  })

  test('reads the same for a foreign account and for an unknown one', async () => {
    const read = async (account: string) => {
      const stream = await watch({ filter: { accounts: [account] } }, { caller: 'only-second' })
      expect(await stream.ended).toBe(true)
      return stream.text.replace(/"requestId":"[^"]+"/, '')
    }
    expect(await read('zoom')).toBe(await read('unknown'))
  })

  test('gets no event of a foreign conference, as of one that does not exist', async () => {
    const conferenceIds = [encodeId('Conference', 'zoom', '1'), encodeId('Conference', 'unknown', '1')]
    const stream = await watch({ filter: { conferenceIds } }, { caller: 'only-second' })
    const [first] = await readMessages(stream, 1)
    expect(first).toMatchObject({ sources: [], event: null })
  })

  test('cannot subscribe if its account reports no events', async () => {
    const stream = await watch({}, { caller: 'only-silent' })
    expect(await stream.ended).toBe(true)
    expect(stream.codes).toEqual(['UNSUPPORTED_BY_VENDOR'])
  })
})

test('continues after a cursor with each event once and in order, while more arrive', async () => {
  const live = await watch()
  await readMessages(live, 1)
  const earlier: string[] = []
  for (let count = 0; count < 20; count++) earlier.push(await sendEvent())
  const messages = await readMessages(live, 21)
  const cursor = messages.find(({ event }) => event?.conferenceId === earlier[4])!.cursor
  const sending = Promise.all(Array.from({ length: 20 }, () => sendEvent()))
  const resumed = await watch({ after: cursor })
  const later = await sending
  const ids = (await readMessages(resumed, 36)).flatMap(({ event }) => event?.conferenceId ?? [])
  expect(ids.slice(0, 15)).toEqual(earlier.slice(5))
  expect(ids.slice(15).toSorted()).toEqual(later.toSorted())
})

test('reports a gap, and then the events that exist, for a cursor of an earlier life of the server', async () => {
  const other = await startProcess(configuration)
  try {
    const stream = await watch({}, { server: other })
    const [first] = await readMessages(stream, 1)
    await other.restart()
    const id = await sendEvent('zoom', other)
    for (const [from, caller] of [
      [other, 'all'],
      [server, 'all'],
    ] as const) {
      const resumed = await watch({ after: first!.cursor }, { server: from, caller })
      const [gap] = await readMessages(resumed, 1)
      expect(gap).toMatchObject({ event: null })
      expect(gap!.gaps.map(({ account, reason }) => [account.key, reason])).toEqual([
        ['zoom', 'NOT_KEPT'],
        ['second', 'NOT_KEPT'],
      ])
      for (const { since, until } of gap!.gaps) expect(Date.parse(since)).toBeLessThanOrEqual(Date.parse(until))
      const [, next] = await readMessages(resumed, 2)
      expect(next!.event).not.toBeNull()
      if (from === other) expect(next!.event!.conferenceId).toBe(id)
    }
  } finally {
    await other.dispose()
  }
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { start as startTrueConf, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { start as startIMeetCentral, type IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import { sendQuery, type QueryResult } from '../support/send-query.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'

let zoom: ZoomSandbox
let otherZoom: ZoomSandbox
let trueconf: TrueConfSandbox
let imeetcentral: IMeetCentralSandbox
let server: OpenServer

beforeAll(async () => {
  zoom = await startZoom({ seed: { active: 60, inactive: 1, pending: 1 } })
  otherZoom = await startZoom({ seed: { active: 60, inactive: 1, pending: 1 } })
  trueconf = await startTrueConf({ users: 10, conferences: 10, running: 1 })
  imeetcentral = await startIMeetCentral({ seed: { users: 10 } })
  const conference = trueconf.data.conferences.values().next().value!
  trueconf.data.conferences.set('0012', { ...conference, id: '0012' })
  server = await openServer({
    accounts: {
      zoom: zoom.account,
      trueconf: trueconf.account,
      'other-zoom': otherZoom.account,
      imeetcentral: imeetcentral.account,
    },
  })
  // The token requests are not counted.
  await sendQuery(server.graphqlUrl, '{ accounts { conferences(first: 1) { nodes { id } } } }')
})
afterAll(async () => {
  await server.close()
  await Promise.all([zoom, otherZoom, trueconf, imeetcentral].map((sandbox) => sandbox.close()))
})

interface Result extends QueryResult {
  /** Requests that the vendors received, such as `zoom GET /v2/meetings/1`. */
  calls: string[]
}

async function find(ref: object, account?: string): Promise<Result> {
  const sandboxes = { zoom, otherZoom, trueconf, imeetcentral }
  const from = Object.values(sandboxes).map(({ ledger }) => ledger.length)
  const query =
    'query ($account: String, $ref: ConferenceRef!) { found: conferenceBy(account: $account, ref: $ref) { id vendorId account { key } } }'
  const result = await sendQuery(server.graphqlUrl, query, { account, ref })
  const calls = Object.entries(sandboxes).flatMap(([key, { ledger }], index) =>
    ledger.slice(from[index]).map(({ method, path }) => `${key} ${method} ${path}`),
  )
  return { ...result, calls }
}

/** Returns the ID that the list of an account contains. */
async function getListedId(account: string, vendorId: string): Promise<string> {
  for (let after: string | null = null, more = true; more;) {
    const query = `query ($after: String) { conferences(first: 100, after: $after, filter: { accounts: ["${account}"] }) {
      nodes { id vendorId } pageInfo { hasNextPage endCursor }
    } }`
    const { data } = await sendQuery(server.graphqlUrl, query, { after })
    const { nodes, pageInfo } = (data as { conferences: ListPage }).conferences
    const node = nodes.find((candidate) => candidate.vendorId === vendorId)
    if (node) return node.id
    ;({ endCursor: after, hasNextPage: more } = pageInfo)
  }
  throw new Error(`${account} does not list ${vendorId}`)
}
interface ListPage {
  nodes: { id: string; vendorId: string }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

const scheduled = (sandbox: ZoomSandbox) => [...sandbox.data.meetings.values()].filter(({ type }) => type === 2)
/** Returns a number that only this sandbox has. */
const getNumber = (sandbox: ZoomSandbox): string => String(scheduled(sandbox)[0]!.id)

describe('conferenceBy of Zoom', () => {
  test('finds a meeting by its number and by its links with one vendor call, with the ID of the lists', async () => {
    const number = getNumber(zoom)
    const id = await getListedId('zoom', number)
    const spaced = number.replace(/(\d{3})(\d+)(\d{4})/, '$1 $2 $3')
    const links = [
      `https://zoom.us/j/${number}`,
      `https://us02web.zoom.us/j/${number}?pwd=c2VjcmV0.1&tk=abc#success`,
      `https://acme.zoom.us/w/${number}?tk=abc`,
      `https://zoomgov.com/s/${number}`,
      `https://app.zoom.us/wc/${number}/join?fromPWA=1`,
      `https://acme.zoomgov.com/wc/join/${number}`,
      `HTTPS://ZOOM.US/j/${number}/`,
    ]
    const refs = [
      ...[number, spaced, spaced.replaceAll(' ', '-')].map((vendorId) => ({ vendorId })),
      ...links.map((joinUrl) => ({ joinUrl })),
    ]
    for (const ref of refs) {
      const { data, errors, calls } = await find(ref, 'zoom')
      expect(errors).toBeUndefined()
      expect([ref, data]).toEqual([ref, { found: { id, vendorId: number, account: { key: 'zoom' } } }])
      expect(calls).toEqual([`zoom GET /v2/meetings/${number}`])
    }
  })

  test('finds the meeting of a link that the sandbox issued', async () => {
    const number = getNumber(zoom)
    const { data } = await find({ joinUrl: `${zoom.url}/j/${number}?pwd=abc` })
    expect(data).toMatchObject({ found: { vendorId: number } })
  })

  test.each([
    '/ajXp112QmuoKj4854875==',
    'abc//p112QmuoKj48548+5==',
    'Vg8IdgluR5WDeWIk/JlElQ==',
    '+qNpBV0oSHC4KljLaIVKEQ==',
  ])('finds the meeting of the session %s', async (uuid) => {
    const meeting = [...zoom.data.meetings.values()].find(({ past }) => past.length > 0)!
    const instance = meeting.past[0]!
    const before = instance.uuid
    instance.uuid = uuid
    const { data, errors } = await find({ vendorId: uuid }, 'zoom')
    instance.uuid = before
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({ found: { vendorId: String(meeting.id) } })
  })

  test('returns null for a session that the account does not have', async () => {
    const { data, errors } = await find({ vendorId: 'AAAAAAAAAAAAAAAAAAAAAA==' }, 'zoom')
    expect(errors).toBeUndefined()
    expect(data).toEqual({ found: null })
  })

  test('reports that past meetings cannot be read, instead of null', async () => {
    const clear = zoom.fault({
      match: { path: /past_meetings/ },
      kind: 'status',
      status: 400,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: 4711, message: 'Invalid access token, does not contain scopes:[a:b].' }),
    })
    const { data, errors } = await find({ vendorId: 'AAAAAAAAAAAAAAAAAAAAAA==' }, 'zoom')
    clear()
    expect(data).toEqual({ found: null })
    expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_FORBIDDEN', account: 'zoom' } }])
  })
})

describe('conferenceBy of TrueConf', () => {
  test('finds a conference by its ID with leading zeros, and by both of its links', async () => {
    const id = await getListedId('trueconf', '0012')
    for (const ref of [
      { vendorId: '0012' },
      { joinUrl: `${trueconf.url}/c/0012` },
      { joinUrl: `${trueconf.url}/webrtc/0012?lang=en` },
    ]) {
      const { data, errors, calls } = await find(ref, 'trueconf')
      expect(errors).toBeUndefined()
      expect(data).toMatchObject({ found: { id, vendorId: '0012' } })
      expect(calls).toEqual(['trueconf GET /api/v3.8/conferences/0012'])
    }
  })

  test('returns null for a link with the same path on another host, without a vendor call', async () => {
    const { data, errors, calls } = await find({ joinUrl: 'https://video.example.com/c/0012' })
    expect(errors).toBeUndefined()
    expect(data).toEqual({ found: null })
    expect(calls).toEqual([])
  })

  test('keeps leading zeros', async () => {
    expect(await find({ vendorId: '12' }, 'trueconf')).toMatchObject({ data: { found: null } })
  })
})

test('finds a workspace of iMeet Central by its ID', async () => {
  const [workspace] = imeetcentral.data.workspaces.keys()
  const { data, errors } = await find({ vendorId: workspace! }, 'imeetcentral')
  expect(errors).toBeUndefined()
  expect(data).toMatchObject({ found: { vendorId: workspace } })
})

describe('conferenceBy without an account', () => {
  test('calls every account of the vendor of the link, and no other', async () => {
    const number = getNumber(otherZoom)
    expect(zoom.data.meetings.delete(Number(number))).toBe(true)
    const { data, calls } = await find({ joinUrl: `https://zoom.us/j/${number}` })
    expect(data).toMatchObject({ found: { vendorId: number, account: { key: 'other-zoom' } } })
    expect(calls).toContain(`otherZoom GET /v2/meetings/${number}`)
    expect(calls.every((call) => call.endsWith(`GET /v2/meetings/${number}`))).toBe(true)
  })

  test('returns the conference of one account although another one fails, and the error of the account if none has it', async () => {
    const [mine, missing] = [String(scheduled(zoom)[1]!.id), '99999999999']
    const clear = otherZoom.fault({ match: { path: /meetings/ }, kind: 'status', status: 403 })
    const found = await find({ joinUrl: `https://zoom.us/j/${mine}` })
    const lost = await find({ joinUrl: `https://zoom.us/j/${missing}` })
    clear()
    expect(found.errors).toBeUndefined()
    expect(found.data).toMatchObject({ found: { vendorId: mine, account: { key: 'zoom' } } })
    expect(lost.data).toEqual({ found: null })
    expect(lost.errors).toMatchObject([{ extensions: { code: 'VENDOR_FORBIDDEN', account: 'other-zoom' } }])
    const { data, errors } = await find({ joinUrl: `https://zoom.us/j/${missing}` })
    expect(errors).toBeUndefined()
    expect(data).toEqual({ found: null })
  })

  test('returns null for the link of another vendor than that of the account, without a vendor call', async () => {
    for (const account of ['trueconf', 'imeetcentral'])
      expect(await find({ joinUrl: `https://zoom.us/j/${getNumber(zoom)}` }, account)).toMatchObject({
        data: { found: null },
        calls: [],
      })
  })
})

describe('inputs of conferenceBy that no conference can have', () => {
  const hostileIds = [
    ['no characters', ''],
    ['a relative path', '../users'],
    ['a slash', 'a/b'],
    ['10,000 digits', '9'.repeat(10_000)],
    ['a null character', '1\u0000'],
    ['a line end', '1\n2'],
    ['two dots', '..'],
    ['two encoded dots', '%2e%2e'],
    ['a space', ' '],
    ['an emoji', '💥'],
    ['a query and a fragment', 'a?b#c'],
  ] as const
  test.each(
    ['zoom', 'trueconf', 'imeetcentral'].flatMap((account) =>
      hostileIds.map(([description, vendorId]) => [account, description, vendorId] as const),
    ),
  )('are rejected for %s without a vendor call: a vendorId of %s', async (account, _, vendorId) => {
    const { data, errors, calls } = await find({ vendorId }, account)
    expect(data).toEqual({ found: null })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    expect(errors![0]!.message).toContain('"ref.vendorId"')
    expect(calls).toEqual([])
  })

  test.each([
    'https://zoom.us.evil.example/j/1',
    'https://evilzoom.us/j/1',
    'https://evil.example/?x=https://zoom.us/j/1',
    'https://evil.example/https://zoom.us/j/1',
    'https://evil.example#https://zoom.us/j/1',
    'http://zoom.us/j/1',
    'https://zoom.us:8443/j/1',
    'https://zооm.us/j/1',
    'https://zoom。us.evil.example/j/1',
    'javascript:alert(1)//zoom.us/j/1',
    'file:///j/1',
    'file://zoom.us/j/1',
    'data:text/html,https://zoom.us/j/1',
    'https://evil.example/c/../0012',
    'https://evil.example/c/%2e%2e%2fusers',
  ])('return null without a vendor call: joinUrl %s', async (joinUrl) => {
    const { data, errors, calls } = await find({ joinUrl })
    expect(errors).toBeUndefined()
    expect(data).toEqual({ found: null })
    expect(calls).toEqual([])
  })

  test.each([
    ['a password', 'https://user:password@zoom.us/j/1', 'password'],
    ['a user name', 'https://zoom.us@evil.example/j/1', 'user name'],
    ['more than 2,048 characters', `https://zoom.us/j/1?pwd=${'x'.repeat(2_100)}`, '2,048'],
    ['a personal name', 'https://zoom.us/my/ada', 'meeting number'],
    ['no path', 'https://zoom.us/', 'meeting number'],
    ['no number', 'https://zoom.us/j/', 'meeting number'],
    ['a letter in the number', 'https://zoom.us/j/1a', 'meeting number'],
    ['an encoded digit', 'https://zoom.us/j/%31', 'meeting number'],
    ['a number of 1,000 digits', `https://zoom.us/j/${'9'.repeat(1_000)}`, 'meeting number'],
  ])('are rejected without a vendor call: a joinUrl with %s', async (_, joinUrl, reason) => {
    const { data, errors, calls } = await find({ joinUrl })
    expect(data).toEqual({ found: null })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    expect(errors![0]!.message).toContain('"ref.joinUrl"')
    expect(errors![0]!.message).toContain(reason)
    expect(calls).toEqual([])
  })

  test('are rejected if the account is missing or unknown', async () => {
    for (const [ref, account] of [
      [{ vendorId: '1' }, undefined],
      [{ vendorId: '1' }, 'other'],
      [{ joinUrl: 'https://zoom.us/j/1' }, 'other'],
    ] as const) {
      const { errors, calls } = await find(ref, account)
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
      expect(errors![0]!.message).toContain('"account"')
      expect(calls).toEqual([])
    }
  })
})

test('logs neither the link nor its passcode, and repeats them in no error', async () => {
  const joinUrl = `https://acme.zoom.us/j/${getNumber(zoom)}?pwd=pa55code&tk=t0ken`
  const results = [await find({ joinUrl }), await find({ joinUrl: 'https://acme.zoom.us/my/ada?pwd=pa55code' })]
  const malformed = await find({ joinUrl: 'not-a-link?pwd=pa55code' })
  expect(malformed.errors).toHaveLength(1)
  const texts = JSON.stringify([results, malformed]) + server.stderr()
  expect(texts).not.toMatch(/pa55code|t0ken|acme\.zoom/)
})

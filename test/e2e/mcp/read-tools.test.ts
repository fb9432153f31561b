import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTools, type ToolServer } from './tool-server.ts'

let tools: ToolServer
beforeAll(async () => {
  tools = await startTools()
})
afterAll(() => tools.close())

const vendors = ['zoom', 'trueconf', 'central']

test('lists the accounts, and their health if asked', async () => {
  const { data, texts } = await tools.call('list_accounts')
  expect(texts).toEqual([])
  expect(data.accounts.map(({ key }: { key: string }) => key)).toEqual(vendors)
  expect(data.accounts[0]).not.toHaveProperty('health')
  expect(data.accounts[2].capabilities).not.toContain('RUN_CONFERENCE')
  const detailed = await tools.call('list_accounts', { details: true })
  expect(detailed.data.accounts[0].health).toHaveProperty('state')
})

describe('list_users', () => {
  test('returns 10 users by default', async () => {
    const { data } = await tools.call('list_users')
    expect(data.users.nodes).toHaveLength(10)
    expect(data.users.sources).toHaveLength(3)
  })

  test.each([{ first: 7, details: true }, { first: 100 }, {}])(
    'returns every user once, page by page, with %j',
    async (options) => {
      const ids: string[] = []
      let after: string | null = null
      for (let page = 0; page < 20; page++) {
        const { data } = await tools.call('list_users', { ...options, after })
        ids.push(...data.users.nodes.map(({ id }: { id: string }) => id))
        after = data.users.pageInfo.endCursor
        if (!data.users.pageInfo.hasNextPage) break
      }
      expect(ids).toHaveLength(60)
      expect(new Set(ids).size).toBe(60)
    },
  )

  test('adds fields with details', async () => {
    const input = { accounts: ['zoom'], first: 1 }
    const [plain] = (await tools.call('list_users', input)).data.users.nodes
    const [detailed] = (await tools.call('list_users', { ...input, details: true })).data.users.nodes
    expect(detailed).toMatchObject(plain)
    expect(Object.keys(detailed).length).toBeGreaterThan(Object.keys(plain).length)
  })

  test('filters', async () => {
    const [{ email, id }] = (await tools.call('list_users', { first: 1 })).data.users.nodes
    const found = (await tools.call('list_users', { email, accounts: ['zoom'] })).data.users.nodes
    expect(found).toMatchObject([{ id }])
    const pending = (await tools.call('list_users', { status: ['PENDING'], accounts: ['zoom'] })).data.users.nodes
    expect(pending).toHaveLength(2)
    expect(pending[0].vendorId).toBe(pending[0].email)
  })
})

test.each(vendors)('returns the conferences of %s, in a list and alone', async (account) => {
  for (const details of [false, true]) {
    const { data } = await tools.call('list_conferences', { accounts: [account], details, first: 30 })
    expect(data.conferences.nodes.length).toBeGreaterThan(2)
    for (const { id, title } of data.conferences.nodes.slice(0, 3))
      expect((await tools.call('get_conference', { id })).data.conference).toMatchObject({ id, title })
  }
})

test.each(vendors)('returns the participants of a conference of %s', async (account) => {
  const { data } = await tools.call('list_conferences', { accounts: [account], first: 5 })
  for (const { id: conferenceId } of data.conferences.nodes)
    for (const details of [false, true]) {
      const listed = await tools.call('list_participants', { conferenceId, details })
      expect(listed.data.conference.participants.nodes.length).toBeLessThanOrEqual(20)
    }
})

test('returns null for what was not found', async () => {
  const { data } = await tools.call('list_conferences', { accounts: ['trueconf'], first: 1 })
  const [{ id }] = data.conferences.nodes
  await fetch(tools.server.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'mutation ($id: ID!) { deleteConference(input: { conferenceId: $id }) { outcome } }',
      variables: { id },
    }),
  })
  expect(await tools.call('get_conference', { id })).toMatchObject({ data: { conference: null }, texts: [] })
  expect(await tools.call('list_participants', { conferenceId: id })).toMatchObject({ data: { conference: null } })
})

test('returns an error without data for a wrong ID', async () => {
  for (const name of ['get_conference', 'get_operation'])
    expect(await tools.call(name, { id: 'no ID' })).toEqual({
      data: undefined,
      isError: true,
      texts: [expect.stringMatching(/^INVALID_ID: .* Request ID: [\w-]+\.$/)],
    })
})

test('returns a source that failed as data, and an error if all of them fail', async () => {
  tools.trueconf.fault({ match: {}, kind: 'status', status: 503 })
  try {
    const { data, texts, isError } = await tools.call('list_users', { accounts: ['trueconf', 'central'], first: 100 })
    expect({ texts, isError }).toEqual({ texts: [], isError: false })
    expect(data.users.nodes).toHaveLength(10)
    expect(data.users.sources[0]).toMatchObject({
      account: { key: 'trueconf' },
      status: 'FAILED',
      problem: { code: 'VENDOR_UNAVAILABLE', retryable: true },
    })
    expect(await tools.call('list_users', { accounts: ['trueconf'] })).toEqual({
      data: undefined,
      isError: true,
      texts: [
        expect.stringMatching(/^VENDOR_UNAVAILABLE: .* Position: users\. Send the same call again .*Request ID: /),
      ],
    })
  } finally {
    tools.trueconf.clearFaults()
  }
})

test('returns the data if a part of it is missing, with the position', async () => {
  tools.trueconf.fault({ match: { path: /\/users/ }, kind: 'status', status: 503 })
  try {
    const input = { accounts: ['trueconf'], details: true }
    const { data, texts, isError } = await tools.call('list_conferences', input)
    expect(isError).toBe(false)
    expect(data.conferences.nodes.length).toBeGreaterThan(0)
    expect(texts[0]).toMatch(/^VENDOR_UNAVAILABLE: .* Position: conferences\.nodes\.\d+\.owner\. .*Request ID: /)
  } finally {
    tools.trueconf.clearFaults()
  }
})

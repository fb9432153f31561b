import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { all, connect, type Client } from './client.ts'

let client: Client
beforeEach(async () => void (client = await connect()))
afterEach(() => client.zoom.close())

describe('paging', () => {
  test('returns every user once with page tokens, until the token is empty', async () => {
    const users = await all(client, '/users?page_size=7', 'users')
    expect(new Set(users.map(({ id }) => id)).size).toBe(60)
    expect(users.every(({ status }) => status === 'active')).toBe(true)
    expect(client.zoom.ledger.filter(({ path }) => path === '/v2/users')).toHaveLength(9)
  })

  test('returns every user with page numbers, up to page_count', async () => {
    const first = await client.get('/users?page_size=25&page_number=1&status=active')
    expect(first.body).toMatchObject({ page_count: 3, page_number: 1, page_size: 25, total_records: 60 })
    const third = await client.get('/users?page_size=25&page_number=3')
    expect(third.body.users).toHaveLength(10)
    expect(third.body.next_page_token).toBe('')
    expect((await client.get('/users?page_number=4&page_size=25')).body.users).toEqual([])
    const { users } = (await client.get('/users')).body
    expect((await client.get('/users?page_number=0')).body).toMatchObject({ page_number: 1, users })
  })

  test('returns 30 users by default and at most 300, and echoes the page size', async () => {
    expect((await client.get('/users')).body).toMatchObject({ page_size: 30 })
    expect((await client.get('/users?page_size=2000')).body).toMatchObject({ page_size: 300, next_page_token: '' })
  })

  test('rejects a page token after 15 minutes, or with other parameters', async () => {
    const dead = { code: 300, message: 'The next page token is invalid or expired.' }
    const { body } = await client.get('/users?page_size=10')
    const token = body.next_page_token
    expect((await client.get(`/users?page_size=11&next_page_token=${token}`)).body).toEqual(dead)
    expect((await client.get(`/users?page_size=10&role_id=2&next_page_token=${token}`)).body).toEqual(dead)
    expect((await client.get('/users?page_size=10&next_page_token=nonsense')).body).toEqual(dead)
    client.clock.now += 15 * 60_000 - 1
    expect((await client.get(`/users?page_size=10&next_page_token=${token}`)).body.users).toHaveLength(10)
    client.clock.now += 1
    const late = await client.get(`/users?page_size=10&next_page_token=${token}`)
    expect([late.status, late.body]).toEqual([400, dead])
  })

  test('omits no other user when one is deleted between two pages', async () => {
    const first = await client.get('/users?page_size=10')
    await client.call('DELETE', `/users/${first.body.users[3].id}`)
    const second = await client.get(`/users?page_size=10&next_page_token=${first.body.next_page_token}`)
    expect(second.body.users[0].email).toBe(client.zoom.data.users[9]!.email)
    await client.call('DELETE', `/users/${second.body.users[9].id}`)
    const third = await client.get(`/users?page_size=10&next_page_token=${second.body.next_page_token}`)
    expect(third.body.users[0].id).toBe(client.zoom.data.users[18]!.id)
  })

  test('omits totals on request', async () => {
    client.zoom.switches.totals = false
    expect((await client.get('/users')).body).not.toHaveProperty('total_records')
  })
})

describe('reading', () => {
  test('returns users of one status, without an ID if they are pending', async () => {
    expect(await all(client, '/users?status=inactive', 'users')).toHaveLength(3)
    const pending = await all(client, '/users?status=pending', 'users')
    expect(pending).toHaveLength(2)
    for (const user of pending) expect(user).not.toHaveProperty('id')
    const one = await client.get(`/users/${encodeURIComponent(pending[0].email)}`)
    expect(one.body).toMatchObject({ status: 'pending', created_at: '2026-11-20T10:30:00Z' })
    // Some clients put a slash at the end.
    expect((await client.get(`/users/${encodeURIComponent(pending[0].email)}/`)).body).toEqual(one.body)
  })

  test('finds a user by ID, email address, or me, and reports 404/1001 for an unknown one', async () => {
    const owner = client.zoom.data.users[0]!
    for (const ref of [owner.id, encodeURIComponent(owner.email), owner.email.toUpperCase(), 'me'])
      expect((await client.get(`/users/${ref}`)).body).toMatchObject({
        id: owner.id,
        account_id: client.zoom.accountId,
      })
    expect(owner.email).toBe(client.zoom.userMailOfOwner)
    const response = await client.get('/users/nobody%40example.com')
    expect([response.status, response.body]).toEqual([
      404,
      { code: 1001, message: 'User does not exist: nobody@example.com.' },
    ])
  })

  test('requires that a plus sign is encoded', async () => {
    const user_info = { email: 'a+b@example.com', type: 1 }
    expect((await client.call('POST', '/users', { action: 'custCreate', user_info })).status).toBe(201)
    expect((await client.get('/users/a%2Bb%40example.com')).status).toBe(200)
    expect((await client.get('/users/a+b@example.com')).status).toBe(404)
  })

  test('returns the summary, the email check, and settings', async () => {
    expect((await client.get('/users/summary')).body).toMatchObject({ total_users_count: 63, pending_users_count: 2 })
    const check = (email: string) => client.get(`/users/email?email=${encodeURIComponent(email)}`)
    expect((await check(client.zoom.userMailOfOwner)).body).toEqual({ existed_email: true })
    expect((await check('nobody@example.com')).body).toEqual({ existed_email: false })
    expect((await client.get('/users/me/settings')).body.feature.meeting_capacity).toBe(300)
  })

  test('issues a zak, no token of the old type, and null for a Google user', async () => {
    const [owner] = client.zoom.data.users
    const zak = await client.get(`/users/${owner!.id}/token?type=zak&ttl=68423085`)
    expect(zak.body.token).toMatch(/.{20}/)
    expect(client.zoom.effects).toMatchObject([
      { kind: 'issueUserToken', id: owner!.id, detail: { type: 'zak', ttl: 31_536_000 } },
    ])
    expect((await client.get('/users/me/token')).body.token).toMatch(/^Token is no longer supported/)
    expect((await client.get('/users/me/zak')).body.token).not.toBe(zak.body.token)
    const google = client.zoom.data.users[7]!
    expect((await client.get(`/users/${google.id}/token?type=zak`)).body).toEqual({ token: null })
    expect((await client.get('/users/x/token?type=zak')).body.code).toBe(1001)
  })

  test('sends the label and a tracking ID with every response', async () => {
    const labels = { '/users': 'Medium', '/users/me': 'Light', '/users/x': 'Light', '/nothing': 'Light' }
    for (const [path, label] of Object.entries(labels)) {
      const { headers } = await client.get(path)
      expect(headers.get('x-ratelimit-category')).toBe(label)
      expect(headers.get('x-zm-trackingid')).toMatch(/^v=2\.0;clid=us06;rid=WEB_/)
    }
    expect((await client.get('/nothing')).body).toEqual({ code: 2300, message: 'This API endpoint is not recognized.' })
  })
})

describe('writing', () => {
  test('creates, changes, deactivates, and deletes users, and records the effects', async () => {
    const user_info = { email: 'New@example.com', type: 1, first_name: 'New', last_name: 'One' }
    const { status, body } = await client.call('POST', '/users', { action: 'autoCreate', user_info })
    expect(status).toBe(201)
    expect(body).toMatchObject({ email: 'new@example.com', first_name: 'New', type: 1 })
    const again = await client.call('POST', '/users', { action: 'autoCreate', user_info })
    expect([again.status, again.body.code]).toEqual([409, 1005])
    const changed = await client.call('PATCH', `/users/${body.id}`, { dept: 'Sales', company: 'Example', type: 2 })
    expect([changed.status, changed.body, changed.headers.get('content-type')]).toEqual([204, null, null])
    expect((await client.get(`/users/${body.id}`)).body).toMatchObject({ dept: 'Sales', company: 'Example', type: 2 })
    const deactivated = await client.call('PUT', `/users/${body.id}/status`, { action: 'deactivate' })
    expect([deactivated.status, deactivated.body]).toEqual([200, null])
    expect((await client.get(`/users/${body.id}`)).body.status).toBe('inactive')
    expect((await client.call('DELETE', `/users/${body.id}?action=delete`)).status).toBe(204)
    expect((await client.get(`/users/${body.id}`)).status).toBe(404)
    const kinds = client.zoom.effects.map(({ kind, id }) => [kind, id])
    expect(kinds).toEqual(['createUser', 'updateUser', 'updateUserStatus', 'deleteUser'].map((kind) => [kind, body.id]))
  })

  test('creates an invited user as pending, names invalid fields, and reports invalid JSON', async () => {
    await client.call('POST', '/users', { action: 'create', user_info: { email: 'i@example.com', type: 1 } })
    expect(await all(client, '/users?status=pending', 'users')).toHaveLength(3)
    const bad = await client.call('POST', '/users', { action: 'create', user_info: { email: 'x', type: 1 } })
    expect([bad.status, bad.body]).toEqual([
      400,
      { code: 300, message: 'Validation Failed.', errors: [{ field: 'user_info.email', message: 'Invalid field.' }] },
    ])
    const broken = await client.call('POST', '/users', '{')
    expect(broken.body).toEqual({ code: 300, message: 'Request Body should be a valid JSON object.' })
  })
})

test('starts with 1,270 active, 20 inactive, and 10 pending users, the same at every start', async () => {
  const [one, two] = [await connect({ seed: {} }), await connect({ seed: {} })]
  expect(await all(one, '/users?page_size=300', 'users')).toHaveLength(1270)
  expect(one.zoom.data).toEqual(two.zoom.data)
  await Promise.all([one.zoom.close(), two.zoom.close()])
})

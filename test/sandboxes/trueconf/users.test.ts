import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { start, type TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'

let sandbox: TrueConfSandbox
let token: string

beforeEach(async () => {
  sandbox = await start({ now: () => Date.UTC(2026, 10, 20, 12), running: 1 })
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: sandbox.clientId,
    client_secret: sandbox.clientSecret,
  })
  const response = await fetch(`${sandbox.url}/oauth2/v1/token`, { method: 'POST', body })
  token = ((await response.json()) as { access_token: string }).access_token
})
afterEach(() => sandbox.close())

/** Response bodies as any client of the API receives them: untyped. */
interface ReceivedResponse {
  status: number
  body: any
}

async function call(method: string, path: string, body?: unknown): Promise<ReceivedResponse> {
  const response = await fetch(`${sandbox.url}/api/v3.8${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

test('numbers pages of users from 0 until next_page_id is -1, with every key in each user', async () => {
  const seen: Record<string, unknown>[] = []
  let page = 0
  while (page !== -1) {
    const { body } = await call('GET', `/users?page_id=${page}&page_size=120&login_name=`)
    seen.push(...body.users)
    page = body.next_page_id
  }
  expect(seen).toHaveLength(500)
  expect(new Set(seen.map((user) => user['id'])).size).toBe(500)
  expect(seen.slice(0, 5).map((user) => user['id'])).toEqual(['helen', 'dean', 'kevin', 'admin', 'lukasz_1000'])
  const keys =
    'id uid avatar login_name email display_name first_name last_name company groups mobile_phone work_phone home_phone is_active status'
  for (const user of seen) expect(Object.keys(user)).toEqual(keys.split(' '))
  expect(seen[3]).toMatchObject({ id: 'admin', uid: 'admin@ruwu1.trueconf.name', is_active: 1, avatar: null })
  expect((await call('GET', '/users?page_id=9&page_size=120')).body).toEqual({ next_page_id: -1, users: [] })
  expect(sandbox.ledger.filter(({ path }) => path === '/api/v3.8/users')).toHaveLength(6)
})

test('shifts the next page when a user is deleted between two pages', async () => {
  const first = (await call('GET', '/users?page_size=2')).body.users
  sandbox.data.users.delete('helen')
  const second = (await call('GET', '/users?page_size=2&page_id=1')).body.users
  expect(first.map(({ id }: { id: string }) => id)).toEqual(['helen', 'dean'])
  expect(second[0].id).toBe([...sandbox.data.users.keys()][2])
})

test('filters by parts of values, ignoring case', async () => {
  const { body } = await call('GET', '/users?display_name=HELEN%20S&email=')
  expect(body.users.map(({ id }: { id: string }) => id)).toContain('helen')
  for (const user of body.users) expect(user.display_name.toLowerCase()).toContain('helen s')
})

test('reads JSON that curl sends with the content type of a form', async () => {
  const response = await fetch(`${sandbox.url}/api/v3.11/users?access_token=${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: JSON.stringify({ login_name: 'Curly', email: 'c@example.com', password: 'p' }),
  })
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ user: { id: 'curly', email: 'c@example.com' } })
})

test('creates, updates, and deletes users, and rejects a login in use and a missing email address', async () => {
  const made = await call('POST', '/users', { login_name: 'Sub1\\NewOne', email: 'n@example.com', password: 'p' })
  expect(made.status).toBe(200)
  expect(made.body.user).toMatchObject({ id: 'sub1\\newone', first_name: '', is_active: 1, status: 0 })
  expect(JSON.stringify(made.body)).not.toContain('password')

  expect((await call('POST', '/users', { login_name: 'HELEN', email: 'h@example.com', password: 'p' })).body).toEqual({
    error: {
      code: 400,
      message: 'Bad Request',
      errors: [
        {
          reason: 'uniqueValueAlreadyInUse',
          message: 'Value is already in use. Please try another.',
          locationType: 'parameter',
          location: 'login_name',
        },
      ],
    },
  })
  expect((await call('POST', '/users', { login_name: 'x', password: 'p' })).body.error.errors[0].location).toBe('email')

  const path = `/users/${encodeURIComponent('sub1\\newone')}`
  const changed = await call('PUT', `${path}/`, { display_name: 'New One', is_active: '0' })
  expect(changed.body.user).toMatchObject({ display_name: 'New One', is_active: 0, status: -2 })
  expect((await call('DELETE', path)).body).toEqual({ id: 'sub1\\newone' })
  expect(await call('GET', '/users/user')).toEqual({
    status: 404,
    body: {
      error: {
        code: 404,
        message: 'Not Found',
        errors: [
          {
            reason: 'userNotFound',
            message: "User 'user' is not found",
            locationType: 'path',
            location: 'user_id',
          },
        ],
      },
    },
  })
  expect(sandbox.effects.map(({ kind, id }) => [kind, id])).toEqual([
    ['createUser', 'sub1\\newone'],
    ['updateUser', 'sub1\\newone'],
    ['deleteUser', 'sub1\\newone'],
  ])
})

test('reports status 5 for an owner in their conference and 2 for others, and removes disconnected participants', async () => {
  const [owner, other] = sandbox.data.calls.find((item) => item.end_time === null)!.participants
  expect((await call('GET', `/users/${owner!.id}@ruwu1.trueconf.name`)).body.user.status).toBe(5)
  expect((await call('GET', `/users/${other!.id}`)).body.user.status).toBe(2)
  expect((await call('POST', `/users/${other!.id}/disconnect`)).body).toEqual({ state: 'disconnecting' })
  expect((await call('GET', `/users/${other!.id}`)).body.user.status).toBe(0)
})

test('streams, hashes, and returns an avatar', async () => {
  const bytes = Buffer.alloc(3_000_000, 'parley')
  const form = new FormData()
  form.append('image', new Blob([bytes], { type: 'image/png' }), 'me.png')
  const response = await fetch(`${sandbox.url}/api/v3.8/users/helen/avatar`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  })
  expect(response.status).toBe(200)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  expect(sandbox.effects).toMatchObject([
    {
      kind: 'uploadFile',
      id: 'helen',
      detail: { filename: 'me.png', contentType: 'image/png', bytes: 3_000_000, sha256 },
    },
  ])
  expect(sandbox.ledger.at(-1)!.bodyBytes).toBeGreaterThan(3_000_000)
  const { avatar } = (await call('GET', '/users/helen')).body.user
  const picture = await fetch(`${avatar}?access_token=${token}`)
  expect(picture.headers.get('content-type')).toBe('image/gif')
})

test('stores nothing of an aborted upload or one with a wrong field name', async () => {
  const form = new FormData()
  form.append('file', new Blob(['x'], { type: 'image/png' }), 'me.png')
  const url = `${sandbox.url}/api/v3.8/users/helen/avatar`
  const headers = { authorization: `Bearer ${token}` }
  expect((await fetch(url, { method: 'POST', headers, body: form })).status).toBe(400)

  const type = 'multipart/form-data; boundary=b'
  const part =
    '--b\r\ncontent-disposition: form-data; name="image"; filename="a.png"\r\ncontent-type: image/png\r\n\r\nabc'
  const unended = await fetch(url, { method: 'POST', headers: { ...headers, 'content-type': type }, body: part })
  expect(unended.status).toBe(400)

  const cut = request(url, { method: 'POST', headers: { ...headers, 'content-type': type, 'content-length': '9999' } })
  const gone = new Promise((resolve) => cut.once('error', resolve))
  cut.write(part, () => cut.destroy(new Error('cut')))
  await gone
  expect((await call('GET', '/users/helen')).body.user.avatar).toBeNull()
  expect(sandbox.effects).toEqual([])
})

test('lists, creates, fills, and deletes groups', async () => {
  expect((await call('GET', '/groups')).body).toMatchObject({ next_page_id: -1, groups: [{ id: '1' }, {}, {}, {}] })
  const { id } = (await call('POST', '/groups', { display_name: 'Choir' })).body.group
  await call('POST', `/groups/${id}/users`, { user_id: 'dean' })
  expect((await call('GET', `/groups/${id}/users`)).body.users[0].groups).toEqual([
    { id, display_name: 'Choir', rights: [] },
  ])
  expect((await call('DELETE', `/groups/${id}`)).body).toEqual({ id })
  expect((await call('GET', '/users/dean')).body.user.groups[0].id).toBe('@no_group')
})

test('returns a contact of the address book', async () => {
  const { body } = await call('GET', '/users/helen/addressbook/dean')
  expect(body.contact).toMatchObject({ id: 'dean', display_name: 'Dean García' })
})

test('serves all versions of v3 and no others', async () => {
  const status = async (version: string) =>
    (await fetch(`${sandbox.url}/api/${version}/users?access_token=${token}`)).status
  for (const version of ['v3', 'v3.1', 'v3.9', 'v3.10', 'v3.11']) expect(await status(version)).toBe(200)
  for (const version of ['v2', 'v3.0', 'v3.12', 'v30', 'v4']) expect(await status(version)).toBe(404)
  const unknown = await fetch(`${sandbox.url}/api/v4/users`)
  expect(await unknown.json()).toEqual({
    error: { code: 404, message: 'Not Found', errors: [{ reason: 'routeNotFound' }] },
  })
  const missing = await fetch(`${sandbox.url}/api/v3.8/nothing?access_token=${token}`)
  expect(missing.status).toBe(404)
  expect(await missing.json()).toEqual({ error: { code: 404, message: 'Not Found' } })
  const product = (await (await fetch(`${sandbox.url}/api/v4/server`)).json()) as { product: { version: string } }
  expect(product.product.version).toMatch(/^\d+\.\d+\.\d+\.\d+$/)
})

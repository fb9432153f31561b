import { afterEach, expect, test } from 'vitest'
import { scanList } from '../../../src/paging/scan.ts'
import { asList, open, type Opened, readAll } from './client.ts'

let opened: Opened
afterEach(() => opened.close())

const respond = (body: unknown) =>
  opened.sandbox.fault({ match: { path: /\/users/ }, kind: 'body', status: 200, body: JSON.stringify(body) })

test('loads a page by its number, which the vendor counts from 0', async () => {
  opened = await open()
  const list = asList(opened.vendor.users({}))
  const page = await list.loadPage({ size: 7, number: 2 }, opened.call())
  expect(opened.takeRequests()).toEqual(['GET /users?page_id=2&page_size=7'])
  expect(page.items.map((item) => list.getId(item))).toEqual([...opened.sandbox.data.users.keys()].slice(14, 21))
  expect(page.total).toBeUndefined()
})

test('returns every user once by page tokens', async () => {
  opened = await open()
  const people = await readAll(opened.vendor.users({}), opened.call(), 13)
  expect(people.map((user) => user?.vendorId)).toEqual([...opened.sandbox.data.users.keys()])
  expect(opened.takeRequests()).toHaveLength(3)
})

test('finds the last users of a list that is longer than the scan limit', async () => {
  opened = await open({ users: 7_000 })
  const slice = await scanList(opened.vendor.users({}), 'end', {
    call: opened.call(),
    budget: { remaining: 30 },
    isForward: false,
    count: 100,
    matches: () => true,
  })
  expect(slice.failure).toBeNull()
  const ids = [...opened.sandbox.data.users.keys()].slice(-100)
  expect(slice.items.map(({ node }) => node.vendorId).reverse()).toEqual(ids)
  expect(opened.takeRequests().length).toBeLessThanOrEqual(20)
})

test('reads the fields that the vendor reports of a user', async () => {
  opened = await open()
  const status = [-2, -1, 0, 1, 2, 5, 3, undefined]
  const users = status.map((code, index) => ({ id: `u${index}`, status: code, is_active: code === -2 ? 0 : '1' }))
  respond({
    users: [...users, { id: 7, display_name: '', email: 'A@b.example', mobile_phone: '+1', home_phone: 2 }],
    next_page_id: -1,
  })
  const read = await readAll(opened.vendor.users({}), opened.call())
  expect(read.map((user) => user!.presence)).toEqual([
    'UNKNOWN',
    'UNKNOWN',
    'OFFLINE',
    'ONLINE',
    'BUSY',
    'IN_CONFERENCE',
    'UNKNOWN',
    null,
    null,
  ])
  expect(read.slice(-3).map((user) => user!.status)).toEqual(['ACTIVE', 'ACTIVE', 'UNKNOWN'])
  expect(read[0]!.status).toBe('INACTIVE')
  expect(read.at(-1)).toMatchObject({
    vendorId: '7',
    displayName: null,
    email: 'A@b.example',
    phoneNumbers: ['+1', '2'],
  })
})

test('returns null for the ID of an item without one', async () => {
  opened = await open()
  respond({ users: [{ login_name: 'helen' }, null, { id: '' }], next_page_id: -1 })
  const list = asList(opened.vendor.users({}))
  const { items } = await list.loadPage({ size: 20, number: 0 }, opened.call())
  expect(items.map((item) => list.getId(item))).toEqual([null, null, null])
})

test.each([
  [{ users: [{ id: 'x' }] }, '1'],
  [{ users: [{ id: 'x' }], next_page_id: null }, '1'],
  [{ users: [] }, null],
])('assumes a next page after %j unless the page is empty', async (body, next) => {
  opened = await open()
  respond(body)
  const page = await asList(opened.vendor.users({})).loadPage({ size: 20, number: 0 }, opened.call())
  expect(page).toMatchObject({ next, isNextAssumed: true })
})

test.each([{}, { users: null, next_page_id: -1 }, { users: [], next_page_id: 'x' }, []])(
  'rejects the body %j in place of a page',
  async (body) => {
    opened = await open()
    respond(body)
    const page = asList(opened.vendor.users({})).loadPage({ size: 20, number: 0 }, opened.call())
    await expect(page).rejects.toMatchObject({ code: 'VENDOR_BAD_RESPONSE' })
  },
)

test('finds a user by the exact email address, ignoring case', async () => {
  opened = await open({ users: 450 })
  const last = [...opened.sandbox.data.users.values()].at(-1)!
  expect(await opened.vendor.findUserByEmail(last.email.toUpperCase(), opened.call())).toMatchObject({
    vendorId: last.id,
  })
  expect(opened.takeRequests()).toEqual([0, 1, 2].map((page) => `GET /users?page_id=${page}&page_size=200`))
  expect(await opened.vendor.findUserByEmail('elen@example.com', opened.call())).toBeNull()
})

test('reports pages that link to one that was already read', async () => {
  opened = await open()
  respond({ users: [{ id: 'x' }], next_page_id: 1 })
  await expect(opened.vendor.findUserByEmail('a@b.example', opened.call())).rejects.toMatchObject({
    code: 'PAGING_LOOP',
  })
})

test('makes no call for a filter that cannot match', async () => {
  opened = await open()
  expect(await readAll(opened.vendor.users({ status: ['PENDING'] }), opened.call())).toEqual([])
  expect(opened.takeRequests()).toEqual([])
})

test('encodes an ID as one path segment', async () => {
  opened = await open()
  const id = 'sub1.trust1.loc\\te/st?#@x'
  expect(await opened.vendor.getUser(id, opened.call())).toBeNull()
  expect(opened.takeRequests()).toEqual(['GET /users/sub1.trust1.loc%5Cte%2Fst%3F%23%40x'])
  await expect(opened.vendor.getUser('..', opened.call())).rejects.toMatchObject({ code: 'INVALID_ID' })
  expect(opened.takeRequests()).toEqual([])
})

import { expect, test } from 'vitest'
import { open } from './open.ts'

test('fetches a user by ID in one call', async () => {
  const { sandbox, vendor, call, calls } = await open()
  const [row] = sandbox.data.users.values()
  const user = await vendor.getUser(row!.id, call())
  expect(user).toMatchObject({ vendorId: row!.id, displayName: row!.fullName, email: row!.email })
  expect(await vendor.getUser('WzEsMV0', call())).toBeNull()
  expect(calls()).toEqual([`GET /v1/users/${row!.id}`, 'GET /v1/users/WzEsMV0'])
  expect(sandbox.ledger.at(-1)!.headerNames).not.toContain('content-type')
})

test.each([404, 405, 400])('searches the list if users cannot be fetched by ID (%i)', async (status) => {
  const { sandbox, vendor, call, calls } = await open({ seed: { users: 60 }, userById: false })
  if (status !== 404) sandbox.fault({ match: { path: /users\/./ }, kind: 'status', status })
  const row = [...sandbox.data.users.values()][30]!
  expect(await vendor.getUser(row.id, call())).toMatchObject({ email: row.email })
  expect(calls()).toEqual([`GET /v1/users/${row.id}`, 'GET /v1/users', 'GET /v1/users'])
  expect(await vendor.getUser('WzEsMV0', call())).toBeNull()
})

test('reports a rejected ID if users can be fetched by ID', async () => {
  const { sandbox, vendor, call, calls } = await open()
  const [id] = sandbox.data.users.keys()
  await vendor.getUser(id!, call())
  sandbox.fault({ match: { path: /users\/./ }, kind: 'status', status: 400, body: 'Invalid id' })
  await expect(vendor.getUser('x', call())).rejects.toMatchObject({ code: 'VENDOR_REJECTED' })
  expect(calls()).toHaveLength(2)
})

test('does not search the list if a user is rejected for another reason', async () => {
  const { sandbox, vendor, call, calls } = await open()
  sandbox.fault({ match: { path: /users/ }, kind: 'status', status: 403, body: 'No <b>way' })
  await expect(vendor.getUser('WzEsMTAwXQ', call())).rejects.toMatchObject({
    code: 'VENDOR_FORBIDDEN',
    vendorMessage: null,
  })
  expect(calls()).toHaveLength(1)
})

test('finds a user by email address, ignoring case', async () => {
  const { sandbox, vendor, call } = await open({ seed: { users: 60 } })
  const row = [...sandbox.data.users.values()][40]!
  expect(await vendor.findUserByEmail(row.email.toUpperCase(), call())).toMatchObject({ vendorId: row.id })
  expect(await vendor.findUserByEmail('nobody@example.com', call())).toBeNull()
})

test('fetches a conference by ID, and returns null for a deleted or unknown one', async () => {
  const { sandbox, vendor, call } = await open()
  const rows = [...sandbox.data.workspaces.values()]
  expect(await vendor.getConference(rows[0]!.id, call())).toMatchObject({ vendorId: rows[0]!.id, title: 'Launch 1' })
  const deleted = rows.find(({ urlShortName }) => urlShortName.startsWith('deleted'))!
  expect(await vendor.getConference(deleted.id, call())).toBeNull()
  expect(await vendor.getConference('WzIsMV0', call())).toBeNull()
})

test.each(['..', '.', '', 'a\u0000', '%2e%2e'])('does not send the ID %j', async (id) => {
  const { vendor, call, calls } = await open()
  await expect(vendor.getConference(id, call())).rejects.toMatchObject({ code: 'INVALID_ID' })
  expect(calls()).toEqual([])
})

test('encodes an ID as one path segment', async () => {
  const { vendor, call, calls } = await open()
  expect(await vendor.getConference('a/../b?c=1', call())).toBeNull()
  expect(calls()).toEqual(['GET /v1/workspaces/a%2F..%2Fb%3Fc%3D1'])
})

test('rejects a response without an ID', async () => {
  const { sandbox, vendor, call } = await open()
  const headers = { 'content-type': 'application/json' }
  sandbox.fault({ match: { path: /workspaces/ }, kind: 'body', status: 200, headers, body: '{"details":{}}' })
  await expect(vendor.getConference('WzIsMTAwXQ', call())).rejects.toMatchObject({ code: 'VENDOR_BAD_RESPONSE' })
})

test('renews a rejected token once', async () => {
  const { sandbox, vendor, call } = await open()
  await vendor.getConference('WzIsMTAwXQ', call())
  sandbox.tokens.revokeAll()
  expect(await vendor.getConference('WzIsMTAwXQ', call())).not.toBeNull()
  expect(sandbox.ledger.filter(({ path }) => path === '/oauth2/token')).toHaveLength(2)
})

test('creates an assertion that a clock 30 s behind accepts', async () => {
  const { vendor, call, sandbox } = await open({ now: () => Date.now() - 30_000 })
  expect(await vendor.getConference('WzIsMTAwXQ', call())).not.toBeNull()
  expect(sandbox.ledger.filter(({ path }) => path === '/oauth2/token')).toHaveLength(1)
})

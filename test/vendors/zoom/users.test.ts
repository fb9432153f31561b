import { describe, expect, it } from 'vitest'
import type { Conference, User } from '../../../src/vendors/vendor-objects.ts'
import { toPlain } from '../../support/plain.ts'
import { asNestedList, asList, open, readAll } from './open.ts'

describe('users', () => {
  it('lists active, inactive and pending users one after another', async () => {
    const { vendor, call, sandbox, calls } = await open()
    const chain = asNestedList<User>(vendor.users({}))
    expect(chain.parent).toEqual(['active', 'inactive', 'pending'])
    const byStatus = await Promise.all(
      ['active', 'inactive', 'pending'].map((word) => readAll(chain.getChildList(word), call())),
    )
    expect(byStatus.map((users) => users.length)).toEqual([60, 3, 2])
    expect(byStatus[2]![0]).toMatchObject({ status: 'PENDING', createdAt: null })
    expect(byStatus[2]![0]!.vendorId).toBe(byStatus[2]![0]!.email)
    expect(calls()).toEqual(['GET /users', 'GET /users', 'GET /users'])
    expect(byStatus.flat().map(({ email }) => email)).toEqual(sandbox.data.users.map(({ email }) => email))
  })

  it('loads pages by number and by token, and reports the total', async () => {
    const { vendor, call, sandbox } = await open()
    const list = asNestedList<User>(vendor.users({ status: ['ACTIVE'] })).getChildList('active')
    const page = await list.loadPage({ size: 25, number: 1 }, call())
    expect(list.getId(page.items[0])).toBe(sandbox.data.users[25]!.id)
    expect(page.total).toBe(60)
    const next = await list.loadPage({ size: 25, link: page.next }, call())
    expect(next.items).toHaveLength(10)
    expect(next).toMatchObject({ next: null, size: 25 })
    expect(sandbox.ledger.at(-1)!.query).toContain('next_page_token=')
    expect(sandbox.ledger.at(-1)!.query).not.toContain('page_number')
  })

  it('continues by page number if the vendor returns no tokens', async () => {
    const { vendor, call, sandbox } = await open()
    const users = [{ id: 'a', email: 'a@example.com' }]
    const body = JSON.stringify({ page_count: 2, page_number: 1, users })
    sandbox.fault({ match: { path: /users\?/ }, kind: 'body', status: 200, times: 1, body })
    const list = asNestedList<User>(vendor.users({})).getChildList('active')
    const page = await list.loadPage({ size: 1, number: 0 }, call())
    await list.loadPage({ size: 1, link: page.next }, call())
    expect(sandbox.ledger.at(-1)!.query).toContain('page_number=2')
  })

  it('finds a user by email address in one call, ignoring case', async () => {
    const { vendor, call, owner, calls } = await open()
    const one = asList<User>(vendor.users({ email: owner.email.toUpperCase() }))
    expect((await readAll(one, call())).map(({ vendorId }) => vendorId)).toEqual([owner.id])
    expect(await readAll(asList<User>(vendor.users({ email: 'no+body@example.com' })), call())).toEqual([])
    expect(calls()).toEqual([`GET /users/${encodeURIComponent(owner.email)}`, 'GET /users/no%2Bbody%40example.com'])
    expect(await vendor.getUser('gone', call())).toBeNull()
  })

  it.each(['me', 'ME', '.', '..', '%2e%2E', 'a\u0000b'])('rejects the ID %j', async (id) => {
    const { vendor, call, calls } = await open()
    await expect(vendor.getUser(id, call())).rejects.toMatchObject({ code: 'INVALID_ID' })
    const meetings = asList<Conference>(vendor.conferences({ ownerId: id }))
    await expect(meetings.loadPage({ size: 1, number: 0 }, call())).rejects.toMatchObject({ code: 'INVALID_ID' })
    expect(calls()).toEqual([])
  })

  it('uses the status of the list if an item omits its own', async () => {
    const { vendor, call, sandbox } = await open()
    const body = JSON.stringify({ users: [{ id: 'a', email: 'a@example.com', type: 1 }] })
    sandbox.fault({ match: { path: /users\?/ }, kind: 'body', status: 200, body })
    for (const status of ['ACTIVE', 'INACTIVE', 'PENDING'] as const) {
      const list = asNestedList<User>(vendor.users({ status: [status] })).getChildList(status.toLowerCase())
      const vendorId = status === 'PENDING' ? 'a@example.com' : 'a'
      expect(await readAll(list, call())).toMatchObject([{ vendorId, status }])
    }
  })

  it('reads fields of an unexpected type as null or text', async () => {
    const { vendor, call, sandbox } = await open()
    const odd = {
      id: '85746065432101234',
      email: 7,
      status: 'frozen',
      first_name: 5,
      timezone: 'Mars/Base',
      created_at: '0000-00-00',
      last_login_time: 1_700_000_000,
      host_key: '123456',
      pic_url: 'javascript:alert(1)',
      phone_numbers: 'none',
    }
    const body = JSON.stringify({ users: [odd, { email: 'lost@example.com' }] }).replace(
      '"85746065432101234"',
      '85746065432101234',
    )
    sandbox.fault({ match: { path: /users\?/ }, kind: 'body', status: 200, body })
    const list = asNestedList<User>(vendor.users({})).getChildList('active')
    const { items } = await list.loadPage({ size: 10, number: 0 }, call())
    expect(items.map(list.getId)).toEqual(['85746065432101234', null])
    expect(toPlain(list.parseItem(items[0])!)).toEqual({
      vendorId: '85746065432101234',
      email: null,
      displayName: '5',
      givenName: '5',
      familyName: null,
      status: 'UNKNOWN',
      presence: null,
      avatarUrl: null,
      phoneNumbers: [],
      company: null,
      department: null,
      timeZone: null,
      createdAt: null,
      lastSeenAt: new Date('2023-11-14T22:13:20Z'),
      unlisted: new Set(['avatarUrl', 'phoneNumbers']),
      raw: expect.not.objectContaining({ host_key: expect.anything() }),
    })
  })
})

import { describe, expect, test } from 'vitest'
import type { ListSlice } from '../../../src/paging/slice.ts'
import { scanList as listItemsFrom } from '../../../src/paging/scan.ts'
import type { Boundary } from '../../../src/paging/position.ts'
import type { CallContext } from '../../../src/upstream/call-context.ts'
import type { VendorList } from '../../../src/vendors/vendor-lists.ts'
import type { User } from '../../../src/vendors/vendor-objects.ts'
import { asList, open, listAll } from './open.ts'

const names = (pages: { displayName: string | null }[][]) => pages.flat().map(({ displayName }) => displayName)
const json = (body: unknown) =>
  ({ match: { path: /^\/v1\/users/ }, kind: 'body', status: 200, body: JSON.stringify(body) }) as const
const asJson = { 'content-type': 'application/json' }

describe.each(['keyset', 'offset'] as const)('links by %s', (links) => {
  test.each([0, 1, 25, 60])('lists %i users in both directions', async (count) => {
    const { sandbox, vendor, call } = await open({
      seed: { users: count },
      paging: { links, omitEmptyItems: true, emptyNext: true },
    })
    const list = asList(vendor.users({}))
    const all = [...sandbox.data.users.values()].map(({ fullName }) => fullName)
    expect(names(await listAll(list, call()))).toEqual(all)
    expect(names((await listAll(list, call(), 'previous', 'last')).reverse())).toEqual(all)
    for (const { query } of sandbox.ledger.slice(1)) expect(query).toContain('limit=25')
  })
})

/** Reads the whole list backwards, each page in a separate operation. */
async function backwards(listing: VendorList<User>, call: () => CallContext, count: number) {
  const found: (string | null)[] = []
  for (let cut: Boundary | null = 'end'; cut;) {
    const options = { call: call(), budget: { remaining: 30 }, isForward: false, count, matches: () => true }
    const slice: ListSlice<User> = await listItemsFrom(listing, cut, options)
    if (slice.failure) throw slice.failure
    found.unshift(...slice.items.map(({ node }) => node.displayName).reverse())
    const first = slice.items.at(-1)
    cut = slice.hasMore && first ? (slice.resume ?? { before: first.getPosition() }) : null
  }
  return found
}

describe.each(['keyset', 'offset'] as const)('links by %s that lead only forwards', (links) => {
  test.each([0, 1, 25, 26, 60])('lists %i users backwards', async (count) => {
    const { sandbox, vendor, call } = await open({ seed: { users: count }, paging: { links, forwardOnly: true } })
    const all = [...sandbox.data.users.values()].map(({ fullName }) => fullName)
    expect(await backwards(vendor.users({}), call, 7)).toEqual(all)
  })

  test('load the end of the list within the scan limit', async () => {
    const { vendor, call, calls } = await open({ seed: { users: 800 }, paging: { links, forwardOnly: true } })
    await expect(backwards(vendor.users({}), call, 7)).rejects.toMatchObject({ code: 'OPERATION_TOO_EXPENSIVE' })
    expect(calls().length).toBeLessThanOrEqual(30)
  })
})

test('skips deleted workspaces, and returns null for fields that the vendor does not report', async () => {
  const { vendor, call, calls } = await open({ seed: { workspaces: 60, deletedWorkspaces: 8 } })
  const pages = await listAll(asList(vendor.conferences({})), call())
  expect(pages.flat()).toHaveLength(52)
  expect(pages[0]![0]).toMatchObject({ kind: 'WORKSPACE', title: 'Launch 1', state: 'UNKNOWN', schedule: null })
  expect(calls()).toHaveLength(3)
})

test('requests no page before the first one', async () => {
  const { sandbox, vendor, call, calls } = await open({ seed: { users: 60 } })
  expect(await backwards(vendor.users({}), call, 100)).toHaveLength(60)
  expect(calls()).toHaveLength(4)
  sandbox.ledger.length = 0
  expect(await backwards(vendor.users({}), call, 35)).toHaveLength(60)
  expect(calls()).toHaveLength(5)
})

test('loads the last page with one more call after the first page', async () => {
  const { vendor, call, calls } = await open({ seed: { users: 60 } })
  const list = asList(vendor.users({}))
  const operation = call()
  await list.loadPage({ size: 25, link: null }, operation)
  const last = await list.loadPage({ size: 25, link: 'last' }, operation)
  expect(calls()).toHaveLength(2)
  expect(last).toMatchObject({ next: null, previous: expect.stringContaining('paging=prev') })
})

test('makes no call for a filter that cannot match', async () => {
  const { vendor, call, calls } = await open()
  const lists = [
    vendor.users({ status: ['ACTIVE'] }),
    ...[{ tag: 'x' }, { ownerId: 'x' }, { startsFrom: new Date() }, { startsBefore: new Date() }].map((filter) =>
      vendor.conferences(filter),
    ),
    vendor.conferences({ state: ['RUNNING'] }),
  ]
  for (const list of lists) {
    const page = await (asList(list as never) as ReturnType<typeof asList>).loadPage({ size: 25, link: null }, call())
    expect(page.items).toEqual([])
  }
  expect(calls()).toEqual([])
})

describe('links', () => {
  test.each([
    ['https://evil.example/v1/users?x=1', 'PAGING_UNSAFE_LINK'],
    ['//evil.example/v1/users?x=1', 'PAGING_UNSAFE_LINK'],
    ['/v1/workspaces?x=1', 'PAGING_UNSAFE_LINK'],
    ['/v1/users/../roles?x=1', 'PAGING_UNSAFE_LINK'],
    ['http://[', 'PAGING_UNSAFE_LINK'],
  ])('rejects the unsafe link %s', async (next, code) => {
    const { sandbox, vendor, call } = await open()
    sandbox.fault({ ...json({ items: [], links: { next } }), headers: asJson })
    await expect(asList(vendor.users({})).loadPage({ size: 25, link: null }, call())).rejects.toMatchObject({ code })
  })

  test.each([
    ['/v1/users?x=%2B1&y=', 'x=%2B1&y='],
    ['?x=%2B1&y=', 'x=%2B1&y='],
    ['/v1/users?x=a&x=b%20c&y&z=d;e', 'x=a&x=b%20c&y&z=d;e'],
  ])('follows the link %s with its query unchanged', async (next, query) => {
    const { sandbox, vendor, call } = await open()
    const clear = sandbox.fault({ ...json({ items: [], links: { next } }), headers: asJson })
    const list = asList(vendor.users({}))
    const page = await list.loadPage({ size: 25, link: null }, call())
    clear()
    await list.loadPage({ size: 25, link: page.next }, call())
    expect(sandbox.ledger.at(-1)).toMatchObject({ path: '/v1/users', query })
  })

  test('detects a loop on the way to a last page without a link', async () => {
    const { sandbox, vendor, call } = await open()
    sandbox.fault({ ...json({ items: [{ id: 'a' }], links: { next: '?n=1' } }), headers: asJson })
    await expect(backwards(vendor.users({}), call, 7)).rejects.toMatchObject({ code: 'PAGING_LOOP' })
    await expect(vendor.findUserByEmail('a@example.com', call())).rejects.toMatchObject({ code: 'PAGING_LOOP' })
  })

  test.each([
    [{ next: { href: 'x' } }, 'links.next'],
    ['x', 'links'],
  ])('rejects the invalid links %j and names the field', async (links, field) => {
    const { sandbox, vendor, call } = await open()
    sandbox.fault({ ...json({ items: [], links }), headers: asJson })
    const reading = asList(vendor.users({})).loadPage({ size: 25, link: null }, call())
    await expect(reading).rejects.toThrow(`at "${field}"`)
  })

  test.each([[null], [[]], [{}]])('treats %j as no links', async (links) => {
    const { sandbox, vendor, call } = await open()
    sandbox.fault({ ...json({ items: [{ id: 'a' }], links }), headers: asJson })
    const page = await asList(vendor.users({})).loadPage({ size: 25, link: null }, call())
    expect(page).toMatchObject({ items: [{ id: 'a' }], next: null, previous: null })
  })
})

test('reads or skips fields of an unexpected type', async () => {
  const { sandbox, vendor, call } = await open()
  const items = [
    { id: 'a', details: { fullName: null, email: 5, apiToken: 's', settings: { password: 's', kept: 1 } } },
    { details: { fullName: 'no id' } },
    { id: 'b' },
  ]
  sandbox.fault({
    ...json(items),
    body: `{"items":[{"id":85746065432101234},${JSON.stringify(items).slice(1)}}`,
    headers: asJson,
  })
  const list = asList(vendor.users({}))
  const page = await list.loadPage({ size: 25, link: null }, call())
  expect(page).toMatchObject({ next: null, previous: null })
  expect(page.items.map(list.getId)).toEqual(['85746065432101234', 'a', null, 'b'])
  expect(list.parseItem(page.items[1])).toMatchObject({
    displayName: null,
    email: '5',
    status: 'UNKNOWN',
    raw: { id: 'a', details: { fullName: null, email: 5, settings: { kept: 1 } } },
  })
  expect(list.parseItem({ id: 'a', details: { email: {} } })).toMatchObject({ vendorId: 'a', email: null })
  expect(list.parseItem({ id: 'a', details: [] })).toMatchObject({ vendorId: 'a', email: null })
  expect(() => list.parseItem({})).toThrow(/"id"/)
})

test.each([null, [], 'x', { message: 'an error' }, { items: {} }])(
  'rejects the body %j in place of a list',
  async (body) => {
    const { sandbox, vendor, call } = await open()
    sandbox.fault({ ...json(body), headers: asJson })
    const reading = asList(vendor.users({})).loadPage({ size: 25, link: null }, call())
    await expect(reading).rejects.toMatchObject({ code: 'VENDOR_BAD_RESPONSE' })
  },
)

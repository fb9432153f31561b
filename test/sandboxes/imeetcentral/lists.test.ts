import { afterEach, describe, expect, test } from 'vitest'
import { createPerson } from '../../../src/sandboxes/people.ts'
import {
  type IMeetCentralSandboxOptions,
  type IMeetCentralSandbox,
  start,
} from '../../../src/sandboxes/imeetcentral/index.ts'
import { client, type Item, type ListResponse } from './client.ts'

let sandbox: IMeetCentralSandbox
afterEach(() => sandbox.close())

async function started(options: IMeetCentralSandboxOptions = {}) {
  sandbox = await start(options)
  return client(sandbox)
}
const ids = (pages: Item[][]) => pages.flat().map((item) => item.id)

describe.each(['keyset', 'offset'] as const)('%s links', (links) => {
  test('lead with next to every user once, in order, in pages of the limit', async () => {
    const { listAll } = await started({ paging: { links } })
    const pages = await listAll('/v1/users?limit=7&filter=', 'next')
    expect(pages.length).toBe(29)
    expect(ids(pages)).toEqual([...sandbox.data.users.keys()])
    const { givenName, familyName, email } = createPerson(1200)
    expect(pages[0]?.[0]).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9]+$/),
      details: { fullName: `${givenName} ${familyName}`, email },
    })
  })

  test('lead with prev from the last page to the first', async () => {
    const { list, listAll } = await started({ paging: { links } })
    const first = await list('/v1/users?limit=20')
    const pages = await listAll(first.links!.last!, 'prev')
    expect(ids(pages.reverse())).toEqual([...sandbox.data.users.keys()])
  })

  test('are absolute, have the same path, and need no other parameters', async () => {
    const { list } = await started({ paging: { links } })
    const page = await list('/v1/users?limit=3&filter=')
    expect(Object.keys(page.links!).sort()).toEqual(['first', 'last', 'next'])
    for (const link of Object.values(page.links!)) {
      const url = new URL(link)
      expect([url.origin, url.pathname]).toEqual([sandbox.url, '/v1/users'])
      expect([url.searchParams.get('limit'), url.searchParams.get('filter')]).toEqual(['3', ''])
    }
    const last = await list(page.links!.last!)
    expect(Object.keys(last.links!).sort()).toEqual(['first', 'last', 'prev'])
    expect(last.items!.at(-1)!.id).toBe([...sandbox.data.users.keys()].at(-1))
    expect((await list(page.links!.first!)).items).toEqual(page.items)
  })

  test('are omitted on a single page, and never empty', async () => {
    const { list } = await started({ paging: { links }, seed: { users: 3, workspaces: 0 } })
    expect(Object.keys(await list('/v1/users?limit=3'))).toEqual(['items'])
    expect(await list('/v1/workspaces')).toEqual({ items: [] })
  })
})

test('omits no user with keyset links, and one with offset links, when a user is deleted between pages', async () => {
  for (const [links, missed] of [
    ['keyset', 0],
    ['offset', 1],
  ] as const) {
    const { list, listAll } = await started({ seed: { users: 10 }, paging: { links } })
    const first = await list('/v1/users?limit=4')
    sandbox.data.users.delete(first.items![3]!.id)
    const seen = new Set([...first.items!.map((item) => item.id), ...ids(await listAll(first.links!.next!, 'next'))])
    expect(10 - seen.size).toBe(missed)
    if (links === 'keyset') await sandbox.close()
  }
})

test('reduces a larger limit to 25 without an error', async () => {
  const { list } = await started()
  for (const query of ['', '?limit=100', '?limit=0', '?limit=all']) {
    expect((await list(`/v1/users${query}`)).items).toHaveLength(25)
  }
})

test('accepts paging=first and paging=last, and rejects invalid values', async () => {
  const { list, get } = await started()
  const all = [...sandbox.data.users.keys()]
  expect((await list('/v1/users?paging=first&limit=2')).items!.map((item) => item.id)).toEqual(all.slice(0, 2))
  expect((await list('/v1/users?paging=last&limit=2')).items!.map((item) => item.id)).toEqual(all.slice(-2))
  for (const query of ['paging=seventh', 'paging=next', 'paging=next&lastRecord=bm8']) {
    expect((await get(`/v1/users?${query}`)).status).toBe(400)
  }
})

test('sends an empty next, or no items, on request', async () => {
  const { list } = await started({
    seed: { users: 3, workspaces: 0 },
    paging: { emptyNext: true, omitEmptyItems: true },
  })
  expect((await list('/v1/users?limit=2&paging=last')).links!.next).toBe('')
  expect(await list('/v1/workspaces')).toEqual({})
})

test('lists deleted workspaces', async () => {
  const { listAll } = await started()
  const workspaces = (await listAll('/v1/workspaces?limit=25', 'next')).flat()
  expect(workspaces).toHaveLength(200)
  const names = workspaces.map((item) => String(item.details.urlShortName))
  expect(names.filter((name) => name.startsWith('deleted'))).toHaveLength(8)
  expect(new Set(names).size).toBe(200)
})

test('lists task lists in the older envelope', async () => {
  const { list } = await started({ seed: { tasklistTemplates: 60 } })
  const seen: string[] = []
  let lastRecord = ''
  do {
    const mark: string = lastRecord && `&lastRecord=${lastRecord}`
    const page: ListResponse = await list(`/v1/tasklists?templateOnly=1&limit=100${mark}`)
    expect(Object.keys(page)).toEqual(['items', 'lastRecord'])
    seen.push(...page.items!.map((item) => String(item.details.tasklistName)))
    lastRecord = page.lastRecord!
  } while (lastRecord !== '')
  expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => `Template ${index + 1}`))
})

test('leads to every user with lastRecord, as clients of the first years read it', async () => {
  const { list } = await started()
  const seen: string[] = []
  let lastRecord: string | undefined
  do {
    const page: ListResponse = await list(`/v1/users?limit=100${lastRecord ? `&lastRecord=${lastRecord}` : ''}`)
    seen.push(...page.items!.map((item) => item.id))
    lastRecord = page.lastRecord
  } while (lastRecord)
  expect(seen).toEqual([...sandbox.data.users.keys()])
})

test('links only forward on request', async () => {
  const { list, listAll } = await started({ paging: { forwardOnly: true } })
  const { links } = await list('/v1/users?limit=3')
  expect(Object.keys(links!)).toEqual(['first', 'next'])
  expect(Object.keys((await list(links!.next!)).links!)).toEqual(['first', 'next'])
  expect(ids(await listAll('/v1/users', 'next'))).toEqual([...sandbox.data.users.keys()])
})

test('lists groups, roles, milestones, events, times, and reports', async () => {
  const { list, get, listAll } = await started()
  const { items: groups } = await list('/v1/workspaceGroups?limit=25&filter=')
  expect(groups!.map((group) => group.details.workspaceGroupName)).toContain('Not Grouped')
  const { items: roles } = await list('/v1/roles')
  expect(roles!.map((role) => role.details.title)).toContain('Sales Rep')

  const [workspace] = [...sandbox.data.workspaces.keys()]
  const { items: milestones } = await list(`/v1/workspaces/${workspace}/milestones`)
  expect(milestones).toHaveLength(2)
  expect(await (await get(`/v1/milestones/${milestones![0]!.id}`)).json()).toEqual({
    ...milestones![0],
    permalink: expect.stringMatching(/^https:/),
  })
  expect((await list(`/v1/milestones/${milestones![0]!.id}/tasklists`)).items).toHaveLength(1)
  expect((await list(`/v1/workspaces/${workspace}/events?paging=first`)).items).toHaveLength(2)
  expect((await listAll('/v1/times?limit=25', 'next')).flat()).toHaveLength(60)

  const [report] = [...sandbox.data.reports.keys()]
  for (const path of [`/v1/reports/${report}`, `/v1/reports/${report}/records`]) {
    const [headings, ...records] = (await list(path)).items!
    expect(headings).toEqual({ fields: expect.arrayContaining([{ fieldName: 'Hours', value: 'Hours' }]) })
    expect(records).toHaveLength(30)
    expect(records[0]).toEqual({ fields: expect.arrayContaining([{ fieldName: 'Hours', value: '0' }]) })
  }
})

test('lists the workspaces of the acting user, or all workspaces of an account', async () => {
  const { list, listAll, get } = await started()
  const [account] = (await list('/v1/accounts')).items!
  expect(await (await get(`/v1/accounts/${account!.id}`)).json()).toEqual(account)
  const mine = ids(await listAll(`/v1/accounts/${account!.id}/workspaces`, 'next'))
  const all = ids(await listAll(`/v1/accounts/${account!.id}/companyWorkspaces`, 'next'))
  expect(all).toHaveLength(100)
  expect(mine.length).toBeLessThan(100)
  expect(all).toEqual(expect.arrayContaining(mine))
})

test('returns one user by ID, unless the option is off', async () => {
  const on = await started()
  const [user] = (await on.list('/v1/users?limit=1')).items!
  expect(await (await on.get(`/v1/users/${user!.id}`)).json()).toEqual(user)
  sandbox.data.users.delete(user!.id)
  expect((await on.get(`/v1/users/${user!.id}`)).status).toBe(404)
  await sandbox.close()
  const off = await started({ userById: false })
  expect((await off.get(`/v1/users/${user!.id}`)).status).toBe(404)
})

test('treats a double slash as one slash, and rejects a GET with a JSON content type', async () => {
  const { authorization } = await started()
  const javaLike = await fetch(`${sandbox.url}//v1/users`, { headers: { authorization } })
  expect(((await javaLike.json()) as ListResponse).items).toHaveLength(25)
  expect(sandbox.ledger.at(-1)).toMatchObject({ path: '//v1/users', status: 200 })
  const headers = { authorization, 'content-type': 'application/json' }
  expect((await fetch(`${sandbox.url}/v1/users`, { headers })).status).toBe(400)
})

test('has the same data at every start, and does not change it on reads', async () => {
  const one = await started()
  const page = await one.list('/v1/workspaces')
  const other = await start()
  expect([...other.data.workspaces.values()]).toEqual([...sandbox.data.workspaces.values()])
  expect(page.items![0]!.id).toBe([...other.data.workspaces.keys()][0])
  expect(sandbox.effects).toEqual([])
  await other.close()
})

test('starts without any data on request', async () => {
  const none = { users: 0, workspaces: 0, workspaceGroups: 0, accounts: 0, roles: 0, times: 0, tasklistTemplates: 0 }
  const { list } = await started({ seed: none })
  for (const path of ['users', 'workspaces', 'workspaceGroups', 'accounts', 'roles', 'times', 'tasklists']) {
    expect((await list(`/v1/${path}`)).items).toEqual([])
  }
})

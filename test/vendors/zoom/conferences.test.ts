import { describe, expect, it } from 'vitest'
import type { Conference } from '../../../src/vendors/vendor-objects.ts'
import { asNestedList, asList, open, readAll } from './open.ts'

describe('conferences', () => {
  it('lists the meetings of every host', async () => {
    const { vendor, call, sandbox, meetings } = await open()
    const chain = asNestedList<Conference>(vendor.conferences({}))
    const hosts = await (chain.parent as { loadPage: Function }).loadPage({ size: 300, number: 0 }, call())
    const found: Conference[] = []
    for (const host of hosts.items) found.push(...(await readAll(chain.getChildList(host), call())))
    const listed = meetings.filter(({ type, deleted }) => [2, 3, 8].includes(type) && !deleted)
    expect(found.map(({ vendorId }) => vendorId).toSorted()).toEqual(listed.map(({ id }) => String(id)).toSorted())
    expect(found.every(({ ownerId }) => sandbox.data.users.some(({ id }) => id === ownerId))).toBe(true)
    expect(sandbox.ledger.filter(({ status }) => status === 400)).toHaveLength(2)
  })

  it('uses the host of the list if an item omits its own', async () => {
    const { vendor, call, sandbox } = await open()
    const body = JSON.stringify({ meetings: [{ id: 5, topic: 'x', type: 2 }] })
    sandbox.fault({ match: { path: /meetings/ }, kind: 'body', status: 200, body })
    const list = asList<Conference>(vendor.conferences({ ownerId: 'a' }))
    expect(await readAll(list, call())).toMatchObject([{ vendorId: '5', ownerId: 'a' }])
  })

  it('requests only running meetings if the filter has no other state', async () => {
    const { vendor, call, sandbox, meetings } = await open()
    const running = meetings.find(({ live }) => live)!
    const list = asList<Conference>(vendor.conferences({ ownerId: running.host_id, state: ['RUNNING'] }))
    expect(await readAll(list, call())).toMatchObject([{ vendorId: String(running.id), state: 'RUNNING' }])
    expect(sandbox.ledger.at(-1)!.query).toContain('type=live')
  })

  it('makes no call for a filter that cannot match', async () => {
    const { vendor, call, calls } = await open()
    for (const filter of [{ tag: 'x' }, { state: ['IDLE'] as const }])
      expect(await readAll(asList<Conference>(vendor.conferences(filter)), call())).toEqual([])
    expect(calls()).toEqual([])
  })

  it('lists no meetings for a host who is missing or cannot host', async () => {
    const { vendor, call, sandbox } = await open()
    const restricted = sandbox.data.users.find(({ mayHost }) => !mayHost)!
    for (const ownerId of [restricted.id, 'gone'])
      expect(await readAll(asList<Conference>(vendor.conferences({ ownerId })), call())).toEqual([])
    const body = JSON.stringify({ code: 1010, message: 'User does not belong to this account.' })
    sandbox.fault({ match: { path: /meetings/ }, kind: 'status', status: 400, body })
    expect(await readAll(asList<Conference>(vendor.conferences({ ownerId: 'moved' })), call())).toEqual([])
  })

  it('reads each kind of meeting, without its credentials', async () => {
    const { vendor, call, meetings } = await open()
    const get = async (type: number) =>
      (await vendor.getConference(
        String(meetings.find((meeting) => meeting.type === type && !meeting.live)!.id),
        call(),
      ))!
    expect(await get(2)).toMatchObject({ kind: 'MEETING', schedule: { kind: 'once' }, allowGuests: true })
    expect(await get(3)).toMatchObject({ state: 'IDLE', schedule: { kind: 'permanent' } })
    const series = await get(8)
    expect(series.schedule).toMatchObject({ kind: 'recurring', rrule: 'FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10' })
    expect(JSON.stringify(series)).not.toMatch(/start_url|password|zak=/)
    expect(series.joinUrl).toContain('/j/')
  })

  it('derives the state from status and times', async () => {
    const { vendor, call, meetings, sandbox } = await open()
    const running = meetings.find(({ live }) => live)!
    expect(await vendor.getConference(String(running.id), call())).toMatchObject({ state: 'RUNNING' })
    const planned = meetings.find(({ type, live }) => type === 2 && !live)!
    const host = asList<Conference>(vendor.conferences({ ownerId: planned.host_id }))
    const hour = 3_600_000
    for (const [start, listed, got] of [
      [Date.now() + hour, 'SCHEDULED', 'SCHEDULED'],
      [Date.now() - 1000, 'UNKNOWN', 'IDLE'],
      [Date.now() - 48 * hour, 'ENDED', 'ENDED'],
    ] as const) {
      sandbox.data.meetings.get(planned.id)!.start = start
      const items = await readAll(host, call())
      expect(items.find(({ vendorId }) => vendorId === String(planned.id))!.state).toBe(listed)
      expect(await vendor.getConference(String(planned.id), call())).toMatchObject({ state: got })
    }
  })

  it.each([
    ['/abc==', '%252Fabc%253D%253D'],
    ['ab//c', 'ab%252F%252Fc'],
    ['a/b+c==', 'a%2Fb%2Bc%3D%3D'],
  ])('encodes the UUID %s as Zoom requires', async (uuid, encoded) => {
    const { vendor, call, calls } = await open()
    expect(await vendor.getConference(uuid, call())).toBeNull()
    expect(calls()).toEqual([`GET /meetings/${encoded}`])
  })

  it('returns null for a missing meeting', async () => {
    const { vendor, call } = await open()
    expect(await vendor.getConference('123456789', call())).toBeNull()
  })
})

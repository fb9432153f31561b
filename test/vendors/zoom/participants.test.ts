import { describe, expect, it } from 'vitest'
import type { Participant } from '../../../src/vendors/vendor-objects.ts'
import { asNestedList, open, readAll } from './open.ts'

describe('participants', () => {
  const listAll = async (
    vendor: { participants: Function },
    id: string,
    call: ReturnType<Awaited<ReturnType<typeof open>>['call']>,
  ) => {
    const chain = asNestedList<Participant>(vendor.participants(id))
    const found = new Map<string, Participant[]>()
    for (const source of chain.parent as string[]) found.set(source, await readAll(chain.getChildList(source), call))
    return found
  }

  it('lists the participants of a running meeting', async () => {
    const { vendor, call, meetings, calls } = await open()
    const running = meetings.find(({ live, settings }) => live && settings.approval_type === 2)!
    const found = await listAll(vendor, String(running.id), call())
    const live = found.get('live')!
    expect(live).toHaveLength(running.live!.attendances.length)
    expect(live[0]).toMatchObject({ role: 'OWNER', status: 'JOINED', userId: running.host_id })
    expect(live[2]).toMatchObject({ userId: null, email: null, role: 'ATTENDEE' })
    expect(calls().filter((line) => line === `GET /meetings/${running.id}`)).toHaveLength(1)
    expect(calls()).not.toContainEqual(expect.stringContaining('registrants'))
  })

  it('lists registrants and the participants of the last occurrence', async () => {
    const { vendor, call, sandbox, meetings } = await open()
    const registering = meetings.find(({ settings }) => settings.approval_type === 1)!
    const found = await listAll(vendor, String(registering.id), call())
    const approved = registering.registrants.filter(({ status }) => status === 'approved')
    expect(
      found
        .get('approved')!
        .map(({ vendorId }) => vendorId)
        .toSorted(),
    ).toEqual(approved.map(({ id }) => id).toSorted())
    expect(found.get('pending')!.length).toBeGreaterThan(0)
    expect(JSON.stringify(found.get('approved'))).not.toContain('pin_code')
    const pastMeeting = meetings.find(({ past }) => past.length > 0)!
    const past = (await listAll(vendor, String(pastMeeting.id), call())).get('past')!
    expect(past).toHaveLength(pastMeeting.past.at(-1)!.attendances.length)
    expect(new Set(past.map(({ vendorId }) => vendorId)).size).toBe(past.length)
    expect(past.every(({ status }) => status === 'LEFT')).toBe(true)
    expect(sandbox.effects).toEqual([])
    const byUuid = await listAll(vendor, pastMeeting.past[0]!.uuid, call())
    expect([...byUuid.keys()]).toEqual(['past'])
    expect(byUuid.get('past')!.length).toBeGreaterThan(0)
  })

  it('reads a registrant without a status as registered', async () => {
    const { vendor, call, sandbox, meetings } = await open()
    const registering = meetings.find(({ settings }) => settings.approval_type === 1)!
    const rows = [
      { id: 'a', email: 'a@example.com' },
      { id: 'b', email: 'b@example.com', status: 'cancelled' },
    ]
    const body = JSON.stringify({ registrants: rows })
    sandbox.fault({ match: { path: /registrants/ }, kind: 'body', status: 200, body })
    const chain = asNestedList<Participant>(vendor.participants(String(registering.id)))
    expect(await readAll(chain.getChildList('approved'), call())).toMatchObject([
      { vendorId: 'a', status: 'REGISTERED' },
      { vendorId: 'b', status: 'UNKNOWN' },
    ])
  })

  it('reports a problem for each list that Zoom rejects', async () => {
    const { vendor, call, meetings } = await open({ switches: { paid: false, dashboard: false } })
    const running = meetings.find(({ live }) => live)!
    const chain = asNestedList<Participant>(vendor.participants(String(running.id)))
    for (const source of ['live', 'past']) {
      const page = await chain.getChildList(source).loadPage({ size: 10, link: null }, call())
      expect(page).toMatchObject({ items: [], next: null, problem: { code: 'VENDOR_REJECTED' } })
    }
  })

  it('reports the error for an expired page token', async () => {
    const { vendor, call, meetings } = await open()
    const pastMeeting = meetings.find(({ past }) => past.length > 0)!
    const list = asNestedList<Participant>(vendor.participants(String(pastMeeting.id))).getChildList('past')
    const reading = list.loadPage({ size: 10, link: 'next_page_token=dead' }, call())
    await expect(reading).rejects.toMatchObject({ code: 'VENDOR_REJECTED', vendorCode: '300' })
  })
})

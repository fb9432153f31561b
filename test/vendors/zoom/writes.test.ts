import { describe, expect, it } from 'vitest'
import { inDays, open } from './open.ts'

describe('a meeting', () => {
  it('is updated and fetched again', async () => {
    const { vendor, call, calls, meetings } = await open()
    const { id } = meetings.find(({ type, live }) => type === 2 && !live)!
    const operation = call()
    await vendor.getConference(String(id), operation)
    const schedule = { kind: 'once', startsAt: inDays(9), durationMinutes: 20, timeZone: 'Asia/Tokyo' } as const
    const changes = { title: 'New', description: '', schedule, vendorOptions: { password: 'abc' } }
    const { conference, problems } = await vendor.updateConference(String(id), changes, operation)
    expect(conference).toMatchObject({ title: 'New', description: null, schedule })
    expect(problems).toEqual([])
    expect(calls()).toEqual([`GET /meetings/${id}`, `PATCH /meetings/${id}`, `GET /meetings/${id}`])
    expect(operation.writesSucceeded).toBe(1)
    await expect(vendor.updateConference(String(id), { tags: [] }, call())).rejects.toMatchObject({
      code: 'UNSUPPORTED_BY_VENDOR',
      path: ['input', 'tags'],
    })
  })

  it('reports the changes that Zoom ignored', async () => {
    const { vendor, call, sandbox, meetings } = await open()
    sandbox.switches.unavailableSettings = ['meeting_authentication', 'watermark']
    const meeting = meetings.find(({ type, live }) => type === 2 && !live)!
    const vendorOptions = { settings: { watermark: true, mute_upon_entry: true } }
    const changes = { title: 'New', allowGuests: false, vendorOptions }
    const { conference, problems } = await vendor.updateConference(String(meeting.id), changes, call())
    expect(conference.title).toBe('New')
    expect(problems).toMatchObject([
      { code: 'VENDOR_REJECTED', path: ['input', 'vendorOptions', 'settings', 'watermark'] },
      { code: 'VENDOR_REJECTED', path: ['input', 'allowGuests'] },
    ])
    expect(meeting.settings).toMatchObject({ mute_upon_entry: true })
  })

  it('changes host and invitees by vendorOptions, which have no input in an update', async () => {
    const { vendor, call, sandbox, meetings } = await open()
    const meeting = meetings.find(({ type, live }) => type === 2 && !live)!
    const heir = sandbox.data.users.find(
      ({ id, mayHost, status }) => mayHost && status === 'active' && id !== meeting.host_id,
    )!
    const invitees = [{ email: 'guest@example.com' }]
    const vendorOptions = { schedule_for: heir.email, settings: { meeting_invitees: invitees } }
    const { conference, problems } = await vendor.updateConference(String(meeting.id), { vendorOptions }, call())
    expect(conference.ownerId).toBe(heir.id)
    expect(problems).toEqual([])
    expect(meeting.settings).toMatchObject({ meeting_invitees: invitees })
  })

  it.each([
    [{ schedule_for: 'nobody@example.com' }, ['schedule_for']],
    [{ password: 'x'.repeat(11) }, ['password']],
    [{ settings: { meeting_invitees: [{ email: 'x' }] } }, ['settings', 'meeting_invitees']],
  ])('names the option that Zoom rejects in a change: %j', async (vendorOptions, place) => {
    const { vendor, call, meetings } = await open()
    const { id } = meetings.find(({ type, live }) => type === 2 && !live)!
    await expect(vendor.updateConference(String(id), { vendorOptions }, call())).rejects.toMatchObject({
      code: 'VENDOR_REJECTED',
      path: ['input', 'vendorOptions', ...place],
    })
  })

  it('returns a start URL and does not start the meeting', async () => {
    const { vendor, call, calls, sandbox, meetings } = await open()
    const { id } = meetings.find(({ live, type }) => !live && type === 2)!
    const operation = call()
    await vendor.getConference(String(id), operation)
    const { conference, startUrl, startUrlExpiresAt } = await vendor.runConference(String(id), operation)
    expect(startUrl).toContain(`/s/${id}?zak=`)
    expect(startUrlExpiresAt!.getTime() - Date.now()).toBeGreaterThan(7_100_000)
    expect(conference.state).not.toBe('RUNNING')
    expect(JSON.stringify(conference)).not.toContain('zak')
    expect(calls()).toEqual([`GET /meetings/${id}`, `GET /meetings/${id}`])
    expect(sandbox.effects).toEqual([])
  })

  it('is ended, and deleted', async () => {
    const { vendor, call, sandbox, meetings } = await open()
    const running = meetings.find(({ live }) => live)!
    expect(await vendor.endConference(String(running.id), call())).toMatchObject({ vendorId: String(running.id) })
    expect(running.live).toBeNull()
    await vendor.deleteConference(String(running.id), call())
    expect(sandbox.effects.map(({ kind }) => kind)).toEqual(['endConference', 'deleteConference'])
    await expect(vendor.deleteConference(String(running.id), call())).rejects.toMatchObject({
      code: 'NOT_FOUND',
      delivery: 'rejected',
    })
  })
})

describe('issueUserToken', () => {
  it('issues a key without caching it', async () => {
    const { vendor, call, sandbox, owner } = await open()
    const operation = call()
    const { token, expiresAt } = await vendor.issueUserToken(owner.id, 600, operation)
    expect(token.length).toBeGreaterThan(10)
    expect(Math.abs(expiresAt.getTime() - Date.now() - 600_000)).toBeLessThan(5_000)
    await vendor.issueUserToken(owner.id, null, operation)
    expect(operation.readCache.size).toBe(0)
    expect(sandbox.ledger.at(-1)!.query).toBe('type=zak&ttl=7200')
    expect(sandbox.effects).toHaveLength(2)
  })

  it('reports why no key was issued', async () => {
    const { vendor, call, sandbox } = await open()
    const social = sandbox.data.users.find(({ login_types }) => login_types[0] === 1)!
    await expect(vendor.issueUserToken(social.id, null, call())).rejects.toMatchObject({ code: 'VENDOR_REJECTED' })
    for (const ttl of [0, 1.5, 2_147_483_648])
      await expect(vendor.issueUserToken(social.id, ttl, call())).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        path: ['input', 'ttlSeconds'],
        message: expect.stringContaining('1 to 2,147,483,647'),
      })
  })

  it('accepts the ttl of the example of Zoom, and returns an expiry within one year', async () => {
    const { vendor, call, sandbox, owner } = await open()
    const { token, expiresAt } = await vendor.issueUserToken(owner.id, 68_423_085, call())
    expect(token.length).toBeGreaterThan(10)
    expect(sandbox.ledger.at(-1)!.query).toBe('type=zak&ttl=68423085')
    expect(sandbox.effects).toMatchObject([{ kind: 'issueUserToken', detail: { ttl: 31_536_000 } }])
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(31_536_000_000)
    expect(expiresAt.getTime() - Date.now()).toBeGreaterThan(31_535_900_000)
  })
})

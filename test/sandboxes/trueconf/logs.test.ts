import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { start, type TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'

const day = 86_400_000
const now = Date.UTC(2026, 10, 20, 20)
let clock = now
let sandbox: TrueConfSandbox

beforeEach(() => {
  clock = now
})
afterEach(() => sandbox.close())

async function open(options: Parameters<typeof start>[0] = {}) {
  sandbox = await start({ now: () => clock, users: 20, conferences: 0, ...options })
}

/** Response bodies as any client of the API receives them: untyped. */
async function get(path: string, query: Record<string, string> = {}): Promise<{ status: number; body: any }> {
  const url = new URL(`${sandbox.url}/api/v3.8${path}`)
  url.search = String(new URLSearchParams({ ...query, access_token: sandbox.secretKey }))
  const response = await fetch(url)
  return { status: response.status, body: await response.json() }
}

const listCalls = async (query: Record<string, string> = {}) => (await get('/logs/calls', query)).body

/** Adds a session of a conference that begins at `start` and lasts an hour. */
function hold(id: string, start: number): void {
  clock = start
  sandbox.others.start(id)
  clock = start + 3_600_000
  sandbox.others.end(id)
}

describe('call log of the TrueConf sandbox', () => {
  test.each([
    ['Asia/Kolkata', { date: '2026-11-21 01:30:00.000000', timezone_type: 3, timezone: 'Asia/Kolkata' }],
    ['-03:30', { date: '2026-11-20 16:30:00.000000', timezone_type: 1, timezone: '-03:30' }],
    ['America/New_York', { date: '2026-11-20 15:00:00.000000', timezone_type: 3, timezone: 'America/New_York' }],
  ])('reports times in the time zone of the server, %s', async (timeZone, start_time) => {
    await open({ timeZone })
    hold(sandbox.others.create('Room'), now)
    const { list } = await listCalls()
    expect(list[0]).toMatchObject({ start_time, duration: 3600 })
  })

  test('reads the dates of the query in the requested time zone, or else in that of the server', async () => {
    await open({ timeZone: 'Asia/Kolkata' })
    hold(sandbox.others.create('Room'), now)
    const find = async (date_from: string, timezone = '') => (await listCalls({ date_from, timezone })).cnt
    expect(await find('2026-11-21 01:30:00')).toBe(1)
    expect(await find('2026-11-21 01:30:01')).toBe(0)
    expect(await find('2026-11-20 20:00:00', '0')).toBe(1)
    expect(await find('2026-11-20 20:00:01', '0')).toBe(0)
    expect(await find('2026-11-21 01:30:00', '5.5')).toBe(1)
  })

  test('sorts by start or end, and puts running sessions after all ends', async () => {
    await open()
    const [first, second] = [sandbox.others.create('First'), sandbox.others.create('Second')]
    hold(second, now - day)
    clock = now - 2 * day
    sandbox.others.start(first)
    clock = now
    const topics = async (sort_field: string, sort_order: string) =>
      (await listCalls({ sort_field, sort_order })).list.map(({ topic }: { topic: string }) => topic)
    expect(await topics('start_time', '0')).toEqual(['First', 'Second'])
    expect(await topics('start_time', '1')).toEqual(['Second', 'First'])
    expect(await topics('end_time', '1')).toEqual(['First', 'Second'])
  })

  test('has calls between two users without a conference', async () => {
    await open()
    sandbox.others.callDirectly('helen', 'dean')
    const { list } = await listCalls()
    expect(list).toMatchObject([{ class: 1, named_conf_id: null, topic: null, owner: 'helen@ruwu1.trueconf.name' }])
    const { body } = await get(`/logs/calls/${encodeURIComponent(list[0].conference_id)}/participants`)
    expect(body).toMatchObject({ cnt: 2, list: [{ duration: 60 }, { duration: 60 }] })
  })

  test('keeps the sessions of a deleted conference, with the topic of their time', async () => {
    await open()
    const id = sandbox.others.create('Before')
    hold(id, now)
    sandbox.others.rename(id, 'After')
    hold(id, now + day)
    sandbox.others.delete(id)
    const { list } = await listCalls({ named_conf_id: id, sort_field: 'start_time' })
    expect(list.map(({ topic }: { topic: string }) => topic)).toEqual(['Before', 'After'])
  })

  test('reports users with the domain of the server, and others with their addresses', async () => {
    await open()
    const id = sandbox.others.call('Call', ['helen', 'ann@partner.example', '#tel:100'])
    sandbox.others.leave(id, 'ann@partner.example')
    const { list } = await listCalls()
    const path = `/logs/calls/${encodeURIComponent(list[0].conference_id)}`
    const rows = (await get(`${path}/participants`)).body.list
    expect(rows.map((row: { call_id: string }) => row.call_id)).toEqual([
      'helen@ruwu1.trueconf.name',
      'ann@partner.example',
      '#tel:100',
    ])
    expect(rows.map((row: { leave_time: unknown }) => row.leave_time === null)).toEqual([true, false, true])
  })

  test('can omit a running session from the lookup by ID', async () => {
    await open({ logsRunningCalls: false })
    const id = sandbox.others.call('Call', ['helen'])
    const { list } = await listCalls()
    const path = `/logs/calls/${encodeURIComponent(list[0].conference_id)}`
    expect(await get(path)).toMatchObject({ status: 404, body: { error: { errors: [{ reason: 'callNotFound' }] } } })
    sandbox.others.end(id)
    expect((await get(path)).status).toBe(200)
  })

  test('starts with sessions over ten weeks, rejoins, a federated guest, direct calls, and recordings of some MiB', async () => {
    await open({ users: 500, conferences: 500 })
    const { cnt, list } = await listCalls({ page_size: '1000', sort_field: 'start_time' })
    expect(list).toHaveLength(cnt)
    expect(new Set(list.map((call: { class: number }) => call.class))).toEqual(new Set([1, 2]))
    expect(list.filter((call: { end_time: unknown }) => call.end_time === null)).toHaveLength(5)
    const oldest = Date.parse(`${list[0].start_time.date.replace(' ', 'T')}Z`)
    expect(now - oldest).toBeGreaterThan(70 * day)
    const ids = sandbox.data.calls.flatMap(({ participants }) => participants.map(({ id }) => id))
    expect(ids).toContain('ann.lee@partner.trueconf.name')
    const sizes = [...sandbox.data.conferences.values()].flatMap(({ records }) => records.map(({ size }) => size))
    expect(sizes.length).toBeGreaterThan(10)
    expect(Math.min(...sizes)).toBeGreaterThan(1024 * 1024)
    expect(Math.max(...sizes)).toBeLessThan(4 * 1024 * 1024)
  })
})

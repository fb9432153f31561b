import { afterEach, beforeEach, expect, test } from 'vitest'
import { plans } from '../../../src/sandboxes/zoom/index.ts'
import { connect, type Client } from './client.ts'

let client: Client
beforeEach(async () => void (client = await connect()))
afterEach(() => client.zoom.close())

const rateHeaders = ({ headers }: { headers: Headers }) =>
  ['category', 'type', 'limit', 'remaining'].map((name) => headers.get(`x-ratelimit-${name}`))

test('limits the calls of a label per second, without Retry-After', async () => {
  client.zoom.switches.limits = plans.free
  expect((await client.get('/users')).status).toBe(200)
  expect((await client.get('/users/summary')).status).toBe(200)
  const third = await client.get('/users')
  expect([third.status, third.body]).toEqual([
    429,
    { code: 429, message: 'You have reached the maximum per-second rate limit for this API. Try again later.' },
  ])
  expect(rateHeaders(third)).toEqual(['Medium', 'QPS', '2', '0'])
  expect(third.headers.has('retry-after')).toBe(false)
  expect((await client.get('/users/me')).status).toBe(200)
  client.clock.now += 1000
  expect((await client.get('/users')).status).toBe(200)
})

test('limits calls per day until midnight UTC, with one limit for Heavy and Resource-intensive', async () => {
  client.zoom.switches.limits = { ...plans.business, Heavy: { perDay: 1 }, 'Resource-intensive': { perDay: 1 } }
  const metrics = () => client.get('/metrics/meetings?from=2026-11-01&to=2026-11-20')
  expect((await metrics()).status).toBe(200)
  const heavy = await client.get('/report/meetings/1')
  expect([heavy.status, heavy.body.code]).toEqual([429, 429])
  expect(heavy.body.message).toMatch(/^You have reached the maximum daily rate limit for this API\./)
  expect(heavy.headers.get('retry-after')).toBe('2026-11-21T00:00:00Z')
  expect(rateHeaders(heavy)).toEqual(['Heavy', 'Daily-limit', '1', '0'])
  client.zoom.switches.bareLimits = true
  const bare = await metrics()
  expect(bare.status).toBe(429)
  expect(rateHeaders(bare)).toEqual(['Resource-intensive', null, null, null])
  expect(bare.headers.has('retry-after')).toBe(false)
})

test('allows 100 creations and changes per host and UTC day', async () => {
  const create = () => client.call('POST', '/users/me/meetings', { topic: 'x' })
  const { id } = (await create()).body
  for (let n = 1; n < 100; n++)
    expect((await client.call('PATCH', `/meetings/${id}`, { topic: `${n}` })).status).toBe(204)
  const full = await create()
  expect([full.status, full.body]).toEqual([
    429,
    {
      code: 429,
      message:
        'You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this particular user. You may resume these requests at GMT 00:00:00.',
    },
  ])
  expect(rateHeaders(full)).toEqual(['Light', null, '6000', '5893'])
  expect((await client.call('POST', `/users/${client.zoom.data.users[10]!.id}/meetings`, {})).status).toBe(201)
  expect((await client.call('DELETE', `/meetings/${id}`)).status).toBe(204)
  client.clock.now = Date.parse('2026-11-21T00:00:00Z')
  const next = await client.call('POST', '/users/me/meetings', {}, await client.token())
  expect(next.status).toBe(201)
  expect(client.zoom.effects.filter(({ kind }) => kind === 'updateConference')).toHaveLength(99)
})

test('allows the same registrant three times per day', async () => {
  const { id } = (await client.call('POST', '/users/me/meetings', { settings: { approval_type: 0 } })).body
  const add = () => client.call('POST', `/meetings/${id}/registrants`, { first_name: 'J', email: 'j@example.org' })
  const ids = new Set([await add(), await add(), await add()].map(({ body }) => body.registrant_id))
  expect(ids.size).toBe(1)
  expect((await add()).status).toBe(429)
})

test('loses only the response with a fault that is applied', async () => {
  const path = /\/users\/me\/meetings/
  client.zoom.fault({ match: { method: 'POST', path }, kind: 'reset', times: 1, apply: true })
  await expect(client.call('POST', '/users/me/meetings', { topic: 'Lost' })).rejects.toThrow()
  expect(client.zoom.effects).toMatchObject([{ kind: 'createConference', detail: { topic: 'Lost' } }])
  client.zoom.fault({ match: { path }, kind: 'status', status: 503, times: 1 })
  expect((await client.get('/users/me/meetings')).status).toBe(503)
  expect((await client.get('/users/me/meetings')).status).toBe(200)
})

import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { connect, type Client } from './client.ts'

interface Received {
  headers: IncomingHttpHeaders
  text: string
  message: { event: string; event_ts: number; payload: Record<string, any>; download_token?: string }
}

/**
 * Starts a sandbox, and a receiver of its webhooks that responds to validations.
 *
 * @param statuses Statuses of the next responses.
 */
async function open(options: Parameters<typeof connect>[0] = {}) {
  const client = await connect(options)
  const received: Received[] = []
  const statuses: number[] = []
  const server = createServer(async (request, response) => {
    const text = (await buffer(request)).toString()
    const message = JSON.parse(text) as Received['message']
    const { plainToken } = message.payload
    if (message.event === 'endpoint.url_validation') {
      const encryptedToken = createHmac('sha256', client.zoom.webhooks.secret).update(plainToken).digest('hex')
      return response.end(JSON.stringify({ plainToken, encryptedToken }))
    }
    received.push({ headers: request.headers, text, message })
    return response.writeHead(statuses.shift() ?? 204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    await client.zoom.close()
    server.close()
    server.closeAllConnections()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/zoom`
  expect(await client.zoom.webhooks.subscribe(url)).toBe(true)
  const settle = () => client.zoom.webhooks.settle()
  const names = () => received.map(({ message }) => message.event)
  return { ...client, url, received, statuses, settle, names }
}

const create = async ({ call }: Client, body: object = {}) =>
  (await call('POST', '/users/me/meetings', { topic: 'Plan', ...body })).body as { id: number; uuid: string }

test('signs the bytes of every webhook', async () => {
  const zoom = await open()
  await create(zoom, { topic: 'Überprüfung 🚀' })
  await zoom.settle()
  const [{ headers, text }] = zoom.received as [Received]
  const timestamp = headers['x-zm-request-timestamp']
  expect(timestamp).toBe(String(zoom.clock.now / 1000))
  const digest = createHmac('sha256', zoom.zoom.webhooks.secret).update(`v0:${timestamp}:${text}`).digest('hex')
  expect(headers['x-zm-signature']).toBe(`v0=${digest}`)
  expect(headers['user-agent']).toBe('Zoom Marketplace/1.0a')
})

describe('the sandbox', () => {
  test('sends changes of a meeting, with the old values', async () => {
    const zoom = await open()
    const { id } = await create(zoom)
    await zoom.call('PATCH', `/meetings/${id}`, { topic: 'New', settings: { waiting_room: true } })
    await zoom.call('PATCH', `/meetings/${id}`, { topic: 'New' })
    await zoom.call('DELETE', `/meetings/${id}`)
    await zoom.call('PUT', `/meetings/${id}/status`, { action: 'recover' })
    await zoom.settle()
    expect(zoom.names()).toEqual(['meeting.created', 'meeting.updated', 'meeting.deleted', 'meeting.recovered'])
    const [created, updated, deleted] = zoom.received.map(({ message }) => message.payload)
    expect(created).toMatchObject({
      account_id: zoom.zoom.accountId,
      operator: zoom.zoom.userMailOfOwner,
      operation: 'all',
      object: { id, topic: 'Plan' },
    })
    expect(updated).toMatchObject({ scope: 'all', object: { id, topic: 'New' }, old_object: { id, topic: 'Plan' } })
    expect(Object.keys(updated!['old_object'])).toEqual(['id', 'topic', 'settings'])
    expect(deleted).toMatchObject({ operation: 'all', object: { id } })
  })

  test('sends the deletion of one occurrence', async () => {
    const zoom = await open()
    const recurrence = { type: 1, repeat_interval: 1, end_times: 3 }
    const { id } = await create(zoom, { type: 8, start_time: '2026-12-01T10:00:00Z', recurrence })
    const [occurrence] = zoom.zoom.data.meetings.get(id)!.occurrences!
    await zoom.call('DELETE', `/meetings/${id}?occurrence_id=${occurrence!.occurrence_id}`)
    await zoom.settle()
    expect(zoom.received.at(-1)!.message).toMatchObject({
      event: 'meeting.deleted',
      payload: { operation: 'single', object: { id, occurrences: [{ occurrence_id: occurrence!.occurrence_id }] } },
    })
  })

  test('sends sessions with their participants and recordings, in order', async () => {
    const zoom = await open()
    const { id, uuid } = await create(zoom, { settings: { auto_recording: 'cloud' } })
    await zoom.call('POST', `/__host/meetings/${id}/start`)
    await zoom.call('POST', `/__host/meetings/${id}/join`, { name: 'Jill', email: 'jill@example.org' })
    await zoom.call('POST', `/__host/meetings/${id}/join`, { name: 'Dean', waiting: true })
    await zoom.call('POST', `/__host/meetings/${id}/leave`, { name: 'Jill' })
    await zoom.call('PUT', `/meetings/${id}/status`, { action: 'end' })
    await zoom.settle()
    expect(zoom.names()).toEqual([
      'meeting.created',
      'meeting.started',
      'meeting.participant_joined',
      'meeting.participant_joined',
      'meeting.participant_joined_waiting_room',
      'meeting.participant_left',
      'meeting.participant_left',
      'meeting.participant_left_waiting_room',
      'meeting.ended',
      'recording.completed',
    ])
    expect(new Set(zoom.received.map(({ message }) => message.event_ts)).size).toBe(10)
    const [, started, , joined, , left, , , ended, recorded] = zoom.received.map(({ message }) => message)
    expect(started!.payload['object']).toMatchObject({ id: String(id), uuid, start_time: '2026-11-20T10:30:00Z' })
    const { participant } = joined!.payload['object']
    expect(participant).toMatchObject({
      user_name: 'Jill',
      email: 'jill@example.org',
      join_time: '2026-11-20T10:30:00Z',
    })
    expect(left!.payload['object'].participant).toMatchObject({
      user_id: participant.user_id,
      leave_time: '2026-11-20T10:30:00Z',
    })
    expect(ended!.payload['object']).toMatchObject({ uuid, end_time: '2026-11-20T10:30:00Z' })
    expect(recorded).toMatchObject({ payload: { object: { id, uuid } }, download_token: expect.any(String) })
  })

  test('sends registrations', async () => {
    const zoom = await open()
    const { id } = await create(zoom, { type: 2, start_time: '2026-12-01T10:00:00Z', settings: { approval_type: 1 } })
    const person = { email: 'jill@example.org', first_name: 'Jill' }
    const { registrant_id } = (await zoom.call('POST', `/meetings/${id}/registrants`, person)).body
    const registrants = [{ id: registrant_id }]
    await zoom.call('PUT', `/meetings/${id}/registrants/status`, { action: 'approve', registrants })
    await zoom.call('DELETE', `/meetings/${id}/registrants/${registrant_id}`)
    await zoom.settle()
    expect(zoom.names()).toEqual(
      ['created', 'registration_created', 'registration_approved', 'registration_cancelled'].map(
        (name) => `meeting.${name}`,
      ),
    )
    expect(zoom.received[1]!.message.payload['object']).toMatchObject({
      id,
      registrant: { id: registrant_id, ...person },
    })
  })

  test('sends changes of users', async () => {
    const zoom = await open()
    const info = { email: 'new@example.com', type: 1, first_name: 'New' }
    const { id } = (await zoom.call('POST', '/users', { action: 'create', user_info: info })).body
    await zoom.call('PATCH', `/users/${id}`, { last_name: 'Name' })
    await zoom.call('PUT', `/users/${id}/status`, { action: 'deactivate' })
    await zoom.call('DELETE', `/users/${id}`)
    await zoom.settle()
    expect(zoom.names()).toEqual(['user.created', 'user.updated', 'user.deactivated', 'user.disassociated'])
  })
})

describe('delivery', () => {
  test('is repeated after the status 500 and above, and not after others', async () => {
    const zoom = await open({ switches: { webhookRetries: [1, 1, 1] } })
    zoom.statuses.push(503, 500, 404)
    await create(zoom)
    await vi.waitFor(() => expect(zoom.zoom.webhooks.deliveries).toHaveLength(3))
    await vi.waitFor(() => expect(zoom.zoom.webhooks.deliveries.map(({ status }) => status)).toEqual([503, 500, 404]))
    expect(zoom.zoom.webhooks.deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 3])
    expect(new Set(zoom.received.map(({ text }) => text)).size).toBe(1)
    await create(zoom)
    await zoom.settle()
    expect(zoom.zoom.webhooks.deliveries.at(-1)).toMatchObject({ attempt: 1, status: 204 })
  })

  test('begins only after the receiver has proved that it knows the secret', async () => {
    const zoom = await open()
    const { webhooks } = zoom.zoom
    webhooks.secret = 'another'
    expect(await webhooks.subscribe('http://127.0.0.1:1/')).toBe(false)
    await create(zoom)
    await zoom.settle()
    expect(zoom.received).toEqual([])
    await expect(webhooks.send('{}')).rejects.toThrow('No URL')
    expect(await zoom.call('POST', '/__host/webhook', { url: zoom.url })).toMatchObject({ status: 204 })
    expect(await zoom.call('POST', '/__host/webhook', { url: 'nowhere' })).toMatchObject({ status: 400 })
  })

  test('waits for a validation in progress', async () => {
    const zoom = await open()
    const validated = zoom.zoom.webhooks.subscribe(zoom.url)
    await create(zoom)
    await validated
    await zoom.settle()
    expect(zoom.names()).toEqual(['meeting.created'])
  })

  test('sends any message, signed as a test says', async () => {
    const zoom = await open()
    const headers = { 'x-zm-signature': undefined, 'x-more': 'yes' }
    await zoom.zoom.webhooks.send({ event: 'a', payload: {} }, { secret: 'other', timestamp: '5', headers })
    const [{ headers: sent, text }] = zoom.received as [Received]
    expect(text).toBe('{"event":"a","payload":{}}')
    expect(sent).toMatchObject({ 'x-zm-request-timestamp': '5', 'x-more': 'yes' })
    expect(sent['x-zm-signature']).toBeUndefined()
  })
})

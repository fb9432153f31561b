import { describe, expect, test } from 'vitest'
import { config } from '../../../src/vendors/zoom/config.ts'
import { createEventSocket } from '../../../src/vendors/zoom/event-socket.ts'

const settings = { accountId: 'AAA', clientId: 'client', clientSecret: 'secret' }
const open = (more: object = {}) =>
  createEventSocket(config.parse({ ...settings, eventSubscription: 'sub&1', ...more }), 'AAA')!
const read = (frame: unknown) => open().readFrame(typeof frame === 'string' ? frame : JSON.stringify(frame))

const envelope = {
  event: 'meeting.started',
  event_ts: 1_626_230_691_572,
  payload: { account_id: 'AAA', object: { id: '1234567890', uuid: '4444AAAiAAAAAiAiAiiAii==' } },
}
const event = { type: 'STARTED', conferenceId: '1234567890', occurredAt: envelope.event_ts }

describe('createEventSocket', () => {
  test('returns nothing if no subscription is configured', () => {
    expect(createEventSocket(config.parse(settings), 'AAA')).toBeUndefined()
  })

  test('puts the subscription and the token into the query', () => {
    const socket = open({ eventUrl: 'wss://events.example.com/ws' })
    expect(socket.createUrl('a+b/c=')).toBe(
      'wss://events.example.com/ws?subscriptionId=sub%261&access_token=a%2Bb%2Fc%3D',
    )
  })

  test('accepts a connection that was built', () => {
    expect(read({ module: 'build_connection', success: true, content: 'ok', header: {} })).toEqual({ kind: 'accepted' })
  })

  test.each(['Invalid Token', 'token is empty'])('reports "%s" as a rejected token', (content) => {
    expect(read({ module: 'build_connection', success: false, content })).toEqual({
      kind: 'rejected',
      error: { code: 'TOKEN_REJECTED', vendorMessage: content },
    })
  })

  test.each([{ content: 'subscription not found' }, {}])('reports another rejection as forbidden: %j', (more) => {
    expect(read({ module: 'build_connection', success: false, ...more })).toMatchObject({
      kind: 'rejected',
      error: { code: 'VENDOR_FORBIDDEN' },
    })
  })

  test.each([
    ['text', JSON.stringify(envelope)],
    ['an object', envelope],
  ])('reads a message whose content is %s', (_, content) => {
    expect(read({ module: 'message', content })).toMatchObject({ kind: 'message', message: { event } })
  })

  test('gives a message the same identity, whether its content is text or an object', () => {
    const large = { ...envelope.payload.object, participant: { user_id: 'x' } }
    const content = JSON.stringify({ ...envelope, payload: { object: large } }).replace('"x"', '90071992547409931234')
    const frames = [`{"module":"message","content":${content}}`, JSON.stringify({ module: 'message', content })]
    const [first, second] = frames.map((frame) => read(frame))
    expect(first).toMatchObject({ kind: 'message', message: { event: { type: 'STARTED' } } })
    expect(second).toEqual(first)
  })

  test.each([
    ['an acknowledgment', { module: 'heartbeat', success: true, content: 'live', header: {} }],
    ['an event of another account', { module: 'message', content: { ...envelope, payload: { account_id: 'BBB' } } }],
    ['an event that is not used', { module: 'message', content: { ...envelope, event: 'webinar.started' } }],
  ])('reads %s as a sign of life', (_, frame) => {
    expect(read(frame)).toEqual({ kind: 'other' })
  })

  test.each([
    ['empty', ''],
    ['truncated', '{"module":"message","content":"{'],
    ['null', 'null'],
    ['an array', '[]'],
    ['of an unknown module', { module: 'constructor' }],
    ['without a module', {}],
    ['without content', { module: 'message' }],
    ['with empty content', { module: 'message', content: '' }],
    ['with truncated content', { module: 'message', content: '{"event":"meeting.started"' }],
    ['without an ID', { module: 'message', content: { ...envelope, payload: {} } }],
    ['too deep', `{"module":"message","content":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('reports a frame that is %s as unreadable', (_, frame) => {
    expect(read(frame)).toEqual({ kind: 'unreadable' })
  })
})

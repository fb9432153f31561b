import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { createHookReceiver, type HookReceiverOptions } from '../../src/events/receive-hook.ts'
import type { HookResult, VendorMessage } from '../../src/vendors/vendor-events.ts'
import { createAccount, openEvents, pushingVendor, readMessage } from './open.ts'

const message: VendorMessage = {
  identity: 'identity-1',
  occurredAt: 5_000,
  event: { type: 'STARTED', conferenceId: '1', occurredAt: 5_000, changed: [], participant: null, raw: null },
  outdatedConference: '1',
  areUsersOutdated: false,
}
const late: HookResult = { kind: 'late', ageMs: 400_000, message }

function open(results: HookResult[], options: Partial<HookReceiverOptions> = {}) {
  const account = createAccount('zoom', pushingVendor)
  const live = openEvents({ accounts: [account] })
  const requests: unknown[] = []
  const receive = createHookReceiver({
    readHook: async (request) => {
      requests.push(request)
      return results.shift()!
    },
    sink: live.events.createHookSink(account),
    clock: live.clock,
    getMaxAgeMs: () => 300_000,
    ...options,
  })
  const send = () => receive({ 'x-name': 'value' }, Buffer.from('body'))
  return { ...live, account, requests, send }
}

describe('createHookReceiver', () => {
  test('passes the request with the time and the maximum age', async () => {
    const { send, requests, clock } = open([{ kind: 'unverified' }])
    await send()
    expect(requests).toEqual([
      { headers: { 'x-name': 'value' }, body: Buffer.from('body'), now: clock.now(), maxAgeMs: 300_000 },
    ])
  })

  test('records an event once, and accepts its repetitions', async () => {
    const { send, subscribe, outdated, record } = open([
      { kind: 'message', message },
      { kind: 'message', message },
    ])
    const stream = subscribe()
    await readMessage(stream)
    expect(await Promise.all([send(), send()])).toEqual([
      { status: 204, result: 'accepted' },
      { status: 204, result: 'accepted' },
    ])
    expect((await readMessage(stream)).entry?.entry).toMatchObject({
      kind: 'event',
      account: 'zoom',
      origin: 'WEBHOOK',
      event: message.event,
    })
    expect(outdated).toContain('zoom 1')
    await record({ conferenceId: '2' })
    expect((await readMessage(stream)).entry?.entry).toMatchObject({ event: { conferenceId: '2' } })
  })

  test('records a gap once if the message is too old, and its event if it arrives in time later', async () => {
    const { send, clock, subscribe } = open([late, late, { kind: 'message', message }])
    const stream = subscribe()
    await readMessage(stream)
    for (let time = 0; time < 2; time++) expect(await send()).toEqual({ status: 401, result: 'late', ageMs: 400_000 })
    await send()
    expect(await readMessage(stream)).toMatchObject({
      gaps: [{ since: 5_000, until: clock.now() }],
      entry: { entry: { kind: 'event' } },
    })
  })

  test.each<HookResult>([
    { kind: 'late', ageMs: 1, message: null },
    { kind: 'late', ageMs: 1, message: { ...message, event: null } },
  ])('records no gap if no event was missed', async (result) => {
    const { send, subscribe } = open([result, { kind: 'message', message }])
    const stream = subscribe()
    await readMessage(stream)
    expect(await send()).toMatchObject({ status: 401 })
    await send()
    expect(await readMessage(stream)).toMatchObject({ gaps: [], entry: { entry: { kind: 'event' } } })
  })

  test.each<[string, HookResult, object]>([
    ['an ignored message', { kind: 'ignored' }, { status: 204, result: 'ignored' }],
    ['a validation', { kind: 'validation', reply: { a: 1 } }, { status: 200, result: 'validated', body: { a: 1 } }],
  ])('reports that the vendor sent %s', async (_, result, received) => {
    const { send, events, account, clock } = open([result])
    expect(events.states.find(account).heardAt).toBeNull()
    expect(await send()).toEqual(received)
    expect(events.states.find(account).heardAt).toBe(clock.now())
  })

  test.each<[string, HookResult, object]>([
    ['an unverified message', { kind: 'unverified' }, { status: 401, result: 'unverified' }],
    ['an unreadable message', { kind: 'unreadable' }, { status: 400, result: 'unreadable' }],
    ['a late message', late, { status: 401, result: 'late' }],
  ])('does not report that the vendor sent %s', async (_, result, received) => {
    const { send, events, account } = open([result])
    expect(await send()).toMatchObject(received)
    expect(events.states.find(account).heardAt).toBeNull()
  })
})

describe('event log that does not record', () => {
  const unavailable = async () => {
    throw new Problem('STORE_UNAVAILABLE', 'Redis is unavailable.')
  }
  const createSink = (record: () => Promise<void>) => ({
    sink: { reportHeard: () => {}, recordMessage: record, recordLateMessage: record },
  })

  test.each<[string, HookResult]>([
    ['a message', { kind: 'message', message }],
    ['a late message', late],
  ])('is reported with 503 for %s', async (_, result) => {
    const { send } = open([result], createSink(unavailable))
    expect(await send()).toEqual({ status: 503, result: 'unavailable' })
  })

  test('is reported with 503 after 2 s if it does not respond', async () => {
    const { send, clock } = open(
      [{ kind: 'message', message }],
      createSink(() => new Promise(() => {})),
    )
    const received = send()
    await setImmediate()
    clock.advance(1_999)
    expect(await Promise.race([received, setImmediate('waiting')])).toBe('waiting')
    clock.advance(1)
    expect(await received).toEqual({ status: 503, result: 'unavailable' })
  })

  test('is not assumed for an internal error', async () => {
    const fail = async () => {
      throw new Error('broken')
    }
    await expect(open([{ kind: 'message', message }], createSink(fail)).send()).rejects.toThrow('broken')
  })
})

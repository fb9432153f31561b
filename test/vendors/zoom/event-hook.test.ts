import { createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { describe, expect, test } from 'vitest'
import { createHookReader } from '../../../src/vendors/zoom/event-hook.ts'
import { signHook } from '../../support/zoom-hook.ts'

const now = 1_764_460_800_000
const minute = 60_000
const maxAgeMs = 5 * minute
const envelope = {
  event: 'meeting.started',
  event_ts: now - 1_000,
  payload: { account_id: 'account-1', object: { id: '1234567890', uuid: 'u==', topic: 'Plan' } },
}
const text = JSON.stringify(envelope)
const timestamp = String(now / 1000)
const toSeconds = (offsetMs: number) => String((now + offsetMs) / 1000)

const read = (body: string | Buffer, headers: IncomingHttpHeaders, secrets: readonly string[] = ['secret']) =>
  createHookReader({ secrets, accountId: 'account-1' })({ headers, body: Buffer.from(body), now, maxAgeMs })

const readSigned = (body: string | Buffer, at = timestamp) => read(body, signHook(body, 'secret', at))

describe('signature of a webhook', () => {
  test('is verified over the received bytes', async () => {
    const spaced = `  {"payload" : {"object":{"topic":"Überprüfung 🚀 \\u2028 \u2028","id":1234567890}},\n "event_ts": ${now}, "event":"meeting.started"}`
    expect(await readSigned(spaced)).toMatchObject({
      kind: 'message',
      message: { occurredAt: now, event: { type: 'STARTED', conferenceId: '1234567890' } },
    })
    const headers = signHook(JSON.stringify(JSON.parse(spaced)), 'secret', timestamp)
    expect(await read(spaced, headers)).toEqual({ kind: 'unverified' })
  })

  test('is accepted with a timestamp in milliseconds, and in upper-case hex', async () => {
    expect(await readSigned(text, String(now))).toMatchObject({ kind: 'message' })
    const headers = signHook(text, 'secret', timestamp)
    const digest = headers['x-zm-signature']!.slice(3).toUpperCase()
    expect(await read(text, { ...headers, 'x-zm-signature': `v0=${digest}` })).toMatchObject({ kind: 'message' })
  })

  const valid = signHook(text, 'secret', timestamp)
  const signature = valid['x-zm-signature']!
  test.each([
    ['no signature', { 'x-zm-request-timestamp': timestamp }],
    ['an empty signature', { ...valid, 'x-zm-signature': '' }],
    ['another scheme', { ...valid, 'x-zm-signature': signature.replace('v0', 'v1') }],
    ['no scheme', { ...valid, 'x-zm-signature': signature.slice(3) }],
    ['zeros', { ...valid, 'x-zm-signature': `v0=${'0'.repeat(64)}` }],
    ['a value that is not hex', { ...valid, 'x-zm-signature': `v0=${'g'.repeat(64)}` }],
    ['a short value', { ...valid, 'x-zm-signature': signature.slice(0, -2) }],
    ['a long value', { ...valid, 'x-zm-signature': `${signature}00` }],
    ['a line break', { ...valid, 'x-zm-signature': `${signature}\n` }],
    ['two signatures', { ...valid, 'x-zm-signature': `${signature}, ${signature}` }],
    ['another secret', signHook(text, 'another', timestamp)],
    ['another body', signHook(`${text} `, 'secret', timestamp)],
    ['another timestamp', { ...valid, 'x-zm-request-timestamp': toSeconds(1_000) }],
    ['no timestamp', { 'x-zm-signature': signature }],
    ['two timestamps', { ...valid, 'x-zm-request-timestamp': `${timestamp}, ${timestamp}` }],
  ])('is rejected with %s', async (_, headers) => {
    expect(await read(text, headers)).toEqual({ kind: 'unverified' })
  })

  test.each([
    ['no characters', ''],
    ['a word', 'yesterday'],
    ['400 digits', '1'.repeat(400)],
    ['a negative number', '-176446080'],
    ['an exponent', '17644608e2'],
    ['a fraction', '1764460800.5'],
    ['a space', ' 1764460800'],
  ])('is rejected with a timestamp of %s, even if it is signed', async (_, at) => {
    expect(await readSigned(text, at)).toEqual({ kind: 'unverified' })
  })

  test('is accepted up to the maximum age, and rejected from further in the future', async () => {
    for (const offset of [-maxAgeMs, maxAgeMs])
      expect(await readSigned(text, toSeconds(offset))).toMatchObject({ kind: 'message' })
    expect(await readSigned(text, toSeconds(maxAgeMs + 1_000))).toEqual({ kind: 'unverified' })
  })

  test('is accepted with each of two secrets', async () => {
    for (const secret of ['new', 'old'])
      expect(await read(text, signHook(text, secret, timestamp), ['new', 'old'])).toMatchObject({ kind: 'message' })
    expect(await read(text, signHook(text, 'third', timestamp), ['new', 'old'])).toEqual({ kind: 'unverified' })
  })
})

describe('webhook that is too old', () => {
  test('is reported with its age and its message', async () => {
    expect(await readSigned(text, toSeconds(-6 * minute))).toMatchObject({
      kind: 'late',
      ageMs: 6 * minute,
      message: { occurredAt: now - 1_000, event: { type: 'STARTED' } },
    })
  })

  test.each(['broken', JSON.stringify({ event: 'webinar.started' })])('has no message if it is %s', async (body) => {
    expect(await readSigned(body, toSeconds(-6 * minute))).toEqual({ kind: 'late', ageMs: 6 * minute, message: null })
  })

  test('is not reported if the signature is invalid', async () => {
    expect(await read(text, signHook(text, 'another', toSeconds(-6 * minute)))).toEqual({ kind: 'unverified' })
  })
})

describe('body of a webhook', () => {
  test.each([
    ['empty', ''],
    ['not JSON', '{"event":'],
    ['an array', '[]'],
    ['null', 'null'],
    ['without an event', '{}'],
    ['with a number as its event', '{"event":7}'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['nested deeply', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['one long number', '1'.repeat(1024 * 1024)],
  ])('is unreadable if it is %s', async (_, body) => {
    expect(await readSigned(body)).toEqual({ kind: 'unreadable' })
  })

  test('has exact IDs beyond 2^53', async () => {
    const body = text.replace('"1234567890"', '9007199254740993')
    expect(await readSigned(body)).toMatchObject({ message: { event: { conferenceId: '9007199254740993' } } })
    const quoted = await readSigned(text.replace('1234567890', '9007199254740993'))
    expect((await readSigned(body)) as object).toMatchObject({
      message: { identity: (quoted as { message: { identity: string } }).message.identity },
    })
  })

  test('is read with the last of two equal keys', async () => {
    const body = text.replace('"event":', '"event":"meeting.ended","event":')
    expect(await readSigned(body)).toEqual(await readSigned(text))
  })

  test('is read after a byte order mark, and with half of a surrogate pair', async () => {
    expect(await readSigned(`\uFEFF${text.replace('Plan', '\\ud83d')}`)).toMatchObject({
      message: { event: { type: 'STARTED', raw: { payload: { object: { topic: '\uD83D' } } } } },
    })
  })

  test('is ignored if it is for another account', async () => {
    expect(await readSigned(text.replace('account-1', 'account-2'))).toEqual({ kind: 'ignored' })
  })
})

describe('validation of the URL', () => {
  const createBody = (plainToken: unknown) =>
    JSON.stringify({ event: 'endpoint.url_validation', event_ts: now, payload: { plainToken } })
  const encrypt = (secret: string, token: string) => createHmac('sha256', secret).update(token).digest('hex')

  test('receives a response with the secret that signed it', async () => {
    const body = createBody('qgg8vlvZRS6UYooatFL8Aw')
    for (const secret of ['new', 'old'])
      expect(await read(body, signHook(body, secret, timestamp), ['new', 'old'])).toEqual({
        kind: 'validation',
        reply: {
          plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
          encryptedToken: encrypt(secret, 'qgg8vlvZRS6UYooatFL8Aw'),
        },
      })
  })

  test('is rejected if it is unsigned, wrongly signed, or old', async () => {
    const body = createBody('token')
    expect(await read(body, {})).toEqual({ kind: 'unverified' })
    expect(await read(body, signHook(body, 'another', timestamp))).toEqual({ kind: 'unverified' })
    expect(await readSigned(body, toSeconds(-6 * minute))).toEqual({ kind: 'late', ageMs: 6 * minute, message: null })
  })

  test.each([
    ['a text that a signature covers', `v0:${timestamp}:${text}`],
    ['a colon', 'v0:1'],
    ['5,000 characters', 'a'.repeat(5_000)],
    ['129 characters', 'a'.repeat(129)],
    ['no characters', ''],
    ['a space', 'a b'],
    ['a line end', 'a\n'],
    ['the type number', 7],
    ['the value null', null],
    ['the type object', {}],
  ])('is unreadable with a token of %s', async (_, token) => {
    expect(await readSigned(createBody(token))).toEqual({ kind: 'unreadable' })
  })

  test('accepts 128 characters', async () => {
    expect(await readSigned(createBody('aZ9._~+/=-'.repeat(13).slice(0, 128)))).toMatchObject({ kind: 'validation' })
  })
})

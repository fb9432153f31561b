import { expect, test } from 'vitest'
import { createLogger, createUpstreamLog } from '../../src/telemetry/log.ts'
import { Problem } from '../../src/core/errors.ts'

function open(level: string) {
  const lines: Record<string, unknown>[] = []
  const log = createLogger(level, { write: (text) => void lines.push(JSON.parse(text) as Record<string, unknown>) })
  return { log, lines }
}

test('logs only allowed fields', () => {
  const { log, lines } = open('info')
  log.info({ requestId: 'r', url: 'u', headers: { authorization: 'Bearer secret' }, body: 'secret' }, 'operation')
  expect(lines).toEqual([{ level: 30, time: expect.any(String), requestId: 'r', url: 'u', msg: 'operation' }])
})

test('logs the name, code, and message of an error, but no other properties', () => {
  const { log, lines } = open('info')
  const cause = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET', socket: 'secret' })
  log.error({ err: new Problem('VENDOR_UNAVAILABLE', 'The vendor cannot be reached.', { cause }) }, 'internal error')
  expect(lines[0]).toMatchObject({
    err: {
      name: 'Problem',
      code: 'VENDOR_UNAVAILABLE',
      cause: { code: 'UND_ERR_SOCKET', message: 'other side closed' },
    },
  })
  expect(JSON.stringify(lines)).not.toContain('secret')
})

test('does not log the text of a syntax error, in the message and in the stack', () => {
  const { log, lines } = open('info')
  for (const text of ['{"token": "secret', 'secret\nsecret']) {
    try {
      JSON.parse(text)
    } catch (err) {
      log.error({ err }, 'internal error')
    }
  }
  log.error({ err: new Error('one line\nsecret: another') }, 'internal error')
  expect(lines).toHaveLength(3)
  expect(JSON.stringify(lines.slice(0, 2))).not.toContain('secret')
  expect(lines[2]).toMatchObject({ err: { stack: expect.not.arrayContaining([expect.stringContaining('secret')]) } })
})

test('logs every vendor call at debug, without IDs and URLs', () => {
  const { log, lines } = open('debug')
  const logEvent = createUpstreamLog(log)
  logEvent('zoom', {
    kind: 'call',
    method: 'GET',
    status: 503,
    code: 'VENDOR_UNAVAILABLE',
    ms: 7,
    attempt: 2,
    requestId: 'r',
  })
  expect(lines).toMatchObject([{ level: 20, msg: 'vendor call' }])
  const { level: _, time: __, msg: ___, ...fields } = lines[0]!
  expect(fields).toEqual({
    account: 'zoom',
    method: 'GET',
    status: 503,
    code: 'VENDOR_UNAVAILABLE',
    ms: 7,
    attempt: 2,
    requestId: 'r',
  })
})

test('logs each change of a circuit breaker or rate limit once', () => {
  const { log, lines } = open('info')
  let now = 0
  const logEvent = createUpstreamLog(log, () => now)
  for (const open of [true, true, false, false]) logEvent('zoom', { kind: 'breaker', open })
  for (const until of [1_000, 2_000]) logEvent('zoom', { kind: 'cooldown', until })
  now = 2_001
  logEvent('zoom', { kind: 'cooldown', until: 3_000 })
  logEvent('zoom', { kind: 'token', code: 'VENDOR_AUTH_FAILED' })
  logEvent('zoom', { kind: 'token', code: null })
  expect(lines.map(({ level, account, msg, until, code }) => [level, account, msg, until ?? code])).toEqual([
    [40, 'zoom', 'circuit breaker opened', undefined],
    [40, 'zoom', 'circuit breaker closed', undefined],
    [40, 'zoom', 'rate limit exceeded', '1970-01-01T00:00:01.000Z'],
    [40, 'zoom', 'rate limit exceeded', '1970-01-01T00:00:03.000Z'],
    [40, 'zoom', 'token request failed', 'VENDOR_AUTH_FAILED'],
  ])
})

test('shortens texts of callers to 300 characters', () => {
  const { log, lines } = open('info')
  log.info({ operation: 'q'.repeat(900_000), caller: `jwt:${'é'.repeat(8_000)}`, requestId: 'r' }, 'operation')
  log.error({ err: new Error('x'.repeat(100_000)) }, 'internal error')
  expect(String(lines[0]!['operation'])).toHaveLength(300)
  expect(String(lines[0]!['caller'])).toHaveLength(300)
  expect(lines[0]!['requestId']).toBe('r')
  expect(JSON.stringify(lines[1]).length).toBeLessThan(2_000)
})

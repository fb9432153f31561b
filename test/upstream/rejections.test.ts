import { describe, expect, test } from 'vitest'
import type { ErrorParser } from '../../src/upstream/vendor-client.ts'
import { FaultServer } from '../support/fault-server.ts'
import * as faults from '../support/faults.ts'
import { expectProblem, fiveIds, healthy, problemOf, steppedClock, withRow } from './row.ts'

const status = (code: number, headers: Record<string, string> = {}, body: unknown = {}): faults.Kind =>
  faults.reply({ status: code, headers, body })
const both = ['read', 'write'] as const
const expected = { read: fiveIds, write: 'new' }

describe('a rejected token', () => {
  test.each(both)('is renewed once: %s', (kind) =>
    withRow({}, async (row) => {
      row.server.script({ kind: status(401), times: 1 })
      expect(await row[kind]()).toEqual(expected[kind])
      expect(row.server.ledger.requests).toHaveLength(2)
      expect(row.tokenFetches()).toBe(2)
    }),
  )
  test.each(both)('fails if it is always rejected: %s', (kind) =>
    withRow({ clock: steppedClock() }, async (row) => {
      row.server.script({ kind: status(401) })
      const dead = { code: 'VENDOR_AUTH_FAILED', retryable: false }
      expectProblem(await problemOf(row[kind]()), { ...dead, delivery: 'rejected', status: 401 })
      expectProblem(await problemOf(row[kind]()), { ...dead, delivery: 'not-sent' })
      expect(row.server.ledger.requests).toHaveLength(2)
      expect(row.tokenFetches()).toBe(2)
    }),
  )
  test('is recognized in a 200 response', () => {
    const errorParser: ErrorParser = {
      parseError: ({ body }) =>
        (body as { code?: number } | null)?.code === 124 ? { code: 'TOKEN_REJECTED', vendorCode: '124' } : null,
    }
    return withRow({ errorParser }, async (row) => {
      row.server.script({ kind: status(200, {}, { code: 124 }), times: 1 })
      expect(await row.write()).toBe('new')
      expect(row.server.ledger.effects).toEqual(['created'])
      expect(row.tokenFetches()).toBe(2)
    })
  })
  test('is not renewed if it is a configured key', () =>
    withRow(
      { authScheme: { isRenewable: false, fetchToken: async () => ({ value: 'key', expiresAt: null }) } },
      async (row) => {
        row.server.script({ kind: status(401) })
        expectProblem(await problemOf(row.read()), { code: 'VENDOR_AUTH_FAILED', retryable: false })
        expect(row.server.ledger.requests).toHaveLength(1)
      },
    ))
})

describe('error statuses', () => {
  test.each([
    { code: 403, says: 'VENDOR_FORBIDDEN', retryable: true },
    { code: 404, says: 'NOT_FOUND', retryable: false },
    { code: 409, says: 'VENDOR_CONFLICT', retryable: false },
    { code: 400, says: 'VENDOR_REJECTED', retryable: false },
    { code: 422, says: 'VENDOR_REJECTED', retryable: false },
  ])('reports $says when the vendor responds with $code', ({ code, says, retryable }) =>
    withRow({}, async (row) => {
      row.server.script({ kind: status(code) })
      for (const kind of both)
        expectProblem(await problemOf(row[kind]()), { code: says, retryable, delivery: 'rejected', status: code })
      expect(row.server.ledger.requests).toHaveLength(2)
      expect(row.tokenFetches()).toBe(1)
    }),
  )

  test.each([
    [
      '502 with a proxy’s page',
      faults.reply({ status: 502, headers: { 'Content-Type': 'text/html' }, body: '<html>' }),
      502,
    ],
    ['503', status(503), 503],
    ['500 with a body that does not decompress', status(500, { 'Content-Encoding': 'gzip' }), 500],
    ['500 with a body without end', faults.reply({ status: 500, body: Buffer.alloc(20_000_000) }), 500],
    ['408', status(408), 408],
  ])('treats the effect as unknown after %s', (_, kind, code) =>
    withRow({}, async (row) => {
      row.server.script({ kind })
      expectProblem(await problemOf(row.read()), { code: 'VENDOR_UNAVAILABLE', delivery: 'unknown', status: code })
      expect(row.server.ledger.requests).toHaveLength(3)
      expectProblem(await problemOf(row.write()), { code: 'VENDOR_UNAVAILABLE', delivery: 'unknown', status: code })
      expect(row.server.ledger.requests).toHaveLength(4)
    }),
  )

  test('retries after one 500', () =>
    withRow({}, async (row) => {
      row.server.script({ kind: status(500), times: 1 })
      expect(await row.read()).toEqual(fiveIds)
      expect(row.server.ledger.requests).toHaveLength(2)
    }))

  test('does not retry a read if another attempt could exceed the deadline', () => {
    const clock = steppedClock()
    return withRow({ clock }, async (row) => {
      const { signal } = new AbortController()
      const fail = status(503)
      // Of the 25 s of the operation, too few are left for the 12 s of a third attempt.
      row.server.script({ kind: (exchange) => void clock.sleep(8_000, signal).then(() => fail(exchange)) })
      expectProblem(await problemOf(row.read()), { code: 'VENDOR_UNAVAILABLE', status: 503 })
      expect(row.server.ledger.requests).toHaveLength(2)
    })
  })

  test.each([302, 307])('does not follow a %i to another host', async (code) => {
    const other = await FaultServer.start({ respond: healthy })
    await withRow({}, async (row) => {
      row.server.script({ kind: faults.redirect(code, `${other.url}/v1/items`) })
      for (const kind of both)
        expectProblem(await problemOf(row[kind]()), { code: 'VENDOR_BAD_RESPONSE', delivery: 'unknown', status: code })
      expect(row.server.ledger.requests).toHaveLength(2)
    })
    expect(other.ledger.connects).toBe(0)
    await other.close()
  })
})

describe('errors that the error parser recognizes', () => {
  const errorParser: ErrorParser = {
    parseError: ({ body, status }) => {
      const { code, message } = (body ?? {}) as { code?: number; message?: string }
      if (code === 4711)
        return { code: 'VENDOR_FORBIDDEN', message: 'A scope is missing.', retryable: false, vendorCode: '4711' }
      if (code === undefined || (status < 300 && code < 300)) return null
      return {
        code: 'VENDOR_REJECTED',
        vendorCode: String(code),
        vendorMessage: message ?? '',
        path: ['input', 'title'],
      }
    },
  }
  test.each([400, 401])('does not renew the token after a missing scope with status %i', (code) =>
    withRow({ errorParser }, async (row) => {
      row.server.script({ kind: status(code, {}, { code: 4711 }) })
      for (const kind of both)
        expectProblem(await problemOf(row[kind]()), {
          code: 'VENDOR_FORBIDDEN',
          retryable: false,
          delivery: 'rejected',
        })
      expect(row.server.ledger.requests).toHaveLength(2)
      expect(row.tokenFetches()).toBe(1)
    }),
  )
  test('reports the input path and a truncated, redacted message', () =>
    withRow({ errorParser }, async (row) => {
      row.server.script({ kind: status(400, {}, { code: 300, message: `a\u001b[31m\u202e${'b'.repeat(400)}` }) })
      const problem = await problemOf(row.write())
      expectProblem(problem, { code: 'VENDOR_REJECTED', retryable: false, delivery: 'rejected', status: 400 })
      expect(problem.path).toEqual(['input', 'title'])
      expect(problem.vendorCode).toBe('300')
      expect(problem.vendorMessage).toHaveLength(300)
      expect(problem.vendorMessage).toMatch(/^a \[31m b+…$/)
    }))
  test('recognizes an error in a 200 response of a text request', () =>
    withRow({ errorParser }, async (row) => {
      row.server.script({ kind: status(200, {}, { code: 300 }) })
      const problem = await problemOf(row.write(row.call(), { text: true }))
      expectProblem(problem, { code: 'VENDOR_REJECTED', retryable: false, delivery: 'rejected' })
      row.server.script({ kind: status(200, { 'Content-Type': 'text/plain' }, '{ not JSON') })
      expect((await problemOf(row.write(row.call(), { text: true }))).code).toBe('VENDOR_REJECTED')
    }))
  test('recognizes an error in a 200 response', () =>
    withRow({ errorParser }, async (row) => {
      row.server.script({ kind: status(200, {}, { code: 300, items: [], id: 'x' }) })
      for (const kind of both)
        expectProblem(await problemOf(row[kind]()), { code: 'VENDOR_REJECTED', retryable: false, delivery: 'rejected' })
      expect(row.server.ledger.effects).toEqual([])
    }))
})

describe('rate limits', () => {
  const start = Date.UTC(2026, 0, 1)
  const limited = (header: string | null): faults.Kind => status(429, header === null ? {} : { 'Retry-After': header })

  test.each(both)('waits for a Retry-After in seconds: %s', (kind) => {
    const clock = steppedClock(start)
    return withRow({ clock }, async (row) => {
      row.server.script({ kind: limited('2'), times: 1 })
      expect(await row[kind]()).toEqual(expected[kind])
      expect(clock.slept).toEqual([2_000])
      expect(row.server.ledger.requests).toHaveLength(2)
    })
  })
  test('waits for a Retry-After with an HTTP date', () => {
    const clock = steppedClock(start)
    return withRow({ clock }, async (row) => {
      row.server.script({ kind: limited(new Date(start + 2_000).toUTCString()), times: 1 })
      expect(await row.read()).toEqual(fiveIds)
      expect(clock.slept).toEqual([2_000])
    })
  })
  test.each(both)('fails at once if the cooldown ends after the deadline: %s', (kind) => {
    const clock = steppedClock(start)
    const until = start + 36_000_000
    return withRow({ clock }, async (row) => {
      row.server.script({ kind: limited(new Date(until).toISOString()) })
      const problem = await problemOf(row[kind]())
      expectProblem(problem, { code: 'VENDOR_RATE_LIMITED', delivery: 'rejected', status: 429 })
      expect(problem.retryAt).toBe(until)
      expect(row.upstream.getHealth().rateLimitedUntil).toBe(until)
      const next = await problemOf(row[kind]())
      expectProblem(next, { code: 'VENDOR_RATE_LIMITED', delivery: 'not-sent', status: null })
      expect(next.retryAt).toBe(until)
      expect(await row.write(row.call(), { rateLimit: 'another' }).catch((error: unknown) => error)).toMatchObject({
        delivery: 'rejected',
      })
      expect(row.server.ledger.requests).toHaveLength(2)
      expect(clock.slept).toEqual([])
    })
  })
  test.each(both)('retries with backoff without Retry-After: %s', (kind) => {
    const clock = steppedClock(start)
    return withRow({ clock, random: () => 0.5 }, async (row) => {
      row.server.script({ kind: limited(null) })
      expectProblem(await problemOf(row[kind]()), { code: 'VENDOR_RATE_LIMITED', delivery: 'rejected' })
      expect(clock.slept).toEqual([1_250, 2_500])
      expect(row.server.ledger.requests).toHaveLength(3)
    })
  })
  test.each(['-5', 'abc', '1e9', '99999999999'])('handles an invalid Retry-After: %s', (header) => {
    const clock = steppedClock(start)
    return withRow({ clock }, async (row) => {
      row.server.script({ kind: limited(header) })
      expectProblem(await problemOf(row.read()), { code: 'VENDOR_RATE_LIMITED', delivery: 'rejected' })
      expect(clock.slept.every((ms) => ms >= 1_000)).toBe(true)
      expect(row.server.ledger.requests.length).toBeLessThanOrEqual(3)
      expect(row.upstream.getHealth().rateLimitedUntil ?? 0).toBeLessThanOrEqual(clock.now() + 86_400_000)
    })
  })
  test('does not send waiting calls after a cooldown has started', () => {
    const clock = steppedClock(start)
    return withRow({ clock, limits: { inFlight: 1 } }, async (row) => {
      row.server.script({ kind: limited('36000') })
      const problems = await Promise.all(Array.from({ length: 5 }, () => problemOf(row.write())))
      expect(problems.map(({ delivery }) => delivery)).toEqual(['rejected', ...Array(4).fill('not-sent')])
      expect(row.server.ledger.requests).toHaveLength(1)
    })
  })
})

describe('reads of one operation', () => {
  test('are shared, and sent again after a write, even if it failed', () =>
    withRow({}, async (row) => {
      const call = row.call()
      await Promise.all([row.read(call), row.read(call)])
      await row.read(call)
      expect(row.server.ledger.requests).toHaveLength(1)
      row.server.script({ match: /^POST/, kind: faults.closed, applied: true })
      await problemOf(row.write(call))
      await row.read(call)
      expect(row.server.ledger.requests).toHaveLength(3)
    }))
})

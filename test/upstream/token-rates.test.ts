import { expect, test } from 'vitest'
import type { AuthScheme } from '../../src/upstream/auth-scheme.ts'
import { FaultServer } from '../support/fault-server.ts'
import { expectProblem, fiveIds, problemOf, steppedClock, withRow, type Row } from './row.ts'

const start = Date.UTC(2026, 0, 1)

/** Runs a row whose token endpoint rejects the first `times` requests with 429. Passes the time of each request. */
async function withLimit(
  limit: { header?: string; status?: number; times?: number },
  run: (row: Row, askedAt: number[]) => Promise<void>,
): Promise<void> {
  const clock = steppedClock(start)
  const askedAt: number[] = []
  const endpoint = await FaultServer.start({
    respond: () => {
      askedAt.push(clock.now() - start)
      const headers: Record<string, string> = limit.header === undefined ? {} : { 'Retry-After': limit.header }
      if (askedAt.length <= (limit.times ?? Infinity)) return { status: limit.status ?? 429, headers, body: {} }
      return { body: { access_token: `issued-${askedAt.length}`, expires_in: 3600 } }
    },
  })
  const authScheme: AuthScheme = {
    tokenUrl: `${endpoint.url}/token`,
    fetchToken: ({ postTokenRequest: request }) => request({ form: { grant_type: 'client_credentials' } }),
  }
  try {
    await withRow({ authScheme, clock, random: () => 0 }, (row) => run(row, askedAt))
  } finally {
    await endpoint.close()
  }
}

test('retries after the time that the token endpoint names', () =>
  withLimit({ header: '7', times: 1 }, async (row, askedAt) => {
    expect(await row.read()).toEqual(fiveIds)
    expect(askedAt).toHaveLength(2)
    expect(askedAt[1]! - askedAt[0]!).toBeGreaterThanOrEqual(7_000)
    expect(row.server.ledger.requests).toHaveLength(1)
  }))

test('waits longer each time if the token endpoint names no time', () =>
  withLimit({}, async (row, askedAt) => {
    const problem = await problemOf(row.write())
    expectProblem(problem, { code: 'VENDOR_RATE_LIMITED', delivery: 'not-sent', status: 429 })
    expect(askedAt).toHaveLength(3)
    expect(askedAt[1]!).toBeGreaterThanOrEqual(1_000)
    expect(askedAt[2]! - askedAt[1]!).toBeGreaterThanOrEqual(2_000)
    expect(row.server.ledger.requests).toEqual([])
  }))

test('sends one token request for all waiting calls', () =>
  withLimit({ header: '5', times: 1 }, async (row, askedAt) => {
    const lists = await Promise.all(Array.from({ length: 50 }, () => row.read()))
    for (const list of lists) expect(list).toEqual(fiveIds)
    expect(askedAt).toHaveLength(2)
    expect(askedAt[1]!).toBeGreaterThanOrEqual(5_000)
  }))

test('reports VENDOR_RATE_LIMITED and retryAt if the wait exceeds the deadline, and sends nothing until then', () =>
  withLimit({ header: '3600' }, async (row, askedAt) => {
    for (let time = 0; time < 5; time++) {
      const problem = await problemOf(time % 2 === 0 ? row.read() : row.write())
      expectProblem(problem, { code: 'VENDOR_RATE_LIMITED', delivery: 'not-sent', status: 429 })
      expect(problem.retryAt).toBe(start + 3_600_000)
    }
    expect(row.upstream.getHealth()).toMatchObject({ rateLimitedUntil: start + 3_600_000 })
    expect(askedAt).toEqual([0])
    expect(row.server.ledger.requests).toEqual([])
  }))

test('respects Retry-After of a 503', () =>
  withLimit({ header: '6', status: 503, times: 1 }, async (row, askedAt) => {
    expect(await row.read()).toEqual(fiveIds)
    expect(askedAt).toHaveLength(2)
    expect(askedAt[1]!).toBeGreaterThanOrEqual(6_000)
  }))

test('distinguishes rejected credentials from a rate limit', () =>
  withLimit({ status: 401 }, async (row, askedAt) => {
    expectProblem(await problemOf(row.read()), { code: 'VENDOR_AUTH_FAILED', retryable: false, status: 401 })
    expect(askedAt).toHaveLength(1)
  }))

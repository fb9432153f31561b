import { describe, expect, test, vi } from 'vitest'
import type { AuthScheme } from '../../src/upstream/auth-scheme.ts'
import type { UpstreamEvent } from '../../src/upstream/events.ts'
import { FaultServer } from '../support/fault-server.ts'
import * as faults from '../support/faults.ts'
import type { ScriptedResponse, VendorRequest } from '../support/raw-http.ts'
import { expectProblem, fiveIds, healthy, problemOf, steppedClock, withRow, type Row, type RowOptions } from './row.ts'

const start = Date.UTC(2026, 0, 1)

/** Runs a row whose tokens come from a separate endpoint. */
async function withEndpoint(
  options: RowOptions,
  run: (row: Row, endpoint: FaultServer) => Promise<void>,
): Promise<void> {
  let issued = 0
  const endpoint = await FaultServer.start({
    respond: () => ({ body: { access_token: `issued-${++issued}`, expires_in: 3600 } }),
  })
  const authScheme: AuthScheme = {
    tokenUrl: `${endpoint.url}/token`,
    fetchToken: ({ postTokenRequest: request }) => request({ form: { grant_type: 'client_credentials' } }),
  }
  try {
    await withRow({ authScheme, ...options }, (row) => run(row, endpoint))
  } finally {
    await endpoint.close()
  }
}

describe('without a cached token', () => {
  test('fetches once for 100 waiting calls, and shares the failure for 3 s', () =>
    withEndpoint({ clock: steppedClock(start) }, async (row, endpoint) => {
      endpoint.script({ kind: faults.closed })
      const problems = await Promise.all(Array.from({ length: 100 }, () => problemOf(row.read())))
      for (const problem of problems) expectProblem(problem, { code: 'VENDOR_AUTH_FAILED', delivery: 'not-sent' })
      expectProblem(await problemOf(row.write()), { code: 'VENDOR_AUTH_FAILED', delivery: 'not-sent' })
      expect(endpoint.ledger.requests).toHaveLength(3)
      expect(row.server.ledger.requests).toEqual([])
    }))

  test.each([400, 401, 403])('is not retryable if the token endpoint rejects the credentials with %i', (status) =>
    withEndpoint({}, async (row, endpoint) => {
      const body = { error: 'invalid_client', error_description: 'No such client' }
      endpoint.script({ kind: faults.reply({ status, body }) })
      const problem = await problemOf(row.write())
      expectProblem(problem, { code: 'VENDOR_AUTH_FAILED', retryable: false, delivery: 'not-sent', status })
      expect([problem.vendorCode, problem.vendorMessage]).toEqual(['invalid_client', 'No such client'])
      expect(endpoint.ledger.requests).toHaveLength(1)
    }),
  )

  test('retries until the token endpoint recovers', () =>
    withEndpoint({}, async (row, endpoint) => {
      endpoint.script({ kind: faults.reply({ status: 503 }), times: 2 })
      expect(await row.read()).toEqual(fiveIds)
      expect(endpoint.ledger.requests).toHaveLength(3)
    }))

  test('cancels each wait at its own deadline if the token endpoint is slow', () =>
    withEndpoint({}, async (row, endpoint) => {
      endpoint.script({ kind: faults.silent })
      const deadlines = [new AbortController(), new AbortController()]
      const settled: number[] = []
      const problems = deadlines.map(({ signal }, index) =>
        problemOf(row.write(row.call().fork({ signal }))).finally(() => settled.push(index)),
      )
      await vi.waitFor(() => expect(endpoint.ledger.requests).toHaveLength(1))
      for (const [index, deadline] of deadlines.entries()) {
        deadline.abort()
        expectProblem(await problems[index]!, { code: 'VENDOR_TIMEOUT', delivery: 'not-sent' })
        expect(settled).toHaveLength(index + 1)
      }
      expect(endpoint.ledger.requests).toHaveLength(1)
      expect(row.server.ledger.requests).toEqual([])
    }))

  test('fails after three attempts if the token endpoint does not respond', () =>
    withEndpoint({ limits: { headersTimeout: 100 } }, async (row, endpoint) => {
      endpoint.script({ kind: faults.silent })
      expectProblem(await problemOf(row.read()), { code: 'VENDOR_TIMEOUT', delivery: 'not-sent' })
      await vi.waitFor(() => expect(endpoint.ledger.requests).toHaveLength(3))
      expect(row.server.ledger.requests).toEqual([])
    }))

  test.each<[string, unknown]>([
    ['HTML', '<html>leaked</html>'],
    ['nothing', undefined],
    ['no access_token', { leaked: true }],
    ['an array', ['leaked']],
    ['a token with a line end', { access_token: 'leaked\r\nX-Evil: 1' }],
    ['a token of 100 kB', { access_token: 'leaked'.repeat(20_000) }],
  ])('rejects a token response with %s', (_, body) =>
    withEndpoint({}, async (row, endpoint) => {
      endpoint.script({ kind: faults.reply({ body }) })
      const problem = await problemOf(row.write())
      expectProblem(problem, { code: 'VENDOR_AUTH_FAILED', delivery: 'not-sent' })
      expect(problem.message).not.toContain('leaked')
      expect(endpoint.ledger.requests).toHaveLength(1)
      expect(row.server.ledger.requests).toEqual([])
    }),
  )
})

describe('with a cached token', () => {
  test('completes all operations while the renewal fails, and retries it every 3 s', () => {
    const clock = steppedClock(start)
    let fetches = 0
    const onEvent = ({ kind }: UpstreamEvent): void => void (kind === 'token' && fetches++)
    return withEndpoint({ clock, limits: { attempts: 1 }, onEvent }, async (row, endpoint) => {
      await row.read()
      endpoint.script({ kind: faults.reply({ status: 503 }) })
      await clock.sleep(3_540_000, new AbortController().signal)
      for (let second = 0; second < 12; second++) {
        expect(await row.read()).toEqual(fiveIds)
        expect(await row.write()).toBe('new')
        await row.upstream.getToken(new AbortController().signal)
        // The renewal runs in the background, and time may not pass before it has failed.
        await vi.waitFor(() => expect(fetches).toBe(2 + Math.floor(second / 3)))
        await clock.sleep(1_000, new AbortController().signal)
      }
      expect(endpoint.ledger.requests).toHaveLength(1 + 4)
      expect(row.server.ledger.effects).toHaveLength(12)
    })
  })

  test.each(['read', 'write'] as const)('renews once after a revocation with 100 %ss in flight', (kind) => {
    let received = 0
    const [areAllInFlight, isRenewed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    /** Rejects the first token. One rejection arrives before the renewal, the others arrive after it. */
    const respond = async (request: VendorRequest): Promise<ScriptedResponse> => {
      if (request.headers['authorization'] !== 'Bearer issued-1') {
        isRenewed.resolve()
        return healthy(request)
      }
      if (++received === 100) areAllInFlight.resolve()
      await (received === 1 ? areAllInFlight.promise : isRenewed.promise)
      return { status: 401 }
    }
    return withEndpoint({ respond, limits: { inFlight: 100 } }, async (row, endpoint) => {
      const outcomes = await Promise.all(Array.from({ length: 100 }, () => row[kind]()))
      expect(outcomes).toEqual(Array(100).fill(kind === 'read' ? fiveIds : 'new'))
      expect(endpoint.ledger.requests).toHaveLength(2)
      expect(row.server.ledger.requests).toHaveLength(200)
      expect(row.server.ledger.effects).toHaveLength(kind === 'read' ? 0 : 100)
    })
  })

  test('does not affect another account of the vendor', () =>
    withRow({}, (other) =>
      withEndpoint({}, async (row, endpoint) => {
        await Promise.all([row.read(), other.read()])
        row.server.script({ kind: faults.reply({ status: 401 }), times: 1 })
        await Promise.all([row.read(), other.read()])
        expect(endpoint.ledger.requests).toHaveLength(2)
        expect(other.tokenFetches()).toBe(1)
      }),
    ))
})

describe('a wrong local clock', () => {
  test.each([
    ['10 minutes ahead', 600_000],
    ['10 minutes behind', -600_000],
  ])('is corrected by the Date header: %s', (_, skew) => {
    const theirs = start
    const issuedAt: number[] = []
    const clock = steppedClock(theirs + skew)
    const endpointOf = FaultServer.start({
      respond: ({ body }) => {
        const { iat } = JSON.parse(body.toString()) as { iat: number }
        issuedAt.push(iat)
        const headers = { Date: new Date(theirs).toUTCString() }
        if (Math.abs(iat - theirs) > 5_000) return { status: 400, headers, body: { error: 'invalid_grant' } }
        return { headers, body: { access_token: 'issued', expires_in: 3600 } }
      },
    })
    return endpointOf.then(async (endpoint) => {
      const authScheme: AuthScheme = {
        tokenUrl: `${endpoint.url}/token`,
        fetchToken: ({ now, postTokenRequest: request }) => request({ json: { iat: now() } }),
      }
      await withRow({ authScheme, clock }, async (row) => {
        expect(await row.write()).toBe('new')
        expect(row.server.ledger.requests).toHaveLength(1)
        expect(issuedAt).toEqual([theirs + skew, theirs])
        // The expiry uses the local clock, which is still wrong.
        expect(row.upstream.getHealth().tokenExpiresAt).toBe(clock.now() + 3_600_000)
      })
      await endpoint.close()
    })
  })
})

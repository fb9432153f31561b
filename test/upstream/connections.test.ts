import dns from 'node:dns'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openBlackHole } from '../support/black-hole.ts'
import { certificate } from '../support/certificates.ts'
import * as faults from '../support/faults.ts'
import type { VendorRequest } from '../support/raw-http.ts'
import { upstreamLimits } from '../../src/upstream/limits.ts'
import { expire, fakeCallTimers, onceForEach } from './expire.ts'
import { expectProblem, fiveIds, healthy, problemOf, withRow, type Expected, type Row, type RowOptions } from './row.ts'

afterEach(() => vi.restoreAllMocks())

/** For connections that are never opened, so that their timeout can be short. */
const unanswered = { connectTimeout: 100 }

/** Expects the same problem for a read and a write, neither of which reaches the vendor. */
async function expectUnreached(options: RowOptions, expected: Expected, most = 3): Promise<void> {
  for (const kind of ['read', 'write'] as const) {
    await withRow(options, async (row) => {
      expectProblem(await problemOf(row[kind]()), { delivery: 'not-sent', status: null, ...expected })
      expect(row.server.ledger.requests).toEqual([])
      expect(row.server.ledger.connects).toBeLessThanOrEqual(most)
      expect(row.upstream.getHealth().calls).toBeLessThanOrEqual(3)
    })
  }
}

describe('connection failures', () => {
  test('reports a refused connection', () =>
    expectUnreached({ url: 'http://127.0.0.1:1/v1' }, { code: 'VENDOR_UNAVAILABLE' }))

  test.each(['read', 'write'] as const)('retries after one refused connection: %s', (kind) =>
    withRow({ clock: { now: Date.now, sleep: () => listenAgain() } }, async (row) => {
      listenAgain = () => row.server.listen()
      await row.server.stopListening()
      expect(await row[kind]()).toEqual(kind === 'read' ? fiveIds : 'new')
      expect(row.server.ledger.requests).toHaveLength(1)
      expect(row.upstream.getHealth().calls).toBe(2)
    }),
  )
  let listenAgain = async (): Promise<void> => undefined

  test('reports an unknown host name', async () => {
    await expectUnreached({ url: 'http://vendor.invalid/v1' }, { code: 'VENDOR_UNAVAILABLE' })
  })

  test('times out if the host name is never resolved', async () => {
    const { lookup } = dns
    const hanging = (name: string, ...rest: never[]): void => {
      if (name !== 'vendor.invalid') (lookup as (...all: unknown[]) => void)(name, ...rest)
    }
    vi.spyOn(dns, 'lookup').mockImplementation(hanging as never)
    await expectUnreached({ url: 'http://vendor.invalid/v1', limits: unanswered }, { code: 'VENDOR_TIMEOUT' })
  })

  test('times out if the connection is not accepted', async () => {
    const hole = await openBlackHole()
    await expectUnreached({ url: `${hole.url}/v1`, limits: unanswered }, { code: 'VENDOR_TIMEOUT' })
    await hole.close()
  })
})

describe('TLS', () => {
  const day = 86_400_000
  const own = certificate()
  const expired = certificate({ from: new Date(Date.now() - 9 * day), until: new Date(Date.now() - day) })
  const others = certificate({ host: 'elsewhere.example' })
  const tlsError = { code: 'VENDOR_TLS_ERROR', retryable: false }

  test('rejects a self-signed certificate', () => expectUnreached({ tls: own }, tlsError, 1))
  test.each(['read', 'write'] as const)('accepts a self-signed certificate that the account trusts: %s', (kind) =>
    withRow({ tls: own, ca: own.cert }, async (row) => {
      expect(await row[kind]()).toEqual(kind === 'read' ? fiveIds : 'new')
      expect(row.server.ledger.requests).toHaveLength(1)
    }),
  )
  test('rejects an expired certificate', () => expectUnreached({ tls: expired, ca: expired.cert }, tlsError, 1))
  test('rejects a certificate for another host', () => expectUnreached({ tls: others, ca: others.cert }, tlsError, 1))

  test.each(['read', 'write'] as const)('rejects plain text on the TLS port: %s', (kind) =>
    withRow({}, async (plain) => {
      plain.server.scriptConnections({ kind: (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n') })
      const url = plain.server.url.replace('http:', 'https:')
      await expectUnreachedAt(url, kind, tlsError)
      expect(plain.server.ledger.requests).toEqual([])
      expect(plain.server.ledger.connects).toBe(1)
    }),
  )

  test.each(['read', 'write'] as const)('times out if the TLS handshake stalls: %s', (kind) =>
    withRow({}, async (plain) => {
      plain.server.scriptConnections({ kind: faults.connection.stalled })
      await expectUnreachedAt(plain.server.url.replace('http:', 'https:'), kind, { code: 'VENDOR_TIMEOUT' })
      expect(plain.server.ledger.connects).toBeLessThanOrEqual(3)
    }),
  )

  const expectUnreachedAt = (url: string, kind: 'read' | 'write', expected: Expected): Promise<void> =>
    withRow({ url, limits: expected.code === 'VENDOR_TIMEOUT' ? unanswered : {} }, async (row) => {
      expectProblem(await problemOf(row[kind]()), { delivery: 'not-sent', status: null, ...expected })
    })
})

describe('a request that was sent without a response', () => {
  const rows: { id: string; kind: faults.Kind; code: string; reads: number }[] = [
    { id: 'accepts, reads, closes', kind: faults.closed, code: 'VENDOR_UNAVAILABLE', reads: 3 },
    { id: 'reset once the request was read', kind: faults.reset, code: 'VENDOR_UNAVAILABLE', reads: 3 },
    { id: 'headers never come', kind: faults.silent, code: 'VENDOR_TIMEOUT', reads: 3 },
    { id: 'headers dripped', kind: faults.headersDripped(10), code: 'VENDOR_TIMEOUT', reads: 3 },
    { id: 'not HTTP', kind: faults.notHttp, code: 'VENDOR_BAD_RESPONSE', reads: 1 },
    { id: '100 kB of headers', kind: faults.headersHuge, code: 'VENDOR_BAD_RESPONSE', reads: 1 },
    { id: 'an unasked 100 Continue', kind: faults.unaskedContinue, code: 'VENDOR_BAD_RESPONSE', reads: 1 },
  ]
  /** Waits for a call. Lets its time pass if it is to time out, and if the vendor has received its request. */
  function settle<T>(code: string, { server }: Row, call: () => Promise<T>): Promise<T> {
    if (code !== 'VENDOR_TIMEOUT') return call()
    fakeCallTimers()
    return expire(
      call(),
      upstreamLimits.headersTimeout,
      onceForEach(() => server.ledger.requests.length),
    )
  }

  test.each(rows)('[$id] reports a read as failed', ({ kind, code, reads }) =>
    withRow({}, async (row) => {
      row.server.script({ kind })
      const problem = await settle(code, row, () => problemOf(row.read()))
      expectProblem(problem, { code, delivery: 'unknown', status: null })
      expect(row.server.ledger.requests).toHaveLength(reads)
    }),
  )
  test.each(rows)('[$id] reports a write as unknown', ({ kind, code }) =>
    withRow({}, async (row) => {
      row.server.script({ kind, applied: true })
      const call = row.call()
      const problem = await settle(code, row, () => problemOf(row.write(call)))
      expectProblem(problem, { code, delivery: 'unknown', status: null })
      expect(row.server.ledger.requests).toHaveLength(1)
      expect(row.server.ledger.effects).toEqual(['created'])
      expect(call.writesSucceeded).toBe(0)
    }),
  )

  test.each([
    ['closed', faults.closed],
    ['reset', faults.reset],
  ])('retries a read after one failure: %s', (_, kind) =>
    withRow({}, async (row) => {
      row.server.script({ kind, times: 1 })
      expect(await row.read()).toEqual(fiveIds)
      expect(row.server.ledger.requests).toHaveLength(2)
    }),
  )

  test.each(['closed', 'reset'] as const)('fails if the connection is %s before a byte is read', (kind) =>
    withRow({}, async (row) => {
      row.server.scriptConnections({ kind: faults.connection[kind] })
      expectProblem(await problemOf(row.read()), { code: 'VENDOR_UNAVAILABLE' })
      const written = await problemOf(row.write())
      expectProblem(written, { code: 'VENDOR_UNAVAILABLE' })
      expect(row.server.ledger.requests).toEqual([])
    }),
  )

  test('sends a write on a new connection, because the vendor can close an idle one', () =>
    withRow({}, async (row) => {
      await row.write()
      await row.write()
      expect(row.server.ledger.connects).toBe(2)
    }))

  test('does not send "Connection: close" with a write', () => {
    const received: (string | undefined)[] = []
    const respond = (request: VendorRequest) => {
      received.push(request.headers['connection'])
      return healthy(request)
    }
    return withRow({ respond: respond }, async (row) => {
      await row.write()
      expect(received).toEqual(['keep-alive'])
    })
  })
})

test('[B59] aborts the vendor call when the client disconnects', () =>
  withRow({}, async (row) => {
    row.server.script({ kind: faults.silent })
    const leaving = new AbortController()
    const reading = problemOf(row.read(row.call().fork({ signal: leaving.signal })))
    await vi.waitFor(() => expect(row.server.ledger.requests).toHaveLength(1))
    leaving.abort()
    expectProblem(await reading, { code: 'DEADLINE_EXCEEDED', delivery: 'unknown' })
    await row.server.idle()
    expectProblem(await problemOf(row.read(row.call().fork({ signal: leaving.signal }))), {
      code: 'DEADLINE_EXCEEDED',
      delivery: 'not-sent',
    })
    expect(row.server.ledger.requests).toHaveLength(1)
  }))

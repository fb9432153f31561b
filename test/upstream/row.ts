import { expect } from 'vitest'
import { z } from 'zod'
import { Problem, type DeliveryStatus } from '../../src/core/errors.ts'
import { CallContext } from '../../src/upstream/call-context.ts'
import type { ErrorParser, WriteOptions } from '../../src/upstream/vendor-client.ts'
import type { Clock } from '../../src/upstream/clock.ts'
import type { AuthScheme } from '../../src/upstream/auth-scheme.ts'
import type { UpstreamEvent } from '../../src/upstream/events.ts'
import type { UpstreamLimits } from '../../src/upstream/limits.ts'
import { path } from '../../src/upstream/path.ts'
import type { FindProxy } from '../../src/upstream/proxy/find-proxy.ts'
import { Upstream } from '../../src/upstream/upstream.ts'
import type { Certificate } from '../support/certificates.ts'
import { FaultServer } from '../support/fault-server.ts'
import type { ScriptedResponse, VendorRequest } from '../support/raw-http.ts'
import { timers, timersGone } from './timers.ts'

/** Short pauses between attempts. The circuit breaker is off unless a row needs it. Other limits have their defaults. */
const rowLimits: Partial<UpstreamLimits> = { backoffBase: 5, breakerFailures: 1 }
/** Time of an operation with the clock of the system, in ms. Never exceeded. */
const operationTime = 60_000

export interface Row {
  server: FaultServer
  upstream: Upstream
  /** Returns the number of tokens that were fetched. */
  tokenFetches(): number
  call(): CallContext
  read(call?: CallContext): Promise<string[]>
  write(call?: CallContext, options?: Partial<WriteOptions<{ id: string }>>): Promise<string>
  close(): Promise<void>
}

export interface RowOptions {
  url?: string
  tls?: Certificate
  ca?: string
  limits?: Partial<UpstreamLimits>
  clock?: Clock
  random?: () => number
  authScheme?: AuthScheme
  secrets?: string[]
  errorParser?: ErrorParser
  isShared?: boolean
  findProxy?: FindProxy
  onEvent?(event: UpstreamEvent): void
  respond?(request: VendorRequest): ScriptedResponse | Promise<ScriptedResponse>
}

const page = z.object({ items: z.array(z.object({ id: z.string() })) })
const made = z.object({ id: z.string() })

/** Starts a vendor with five items, and opens one account of it. */
export async function openRow(options: RowOptions = {}): Promise<Row> {
  const server = await FaultServer.start({
    respond: options.respond ?? healthy,
    ...(options.tls ? { tls: options.tls } : {}),
  })
  let tokenFetches = 0
  const now = options.clock?.now ?? Date.now
  const upstream = new Upstream({
    account: 'v',
    apiUrl: options.url ?? `${server.url}/v1`,
    errorParser: options.errorParser ?? { parseError: () => null },
    authScheme: options.authScheme ?? {
      fetchToken: async () => ({ value: `token-${++tokenFetches}`, expiresAt: now() + 3_600_000 }),
    },
    secrets: options.secrets ?? [],
    limits: { ...rowLimits, ...options.limits },
    ...(options.ca ? { ca: options.ca } : {}),
    ...(options.clock ? { clock: options.clock } : {}),
    random: options.random ?? Math.random,
    isShared: options.isShared ?? false,
    findProxy: options.findProxy,
    onEvent: (event) => options.onEvent?.(event),
  })
  const call = (): CallContext =>
    new CallContext({
      caller: 'test',
      signal: new AbortController().signal,
      time: { deadline: now() + (options.clock ? 25_000 : operationTime) },
    })
  return {
    server,
    upstream,
    tokenFetches: () => tokenFetches,
    call,
    read: async (given = call()) => {
      const { items } = await upstream.client.read(path`/items`, { schema: page }, given)
      return items.map(({ id }) => id)
    },
    write: async (given = call(), write = {}) => {
      const { id } = await upstream.client.write(
        'POST',
        path`/items`,
        { json: { a: 1 }, schema: made, ...write },
        given,
      )
      return id
    },
    close: async () => {
      await upstream.close()
      await server.close()
    },
  }
}

export const fiveIds = ['1', '2', '3', '4', '5']

export function healthy({ method }: VendorRequest): ScriptedResponse {
  if (method === 'GET') return { body: { items: fiveIds.map((id) => ({ id })) } }
  return { status: 201, body: { id: 'new' }, effect: 'created' }
}

/** Returns the problem that rejects `work`. */
export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    (value) => new Error(`no problem but ${JSON.stringify(value)}`),
    (error: unknown) => error,
  )
  if (!(error instanceof Problem)) throw error
  return error
}

export interface Expected {
  code: string
  retryable?: boolean
  delivery?: DeliveryStatus
  status?: number | null
}

export function expectProblem(problem: Problem, { code, retryable = true, delivery, status }: Expected): void {
  expect({ code: problem.code, retryable: problem.retryable, account: problem.account }).toEqual({
    code,
    retryable,
    account: 'v',
  })
  if (delivery !== undefined) expect(problem.delivery).toBe(delivery)
  if (status !== undefined) expect(problem.vendorStatus).toBe(status)
}

/** Runs `test` on a new row, closes the row, and checks that no sockets or timers remain. */
export async function withRow(options: RowOptions, test: (row: Row) => Promise<void>): Promise<void> {
  const before = timers()
  const row = await openRow(options)
  try {
    await test(row)
    await row.upstream.close()
    await row.server.idle()
    await timersGone(before)
  } finally {
    await row.close()
  }
}

/** A clock whose time passes only during its waits. */
export function steppedClock(start = Date.UTC(2026, 0, 1)): Clock & { slept: number[] } {
  let now = start
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    sleep: async (ms, signal) => {
      signal.throwIfAborted()
      slept.push(ms)
      now += ms
    },
  }
}

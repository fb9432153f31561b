import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import type { Problem } from '../../src/core/errors.ts'
import type { CallContext } from '../../src/upstream/call-context.ts'
import type { WriteOptions } from '../../src/upstream/vendor-client.ts'
import { certificate } from '../support/certificates.ts'
import * as faults from '../support/faults.ts'
import { head, type ScriptedResponse, type VendorRequest } from '../support/raw-http.ts'
import { upstreamLimits } from '../../src/upstream/limits.ts'
import { countResponses, expire, fakeCallTimers } from './expire.ts'
import { healthy, openRow, problemOf, type Row, type RowOptions } from './row.ts'

const inFlight = 2
const limits = {
  inFlight,
  attempts: 1,
  retryQuota: 0,
  answerBytes: 100_000,
  // A call over the limit waits until the test ends.
  queueWait: 60_000,
}

/** A vendor that can delay its responses. */
class HoldingVendor {
  waiting = 0
  maxWaiting = 0
  #held: PromiseWithResolvers<void> | null = null

  readonly respond = async (request: VendorRequest): Promise<ScriptedResponse> => {
    this.maxWaiting = Math.max(this.maxWaiting, ++this.waiting)
    await this.#held?.promise
    this.waiting--
    return healthy(request)
  }
  hold(): void {
    this.maxWaiting = 0
    this.#held = Promise.withResolvers<void>()
  }
  release(): void {
    this.#held?.resolve()
    this.#held = null
  }
}

interface Trial {
  row: Row
  /** Number of calls that are to fail, and how many of them have started. */
  failures: number
  started: number
  /** Returns the number of responses whose headers have arrived. */
  countResponses: () => number
  /** Number of further connections that a proxy in front of the vendor leaves without a response. */
  stalls: number
}

type Kind = 'read' | 'write'
type Fail = (trial: Trial, kind: Kind) => Promise<Problem>

async function withTrial(
  options: RowOptions,
  failures: number,
  run: (trial: Trial, vendor: HoldingVendor) => Promise<void>,
) {
  fakeCallTimers()
  const vendor = new HoldingVendor()
  const sockets = new Set<Socket>()
  let port = 0
  const proxy = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined))
    if (trial.stalls > 0) return void trial.stalls--
    const onward = connect(port, '127.0.0.1').on('error', () => socket.destroy())
    sockets.add(onward)
    socket.pipe(onward).pipe(socket)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const isTls = options.tls !== undefined
  const row = await openRow({
    ...options,
    ...(isTls && { url: `https://127.0.0.1:${(proxy.address() as AddressInfo).port}/v1` }),
    respond: vendor.respond,
    limits: { ...limits, ...options.limits },
  })
  port = row.server.port
  const trial: Trial = { row, failures, started: 0, stalls: 0, countResponses: countResponses() }
  try {
    await run(trial, vendor)
  } finally {
    await row.close()
    for (const socket of sockets) socket.destroy()
    proxy.close()
  }
}

/** Checks that exactly `inFlight` reads and `inFlight` writes run at once. */
async function expectFullCapacity(row: Row, vendor: HoldingVendor): Promise<void> {
  for (const kind of ['read', 'write'] as const) {
    vendor.hold()
    const calls = Array.from({ length: inFlight + 1 }, () => row[kind]())
    await vi.waitFor(() => expect(vendor.waiting).toBe(inFlight))
    expect(row.upstream.getHealth()).toMatchObject({ inFlight, queued: 1 })
    vendor.release()
    await Promise.all(calls)
    expect(vendor.maxWaiting).toBe(inFlight)
    expect(row.upstream.getHealth()).toMatchObject({ inFlight: 0, queued: 0 })
  }
}

/** Scripts a fault for each call that is to fail. */
function script({ row, failures, started }: Trial, kind: faults.Kind): void {
  if (started === 0) row.server.script({ kind, times: failures })
}

/** Lets the vendor respond to the request with this fault. */
const failResponse =
  (kind: faults.Kind): Fail =>
  (trial, call) => {
    script(trial, kind)
    trial.started++
    return problemOf(trial.row[call]())
  }

/** Lets calls time out as soon as `isDue` returns true. */
const failByTimeout =
  (fail: Fail, limit: keyof typeof upstreamLimits, isDue: (trial: Trial) => boolean): Fail =>
  async (trial, kind) => {
    const problem = await expire(fail(trial, kind), upstreamLimits[limit], () => isDue(trial))
    expect(problem.code).toBe('VENDOR_TIMEOUT')
    return problem
  }

const isReceived = ({ row, started }: Trial): boolean => row.server.ledger.requests.length >= started
const hasResponse = ({ countResponses, started }: Trial): boolean => countResponses() >= started

const written =
  (options: Partial<WriteOptions<{ id: string }>>): Fail =>
  ({ row }) =>
    problemOf(row.write(row.call(), options))

const withHeaders = (headers: Record<string, string>): Fail => written({ headers })
const streamed = (stream: () => AsyncIterable<Uint8Array>): Fail => {
  return (trial, kind) => written({ json: undefined, stream: stream() })(trial, kind)
}

/** Aborts a call as soon as `when` is true. */
async function failByAbort(
  trial: Trial,
  when: () => boolean,
  start: (call: CallContext) => Promise<unknown>,
): Promise<Problem> {
  trial.started++
  const caller = new AbortController()
  const failing = problemOf(start(trial.row.call().fork({ signal: caller.signal })))
  await vi.waitFor(() => expect(when()).toBe(true), { interval: 1 })
  caller.abort()
  return failing
}

const chunk = Buffer.alloc(1_000, 'x')

async function* failAfter(chunks: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < chunks; sent++) yield chunk
  throw new Error('the source failed')
}

async function* stallAfter(chunks: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < chunks; sent++) yield chunk
  await new Promise<never>(() => undefined)
}

async function* repeatForever(): AsyncGenerator<Uint8Array> {
  for (;;) yield chunk
}

/** Responds as soon as the first byte of a request arrives. */
const early =
  (response: string, stream: () => AsyncIterable<Uint8Array>): Fail =>
  (trial, kind) => {
    const respond = (socket: Socket): void => void socket.once('data', () => socket.write(response))
    if (trial.started++ === 0) trial.row.server.scriptConnections({ times: trial.failures, kind: respond })
    return streamed(stream)(trial, kind)
  }

const both: readonly Kind[] = ['read', 'write']
const write: readonly Kind[] = ['write']
const tls = certificate()
const overTls = { tls, ca: tls.cert }

interface Case {
  name: string
  fail: Fail
  kinds: readonly Kind[]
  options?: RowOptions
  /** Whether the failure itself uses all connections. */
  isSequential?: true
}

const cases: Case[] = [
  { name: 'a vertical tab in a header', fail: withHeaders({ 'x-name': 'a\vb' }), kinds: write },
  { name: 'a form feed in the media type', fail: withHeaders({ 'content-type': 'a/b;\fc=d' }), kinds: write },
  { name: 'a line end in a header', fail: withHeaders({ 'x-name': 'a\r\nb: c' }), kinds: write },
  { name: 'a line separator in a header', fail: withHeaders({ 'x-name': 'a\u2028b' }), kinds: write },
  { name: 'a null character in a header', fail: withHeaders({ 'x-name': 'a\0b' }), kinds: write },
  { name: 'a header name with a space', fail: withHeaders({ 'x name': 'a' }), kinds: write },
  { name: 'a header that undici rejects', fail: withHeaders({ 'transfer-encoding': 'gzip' }), kinds: write },
  { name: 'an Expect header', fail: withHeaders({ expect: '100-continue' }), kinds: write },
  { name: 'a length that is no number', fail: withHeaders({ 'content-length': 'x' }), kinds: write },
  { name: 'a length that is wrong', fail: withHeaders({ 'content-length': '3' }), kinds: write },
  { name: 'a body that fails before its first byte', fail: streamed(() => failAfter(0)), kinds: write },
  { name: 'a body that fails after its first chunk', fail: streamed(() => failAfter(1)), kinds: write },
  { name: 'a body that fails late', fail: streamed(() => failAfter(500)), kinds: write },
  { name: 'a closed connection', fail: failResponse(faults.closed), kinds: both },
  { name: 'a reset', fail: failResponse(faults.reset), kinds: both },
  { name: 'a response that is not HTTP', fail: failResponse(faults.notHttp), kinds: both },
  { name: 'too many response headers', fail: failResponse(faults.headersHuge), kinds: both },
  { name: 'an unexpected 100 Continue', fail: failResponse(faults.unaskedContinue), kinds: both },
  {
    name: 'an unexpected upgrade',
    fail: failResponse(({ socket }) => void socket.write(head(101, { Upgrade: 'x', Connection: 'upgrade' }))),
    kinds: both,
  },
  {
    name: 'no response headers',
    fail: failByTimeout(failResponse(faults.silent), 'headersTimeout', isReceived),
    kinds: both,
  },
  {
    name: 'endless response headers',
    fail: failByTimeout(failResponse(faults.headersDripped(20)), 'headersTimeout', isReceived),
    kinds: both,
  },
  { name: 'a short body', fail: failResponse(faults.bodyShort), kinds: both },
  { name: 'a reset in the body', fail: failResponse(faults.bodyReset), kinds: both },
  {
    name: 'a body that stalls',
    fail: failByTimeout(failResponse(faults.bodyStalled), 'idleTimeout', hasResponse),
    kinds: both,
  },
  { name: 'a body that is too large', fail: failResponse(faults.bodyEndless(Buffer.alloc(9_000, ' '))), kinds: both },
  { name: 'too many content codings', fail: failResponse(faults.gzipTwenty), kinds: both },
  { name: 'a broken gzip checksum', fail: failResponse(faults.gzipBadCrc), kinds: both },
  { name: 'a body that does not decompress', fail: failResponse(faults.gzipInNameOnly), kinds: both },
  { name: 'broken JSON', fail: failResponse(faults.reply({ body: '{"items":' })), kinds: both },
  { name: 'a failed status', fail: failResponse(faults.reply({ status: 500, body: 'no' })), kinds: both },
  {
    name: 'a response while the body still arrives',
    fail: early(head(413, { 'Content-Length': 0 }), () => stallAfter(1)),
    kinds: write,
  },
  {
    name: 'a response to a body without an end',
    fail: early(head(413, { 'Content-Length': 0 }), repeatForever),
    kinds: write,
  },
  {
    name: 'half a response while the body still arrives',
    fail: failByTimeout(
      early(head(200, { 'Content-Length': 9 }), () => stallAfter(1)),
      'idleTimeout',
      hasResponse,
    ),
    kinds: write,
  },
  {
    name: 'a refused connection',
    fail: async ({ row }, kind) => {
      await row.server.stopListening()
      const problem = await problemOf(row[kind]())
      if (row.upstream.getHealth().inFlight === 0) await row.server.listen()
      return problem
    },
    kinds: both,
  },
  {
    name: 'a connection that fails in its TLS handshake',
    fail: (trial, kind) => {
      const { row, failures } = trial
      if (trial.started++ === 0) row.server.scriptConnections({ times: failures, kind: faults.connection.reset })
      return problemOf(row[kind]())
    },
    kinds: both,
    options: overTls,
  },
  {
    name: 'a TLS handshake that stalls',
    fail: failByTimeout(
      (trial, kind) => {
        trial.stalls++
        return problemOf(trial.row[kind]())
      },
      'connectTimeout',
      ({ stalls }) => stalls === 0,
    ),
    kinds: both,
    options: overTls,
  },
  {
    name: 'an abort before the start',
    fail: ({ row }, kind) => problemOf(row[kind](row.call().fork({ signal: AbortSignal.abort() }))),
    kinds: both,
  },
  {
    name: 'an abort while queued',
    fail: async (trial, kind) => {
      const { row } = trial
      if (trial.started === 0) row.server.script({ kind: faults.silent, times: trial.failures * inFlight })
      const caller = new AbortController()
      const call = () => row.call().fork({ signal: caller.signal })
      const busy = Array.from({ length: inFlight }, () => problemOf(row[kind](call())))
      const expected = (trial.started += inFlight)
      const waiter = new AbortController()
      const waiting = problemOf(row[kind](row.call().fork({ signal: waiter.signal })))
      await vi.waitFor(() => expect(row.server.ledger.requests.length).toBeGreaterThanOrEqual(expected))
      waiter.abort()
      const problem = await waiting
      caller.abort()
      await Promise.all(busy)
      return problem
    },
    kinds: both,
    isSequential: true,
  },
  {
    name: 'an abort while connecting',
    fail: (trial, kind) => {
      trial.stalls++
      return failByAbort(
        trial,
        () => trial.stalls === 0,
        (call) => trial.row[kind](call),
      )
    },
    kinds: both,
    options: overTls,
  },
  {
    name: 'an abort while sending',
    fail: (trial) =>
      failByAbort(
        trial,
        () => trial.row.server.ledger.connects >= trial.started,
        (call) => trial.row.write(call, { json: undefined, stream: stallAfter(3) }),
      ),
    kinds: write,
  },
  {
    name: 'an abort while waiting for the response',
    fail: (trial, kind) => {
      script(trial, faults.silent)
      return failByAbort(
        trial,
        () => trial.row.server.ledger.requests.length >= trial.started,
        (call) => trial.row[kind](call),
      )
    },
    kinds: both,
  },
  {
    name: 'an abort while reading',
    fail: (trial, kind) => {
      script(trial, faults.bodyStalled)
      return failByAbort(
        trial,
        () => trial.row.server.ledger.requests.length >= trial.started,
        (call) => trial.row[kind](call),
      )
    },
    kinds: both,
  },
]

describe('connections of an account', () => {
  test.each(cases.flatMap(({ kinds, ...rest }) => kinds.map((kind) => ({ ...rest, kind }))))(
    'accept as many parallel requests as before after $name ($kind)',
    ({ fail, kind, options = {}, isSequential }) =>
      withTrial(options, 1 + inFlight, async (trial, vendor) => {
        await fail(trial, kind)
        if (isSequential) trial.row.server.clearScript()
        else await Promise.all(Array.from({ length: inFlight }, () => fail(trial, kind)))
        await expectFullCapacity(trial.row, vendor)
      }),
  )
})

test.each(cases.slice(0, 9))('does not blame the vendor for $name', ({ fail, options = {} }) =>
  withTrial(options, 1, async (trial) => {
    const problem = await fail(trial, 'write')
    expect(problem).toMatchObject({ code: 'INTERNAL', delivery: 'not-sent', retryable: false })
    expect(trial.row.upstream.getHealth().lastProblem).toBeNull()
    expect(trial.row.server.ledger).toMatchObject({ requests: [] })
  }),
)

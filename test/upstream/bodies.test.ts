import { createHash, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { DeliveryStatus } from '../../src/core/errors.ts'
import { path } from '../../src/upstream/path.ts'
import * as faults from '../support/faults.ts'
import { upstreamLimits, type UpstreamLimits } from '../../src/upstream/limits.ts'
import { countResponses, expire, fakeCallTimers, onceForEach } from './expire.ts'
import { expectProblem, fiveIds, problemOf, withRow, type Row } from './row.ts'

const json = (body: unknown): faults.Kind => faults.reply({ body })
const html = (status: number): faults.Kind =>
  faults.reply({ status, headers: { 'Content-Type': 'text/html' }, body: '<html>token-1 log in</html>' })
const utf16 = Buffer.from('\ufeff{"items":[],"id":"x"}', 'utf16le')
const invalidUtf8 = Buffer.from('{"items":[],"id":"\xff\xfe"}', 'latin1')
const text = (body: string): faults.Kind => faults.reply({ body, headers: { 'Content-Type': 'application/json' } })
const bad = 'VENDOR_BAD_RESPONSE'

interface BodyRow {
  id: string
  kind: faults.Kind
  code: string
  /** Maximum number of requests of one read. */
  reads: number
  /** Delivery status of a write. Default: `unread`, after which the write can be reconciled. */
  delivery?: DeliveryStatus
  status?: number
  limits?: Partial<UpstreamLimits>
}

const rows: BodyRow[] = [
  { id: 'shorter than its length', kind: faults.bodyShort, code: bad, reads: 3 },
  { id: 'chunked without its last chunk', kind: faults.chunksUnfinished, code: bad, reads: 3 },
  { id: 'reset in the middle', kind: faults.bodyReset, code: bad, reads: 3 },
  // Only one of two timeouts ends the call.
  {
    id: 'stalled',
    kind: faults.bodyStalled,
    code: 'VENDOR_TIMEOUT',
    reads: 3,
    limits: { attemptTimeout: 50_000 },
  },
  {
    id: 'dripped for ever',
    kind: faults.bodyDripped(10),
    code: 'VENDOR_TIMEOUT',
    reads: 3,
    limits: { idleTimeout: 50_000 },
  },
  { id: 'empty', kind: faults.reply({}), code: bad, reads: 1 },
  { id: '204', kind: faults.reply({ status: 204 }), code: bad, reads: 1, status: 204 },
  {
    id: '204 with a coding named',
    kind: faults.reply({ status: 204, headers: { 'Content-Encoding': 'gzip' } }),
    code: bad,
    reads: 1,
    status: 204,
  },
  { id: 'broken JSON', kind: text('{"items": [secret'), code: bad, reads: 1 },
  { id: 'a login page', kind: html(200), code: bad, reads: 1, delivery: 'unknown' },
  { id: 'null', kind: json(null), code: bad, reads: 1 },
  { id: 'an array', kind: json([]), code: bad, reads: 1 },
  { id: 'a string', kind: json('"x"'), code: bad, reads: 1 },
  { id: 'UTF-16', kind: faults.reply({ body: utf16 }), code: bad, reads: 1 },
  { id: 'invalid UTF-8', kind: faults.reply({ body: invalidUtf8 }), code: bad, reads: 1 },
  { id: 'nested 100,000 deep', kind: text('['.repeat(100_000) + ']'.repeat(100_000)), code: bad, reads: 1 },
  {
    id: 'nested deep, in a large document',
    kind: text(`[${'[1],'.repeat(200_000)}${'['.repeat(100)}`),
    code: bad,
    reads: 1,
  },
  { id: 'gzip twenty times', kind: faults.gzipTwenty, code: bad, reads: 1 },
  { id: 'gzip with a bad checksum', kind: faults.gzipBadCrc, code: bad, reads: 2 },
  { id: 'gzip in name only', kind: faults.gzipInNameOnly, code: bad, reads: 2 },
  {
    id: 'endless',
    kind: faults.bodyEndless(Buffer.alloc(65_536, 32)),
    code: 'VENDOR_RESPONSE_TOO_LARGE',
    reads: 1,
  },
  {
    id: 'a compression bomb',
    kind: faults.reply({ headers: { 'Content-Encoding': 'gzip' }, body: gzipSync(Buffer.alloc(8_000_000, 32)) }),
    code: 'VENDOR_RESPONSE_TOO_LARGE',
    reads: 1,
  },
]

/** Waits for a call. Lets its time pass if it is to time out, and if the headers of its response have arrived. */
function settle<T>(code: string, call: () => Promise<T>): Promise<T> {
  if (code !== 'VENDOR_TIMEOUT') return call()
  fakeCallTimers()
  const hasResponseBegun = onceForEach(countResponses())
  return expire(call(), upstreamLimits.attemptTimeout, hasResponseBegun)
}

describe('a 2xx response whose body cannot be read', () => {
  test.each(rows)('[$id] rejects the response to a read', ({ kind, code, reads, status = 200, limits = {} }) =>
    withRow({ limits }, async (row) => {
      row.server.script({ kind })
      const problem = await settle(code, () => problemOf(row.read()))
      expectProblem(problem, { code, status })
      expect(problem.message).not.toMatch(/secret|token-1|html/)
      expect(row.server.ledger.requests).toHaveLength(reads)
    }),
  )
  test.each(rows)(
    '[$id] rejects the response to a write',
    ({ kind, code, delivery = 'unread', status = 200, limits = {} }) =>
      withRow({ limits }, async (row) => {
        row.server.script({ kind, applied: true })
        expectProblem(await settle(code, () => problemOf(row.write())), { code, delivery, status })
        expect(row.server.ledger.requests).toHaveLength(1)
        expect(row.server.ledger.effects).toEqual(['created'])
      }),
  )
})

test.each([
  ['is shorter than its length', faults.bodyShort],
  ['lacks its last chunk', faults.chunksUnfinished],
  ['is reset in the middle', faults.bodyReset],
  ['has a bad gzip checksum', faults.gzipBadCrc],
])('repeats a read when a response %s once', (_, kind) =>
  withRow({}, async (row) => {
    row.server.script({ kind, times: 1 })
    expect(await row.read()).toEqual(fiveIds)
    expect(row.server.ledger.requests).toHaveLength(2)
  }),
)

describe('unusual responses', () => {
  const items = fiveIds.map((id) => ({ id }))
  const plain = JSON.stringify({ items, id: 'new' })
  const gzip = { 'Content-Encoding': 'gzip' }
  test.each<[string, faults.Kind]>([
    ['a byte order mark', text(`\ufeff${plain}`)],
    [
      'keys of the prototype',
      text(plain.replace('{', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},')),
    ],
    ['a key twice: the last wins', text(plain.replace('{', '{"id":"old","items":7,'))],
    ['gzip', faults.reply({ headers: gzip, body: gzipSync(plain) })],
    [
      'gzip in gzip, in two headers',
      faults.reply({ headers: { ...gzip, 'content-encoding': 'x-gzip' }, body: gzipSync(gzipSync(plain)) }),
    ],
    ['no content type', faults.reply({ headers: { 'Content-Type': '' }, body: plain })],
    [
      'a vendor type of JSON',
      faults.reply({ headers: { 'Content-Type': 'application/vnd.x+json; charset=utf-8' }, body: plain }),
    ],
  ])('are read: %s', (_, kind) =>
    withRow({}, async (row) => {
      row.server.script({ kind })
      expect(await row.read()).toEqual(fiveIds)
      expect(await row.write()).toBe('new')
      expect(({} as { polluted?: number }).polluted).toBeUndefined()
      expect(row.server.ledger.requests).toHaveLength(2)
    }),
  )
})

describe('large responses', () => {
  const patient = { headersTimeout: 20_000, idleTimeout: 20_000, attemptTimeout: 20_000 }
  const createListing = (ids: number, size: number) => () => ({
    body: { items: Array.from({ length: ids }, (_, id) => ({ id: String(id), name: 'n'.repeat(size) })) },
  })
  test('accepts 100,000 items within the limit', () =>
    withRow({ respond: createListing(100_000, 100), limits: patient }, async (row) => {
      expect(await row.read()).toHaveLength(100_000)
    }))
  test('rejects a response over the limit', () =>
    withRow({ respond: createListing(10_000, 100), limits: { ...patient, answerBytes: 1_000_000 } }, async (row) => {
      expectProblem(await problemOf(row.read()), { code: 'VENDOR_RESPONSE_TOO_LARGE', status: 200 })
      expect(row.server.ledger.requests).toHaveLength(1)
    }))
})

describe('writes without a response schema', () => {
  test.each<[string, faults.Kind]>([
    ['204 No Content', faults.reply({ status: 204 })],
    ['empty', faults.reply({})],
    ['JSON', json({ anything: true })],
  ])('succeed with a response that is %s', (_, kind) =>
    withRow({}, async (row) => {
      row.server.script({ kind, applied: true })
      const call = row.call()
      expect(await row.upstream.client.write('DELETE', path`/items/${'1'}`, {}, call)).toBeUndefined()
      expect(call.writesSucceeded).toBe(1)
    }),
  )

  test('read a text response', () =>
    withRow({}, async (row) => {
      row.server.script({
        kind: faults.reply({ headers: { 'Content-Type': 'text/plain' }, body: '85746065432101234' }),
      })
      const send = { text: true as const, schema: z.string().transform((id) => ({ id })) }
      expect(await row.write(row.call(), send)).toBe('85746065432101234')
    }))
})

describe('a streamed write', () => {
  const octets = { json: undefined, headers: { 'content-type': 'application/octet-stream' } }
  async function* pieces(bytes: Uint8Array) {
    for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000)
  }
  const received = (row: Row) => row.server.ledger.requests.map(({ bodySha256 }) => bodySha256)

  test.each([
    ['a rejected token', { status: 401 }],
    ['a rate limit', { status: 429, headers: { 'Retry-After': '0' } }],
  ])('is sent again completely, once, after %s', (_, rejection) =>
    withRow({ limits: { throttledBackoffBase: 5 } }, async (row) => {
      const bytes = randomBytes(300_000)
      row.server.script({ kind: faults.reply(rejection), times: 1 })
      expect(await row.write(row.call(), { ...octets, stream: pieces(bytes) })).toBe('new')
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      expect(received(row)).toEqual([sha256, sha256])
      expect(row.server.ledger.effects).toEqual(['created'])
    }),
  )

  test('is not sent again after its response was lost', () =>
    withRow({}, async (row) => {
      row.server.script({ kind: faults.reply({ status: 502 }), times: 1 })
      const problem = await problemOf(row.write(row.call(), { ...octets, stream: pieces(randomBytes(1_000)) }))
      expectProblem(problem, { code: 'VENDOR_UNAVAILABLE', delivery: 'unknown', status: 502 })
      expect(received(row)).toHaveLength(1)
    }))

  test('is not sent again after more was read than is kept', () =>
    withRow({}, async (row) => {
      row.server.script({ kind: faults.reply({ status: 401 }), times: 1 })
      const stream = pieces(Buffer.alloc(17 * 1024 ** 2))
      const problem = await problemOf(row.write(row.call(), { ...octets, stream }))
      expectProblem(problem, { code: 'VENDOR_AUTH_FAILED', retryable: false, delivery: 'rejected' })
      expect(received(row)).toHaveLength(1)
    }))
})

test('does not parse an error body of more than 64 KiB', async () => {
  const bodies: unknown[] = []
  const errorParser = {
    parseError: ({ body }: { body: unknown }) => {
      bodies.push(body)
      return null
    },
  }
  await withRow({ errorParser }, async (row) => {
    for (const size of [1_000, 100_000]) {
      row.server.script({ kind: faults.reply({ status: 400, body: { message: 'x'.repeat(size) } }), times: 1 })
      expectProblem(await problemOf(row.write()), { code: 'VENDOR_REJECTED', retryable: false, status: 400 })
    }
  })
  expect(bodies).toEqual([{ message: 'x'.repeat(1_000) }, expect.stringMatching(/^\{"message":"x{988}$/)])
})

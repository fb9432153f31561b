import './ahead.ts'
import { gzipSync } from 'node:zlib'
import * as faults from '../../support/faults.ts'
import { alterBody } from './alter-body.ts'
import { createFault, runRows, type Failure, type Outcome, type Row } from './row.ts'
import { closeAfterAll } from './run.ts'

const bad: Failure = { code: 'VENDOR_BAD_RESPONSE' }
const timeout: Failure = { code: 'VENDOR_TIMEOUT' }
const unavailable: Failure = { code: 'VENDOR_UNAVAILABLE' }
const tooLarge: Failure = { code: 'VENDOR_RESPONSE_TOO_LARGE' }

const json = { 'Content-Type': 'application/json' }
const text = (body: string | Buffer): faults.Kind => faults.reply({ body, headers: json })
const html = (status: number): faults.Kind =>
  faults.reply({ status, headers: { 'Content-Type': 'text/html' }, body: '<html>a secret page</html>' })
const plain = (type: string): faults.Kind => faults.reply({ headers: { 'Content-Type': type }, body: 'a secret text' })

/** A 2xx response with an unusable body. A mutation is therefore looked up. */
const createLostBody = (
  id: string,
  kind: faults.Kind,
  read: Row['read'] & {},
  calls: Row['calls'],
  vendorStatus = 200,
): Row => ({
  id,
  injectFault: createFault(kind),
  read,
  write: 'RB',
  vendorStatus,
  calls,
})
/** An unusual response that Parley can read. V processes the request. */
const createOddBody = (id: string, kind: faults.Kind): Row => ({
  id,
  injectFault: createFault(kind, { applied: true }),
  read: 'data',
  write: 'SUCCEEDED',
  calls: [1, 1],
})
const createSingle = (id: string, kind: faults.Kind, write: Outcome): Row => ({
  id: `${id} (once)`,
  injectFault: createFault(kind, { times: 1 }),
  read: 'data',
  write,
  calls: [2, 1],
})

const rows: Row[] = [
  createLostBody('[B19] a body shorter than its length', faults.bodyShort, bad, [3, 1]),
  createSingle('[B19] a body shorter than its length', faults.bodyShort, 'UNKNOWN'),
  createLostBody('[B20] a chunked body without its last chunk', faults.chunksUnfinished, bad, [3, 1]),
  createSingle('[B20] a chunked body without its last chunk', faults.chunksUnfinished, 'UNKNOWN'),
  createLostBody('[B21] a reset in the middle of the body', faults.bodyReset, bad, [3, 1]),
  createSingle('[B21] a reset in the middle of the body', faults.bodyReset, 'UNKNOWN'),
  { ...createLostBody('[B22] a stalled body', faults.bodyStalled, timeout, [2, 1]), hangsAt: 'body' },
  {
    ...createLostBody('[B23] a body that arrives very slowly', faults.bodyDripped(200), timeout, [2, 1]),
    // The call ends at `attemptTimeout`, although bytes arrive.
    fixture: { limits: { idleTimeout: 60_000 } },
    hangsAt: 'body',
  },
  createLostBody('[B25] an empty body', faults.reply({}), bad, [2, 1]),
  createLostBody('[B26] status 204', faults.reply({ status: 204 }), bad, [1, 1], 204),
  createLostBody('[B27] malformed JSON', text('{"users": [a secret'), bad, [1, 1]),
  { id: '[B28] a login page', injectFault: createFault(html(200)), read: bad, write: 'UNKNOWN', calls: [1, 1] },
  { id: '[B28] plain text', injectFault: createFault(plain('text/plain')), read: bad, write: 'UNKNOWN', calls: [1, 1] },
  {
    id: '[B29] status 502 with a page of a proxy',
    injectFault: createFault(html(502)),
    read: unavailable,
    write: 'UNKNOWN',
    calls: [3, 1],
  },
  createSingle('[B29] status 502 with a page of a proxy', html(502), 'UNKNOWN'),
  ...['null', '[]', '"x"'].map((body) =>
    createLostBody(`[B30] ${body} in place of an object`, text(body), bad, [1, 1]),
  ),
  createOddBody(
    '[B31] a byte order mark',
    alterBody((body) => `\ufeff${body}`),
  ),
  createLostBody(
    '[B31] a body in UTF-16',
    alterBody((body) => Buffer.from(`\ufeff${body}`, 'utf16le')),
    bad,
    [1, 1],
  ),
  createLostBody('[B31] invalid UTF-8', text(Buffer.from('{"users":[],"id":"\xff\xfe"}', 'latin1')), bad, [1, 1]),
  createOddBody(
    '[B32] keys of Object.prototype',
    alterBody((body) => body.replace('{', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},')),
  ),
  createOddBody(
    '[B32] duplicate keys',
    alterBody((body) => body.replace('{', '{"users":7,"conference":7,')),
  ),
  createLostBody('[B33] JSON with 100,000 levels', text('['.repeat(100_000) + ']'.repeat(100_000)), bad, [1, 1]),
  createLostBody('[B35] a body that was compressed twenty times', faults.gzipTwenty, bad, [1, 1]),
  createLostBody('[B36] gzip with an invalid checksum', faults.gzipBadCrc, bad, [2, 1]),
  createLostBody('[B36] an uncompressed body that is declared as gzip', faults.gzipInNameOnly, bad, [2, 1]),
  createOddBody(
    '[B36] a valid gzip body',
    alterBody((body) => gzipSync(body), { 'Content-Encoding': 'gzip' }),
  ),
  createLostBody('[B37] an endless body', faults.bodyEndless(Buffer.alloc(65_536, 32)), tooLarge, [1, 1]),
  createLostBody(
    '[B37] a compression bomb',
    faults.reply({ headers: { ...json, 'Content-Encoding': 'gzip' }, body: gzipSync(Buffer.alloc(8_000_000, 32)) }),
    tooLarge,
    [1, 1],
  ),
]

/** The other two vendors find created conferences in their own ways. iMeet Central responds to a create with text. */
const others: Row[] = (['zoom', 'imeetcentral'] as const).flatMap((slug): Row[] => {
  const row = (id: string, kind: faults.Kind, write: Row['write'] & {}, vendorStatus = 200): Row => ({
    id: `${id}: ${slug}`,
    fixture: { slug },
    injectFault: createFault(kind),
    write,
    vendorStatus,
    calls: [0, 1],
  })
  return [
    row('[B19] a body shorter than its length', faults.bodyShort, 'RB'),
    row('[B21] a reset in the middle of the body', faults.bodyReset, 'RB'),
    row('[B25] an empty body', faults.reply({}), 'RB'),
    row('[B26] status 204', faults.reply({ status: 204 }), 'RB', 204),
    row('[B28] a login page', html(200), 'UNKNOWN'),
    row('[B31] invalid UTF-8', text(Buffer.from('"\xff\xfe"', 'latin1')), 'RB'),
    row('[B36] gzip with an invalid checksum', faults.gzipBadCrc, 'RB'),
    row('[B37] an endless body', faults.bodyEndless(Buffer.alloc(65_536, 32)), 'RB'),
  ]
})

runRows([...rows, ...others])
closeAfterAll('bodies')

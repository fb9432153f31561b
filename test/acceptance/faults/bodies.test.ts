import { gzipSync } from 'node:zlib'
import * as faults from '../../support/faults.ts'
import { altered } from './altered.ts'
import { faulty, runRows, type Failure, type Outcome, type Row } from './row.ts'
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

/** A 2xx of no use: the body was lost, so a mutation is looked for. */
const lost = (id: string, kind: faults.Kind, read: Row['read'] & {}, calls: Row['calls'], vendorStatus = 200): Row => ({
  id,
  spoil: faulty(kind),
  read,
  write: 'RB',
  vendorStatus,
  calls,
})
/** Right enough: V does what it is asked. */
const odd = (id: string, kind: faults.Kind): Row => ({
  id,
  spoil: faulty(kind, { applied: true }),
  read: 'data',
  write: 'SUCCEEDED',
  calls: [1, 1],
})
const once = (id: string, kind: faults.Kind, write: Outcome): Row => ({
  id: `${id}, once`,
  spoil: faulty(kind, { times: 1 }),
  read: 'data',
  write,
  calls: [2, 1],
})

const rows: Row[] = [
  lost('[B19] shorter than its length', faults.bodyShort, bad, [3, 1]),
  once('[B19] shorter than its length', faults.bodyShort, 'UNKNOWN'),
  lost('[B20] chunked without its last chunk', faults.chunksUnfinished, bad, [3, 1]),
  once('[B20] chunked without its last chunk', faults.chunksUnfinished, 'UNKNOWN'),
  lost('[B21] reset in the middle', faults.bodyReset, bad, [3, 1]),
  once('[B21] reset in the middle', faults.bodyReset, 'UNKNOWN'),
  lost('[B22] stalled', faults.bodyStalled, timeout, [2, 1]),
  lost('[B23] dripped for ever', faults.bodyDripped(200), timeout, [2, 1]),
  lost('[B25] empty', faults.reply({}), bad, [2, 1]),
  lost('[B26] 204', faults.reply({ status: 204 }), bad, [1, 1], 204),
  lost('[B27] broken JSON', text('{"users": [a secret'), bad, [1, 1]),
  { id: '[B28] a login page', spoil: faulty(html(200)), read: bad, write: 'UNKNOWN', calls: [1, 1] },
  { id: '[B28] plain text', spoil: faulty(plain('text/plain')), read: bad, write: 'UNKNOWN', calls: [1, 1] },
  { id: '[B29] 502 with a proxy’s page', spoil: faulty(html(502)), read: unavailable, write: 'UNKNOWN', calls: [3, 1] },
  once('[B29] 502 with a proxy’s page', html(502), 'UNKNOWN'),
  ...['null', '[]', '"x"'].map((body) => lost(`[B30] ${body} at the top`, text(body), bad, [1, 1])),
  odd(
    '[B31] a byte order mark',
    altered((body) => `\ufeff${body}`),
  ),
  lost(
    '[B31] UTF-16',
    altered((body) => Buffer.from(`\ufeff${body}`, 'utf16le')),
    bad,
    [1, 1],
  ),
  lost('[B31] invalid UTF-8', text(Buffer.from('{"users":[],"id":"\xff\xfe"}', 'latin1')), bad, [1, 1]),
  odd(
    '[B32] keys of the prototype',
    altered((body) => body.replace('{', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},')),
  ),
  odd(
    '[B32] keys twice',
    altered((body) => body.replace('{', '{"users":7,"conference":7,')),
  ),
  lost('[B33] nested 100,000 deep', text('['.repeat(100_000) + ']'.repeat(100_000)), bad, [1, 1]),
  lost('[B35] gzip twenty times', faults.gzipTwenty, bad, [1, 1]),
  lost('[B36] gzip with a bad checksum', faults.gzipBadCrc, bad, [2, 1]),
  lost('[B36] gzip in name only', faults.gzipInNameOnly, bad, [2, 1]),
  odd(
    '[B36] gzip as it should be',
    altered((body) => gzipSync(body), { 'Content-Encoding': 'gzip' }),
  ),
  lost('[B37] endless', faults.bodyEndless(Buffer.alloc(65_536, 32)), tooLarge, [1, 1]),
  lost(
    '[B37] a compression bomb',
    faults.reply({ headers: { ...json, 'Content-Encoding': 'gzip' }, body: gzipSync(Buffer.alloc(8_000_000, 32)) }),
    tooLarge,
    [1, 1],
  ),
]

/** The other two look for what they made in their own ways, and iMeet Central creates with an answer in text. */
const others: Row[] = (['zoom', 'imeetcentral'] as const).flatMap((slug): Row[] => {
  const row = (id: string, kind: faults.Kind, write: Row['write'] & {}, vendorStatus = 200): Row => ({
    id: `${id}: ${slug}`,
    fixture: { slug },
    spoil: faulty(kind),
    write,
    vendorStatus,
    calls: [0, 1],
  })
  return [
    row('[B19] shorter than its length', faults.bodyShort, 'RB'),
    row('[B21] reset in the middle', faults.bodyReset, 'RB'),
    row('[B25] empty', faults.reply({}), 'RB'),
    row('[B26] 204', faults.reply({ status: 204 }), 'RB', 204),
    row('[B28] a login page', html(200), 'UNKNOWN'),
    row('[B31] invalid UTF-8', text(Buffer.from('"\xff\xfe"', 'latin1')), 'RB'),
    row('[B36] gzip with a bad checksum', faults.gzipBadCrc, 'RB'),
    row('[B37] endless', faults.bodyEndless(Buffer.alloc(65_536, 32)), 'RB'),
  ]
})

runRows([...rows, ...others])
closeAfterAll('bodies')

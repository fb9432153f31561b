import dns from 'node:dns'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, vi } from 'vitest'
import { openBlackHole } from '../../support/black-hole.ts'
import { certificate } from '../../support/certificates.ts'
import * as faults from '../../support/faults.ts'
import { faulty, runRows, type Failure, type Row, type Spoil } from './row.ts'
import { closeAfterAll } from './run.ts'

const unavailable: Failure = { code: 'VENDOR_UNAVAILABLE' }
const timeout: Failure = { code: 'VENDOR_TIMEOUT' }
const bad: Failure = { code: 'VENDOR_BAD_RESPONSE' }
const untrusted: Failure = { code: 'VENDOR_TLS_ERROR', retryable: false }

const day = 86_400_000
const own = certificate()
const expired = certificate({ from: new Date(Date.now() - 10 * day), until: new Date(Date.now() - day) })
const others = certificate({ host: 'elsewhere.example' })

const nothing: Spoil = () => () => undefined
const key = { key: true }
const hole = await openBlackHole()

const refused: Spoil = async ({ server }) => {
  await server.refuse()
  return () => server.listen()
}
const connection =
  (kind: (socket: Socket) => void): Spoil =>
  ({ server }) => {
    const fault = { kind, times: Infinity }
    server.scriptConnections(fault)
    return () => void (fault.times = 0)
  }
const plainText = (socket: Socket): void => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
const at = (serverUrl: string) => ({ key: true, settings: { serverUrl } })
const mistaken = { key: true, mistaken: true } as const
const https = (tls: typeof own, ca?: string) => ({ key: true, tls, settings: ca === undefined ? {} : { ca } })

const rows: Row[] = [
  { id: '[B01] refused', fixture: key, spoil: refused, read: unavailable, write: 'NOT_SENT', calls: [0, 0] },
  {
    id: '[B03] no such name',
    fixture: at('https://vendor.invalid'),
    spoil: nothing,
    read: unavailable,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B04] the name is never resolved',
    fixture: at('https://never.invalid'),
    spoil: nothing,
    read: timeout,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B05] no answer to the SYN',
    fixture: at(hole.url),
    spoil: nothing,
    read: timeout,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B06] self-signed',
    fixture: https(own),
    spoil: nothing,
    read: untrusted,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B06] self-signed, and the account trusts it',
    fixture: https(own, own.cert),
    spoil: nothing,
    read: 'data',
    write: 'SUCCEEDED',
    calls: [1, 1],
  },
  {
    id: '[B06] self-signed, with tokens',
    fixture: { tls: own },
    warm: false,
    spoil: nothing,
    read: untrusted,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B07] expired',
    fixture: https(expired, expired.cert),
    spoil: nothing,
    read: untrusted,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B08] of another host',
    fixture: https(others, others.cert),
    spoil: nothing,
    read: untrusted,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B09] plain text on the TLS port',
    fixture: mistaken,
    spoil: connection(plainText),
    read: untrusted,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B10] the handshake stalls',
    fixture: mistaken,
    spoil: connection(faults.connection.stalled),
    read: timeout,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B11] accepts, then closes',
    fixture: key,
    spoil: connection(faults.connection.closed),
    read: unavailable,
    write: 'UNKNOWN',
    calls: [3, 1],
  },
  {
    id: '[B11] closes once',
    spoil: faulty(faults.closed, { times: 1 }),
    read: 'data',
    write: 'UNKNOWN',
    calls: [2, 1],
  },
  {
    id: '[B12] reset once the request was read',
    spoil: faulty(faults.reset),
    read: unavailable,
    write: 'UNKNOWN',
    calls: [3, 1],
  },
  { id: '[B12] reset once', spoil: faulty(faults.reset, { times: 1 }), read: 'data', write: 'UNKNOWN', calls: [2, 1] },
  { id: '[B14] headers never come', spoil: faulty(faults.silent), read: timeout, write: 'UNKNOWN', calls: [2, 1] },
  {
    id: '[B15] headers dripped',
    spoil: faulty(faults.headersDripped(200)),
    read: timeout,
    write: 'UNKNOWN',
    calls: [2, 1],
  },
  { id: '[B16] not HTTP', spoil: faulty(faults.notHttp), read: bad, write: 'UNKNOWN', calls: [1, 1] },
  { id: '[B17] 100 kB of headers', spoil: faulty(faults.headersHuge), read: bad, write: 'UNKNOWN', calls: [1, 1] },
  {
    id: '[B18] an unasked 100 Continue',
    spoil: faulty(faults.unaskedContinue, { applied: true }),
    read: ['data', bad],
    write: ['SUCCEEDED', 'UNKNOWN'],
    calls: [2, 1],
  },
]

beforeAll(() => {
  const { lookup } = dns
  vi.spyOn(dns, 'lookup').mockImplementation(((name: string, ...rest: unknown[]) => {
    if (name !== 'never.invalid') (lookup as (...all: unknown[]) => void)(name, ...rest)
  }) as never)
})
afterAll(async () => {
  vi.restoreAllMocks()
  await hole.close()
})

runRows(rows)
closeAfterAll('connections')

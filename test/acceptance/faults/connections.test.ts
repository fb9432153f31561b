import './ahead.ts'
import dns from 'node:dns'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, vi } from 'vitest'
import { openBlackHole } from '../../support/black-hole.ts'
import { certificate } from '../../support/certificates.ts'
import * as faults from '../../support/faults.ts'
import { createFault, runRows, type Failure, type InjectFault, type Row } from './row.ts'
import { closeAfterAll } from './run.ts'

const unavailable: Failure = { code: 'VENDOR_UNAVAILABLE' }
const timeout: Failure = { code: 'VENDOR_TIMEOUT' }
const bad: Failure = { code: 'VENDOR_BAD_RESPONSE' }
const untrusted: Failure = { code: 'VENDOR_TLS_ERROR', retryable: false }

const day = 86_400_000
const selfSigned = certificate()
const expired = certificate({ from: new Date(Date.now() - 10 * day), until: new Date(Date.now() - day) })
const otherHost = certificate({ host: 'elsewhere.example' })

const injectNothing: InjectFault = () => () => undefined
const withKey = { hasSecretKey: true }
const hole = await openBlackHole()

const refuseConnections: InjectFault = async ({ server }) => {
  await server.stopListening()
  return () => server.listen()
}
const breakConnections =
  (kind: (socket: Socket) => void): InjectFault =>
  ({ server }) => {
    const fault = { kind, times: Infinity }
    server.scriptConnections(fault)
    return () => void (fault.times = 0)
  }
const sendPlainText = (socket: Socket): void => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
const createOptions = (serverUrl: string) => ({ hasSecretKey: true, settings: { serverUrl } })
const withWrongScheme = { hasSecretKey: true, hasWrongScheme: true } as const
const useTls = (tls: typeof selfSigned, ca?: string) => ({
  hasSecretKey: true,
  tls,
  settings: ca === undefined ? {} : { ca },
})

const rows: Row[] = [
  {
    id: '[B01] a refused connection',
    fixture: withKey,
    injectFault: refuseConnections,
    read: unavailable,
    write: 'NOT_SENT',
    calls: [0, 0],
  },
  {
    id: '[B03] an unknown host name',
    fixture: createOptions('https://vendor.invalid'),
    injectFault: injectNothing,
    read: unavailable,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B04] a host name that is never resolved',
    fixture: createOptions('https://never.invalid'),
    injectFault: injectNothing,
    hangsAt: 'connection',
    read: timeout,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B05] a SYN without a response',
    fixture: createOptions(hole.url),
    injectFault: injectNothing,
    hangsAt: 'connection',
    read: timeout,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B06] a self-signed certificate',
    fixture: useTls(selfSigned),
    injectFault: injectNothing,
    read: untrusted,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B06] a self-signed certificate that the account trusts',
    fixture: useTls(selfSigned, selfSigned.cert),
    injectFault: injectNothing,
    read: 'data',
    write: 'SUCCEEDED',
    calls: [1, 1],
  },
  {
    id: '[B06] a self-signed certificate of a vendor with access tokens',
    fixture: { tls: selfSigned },
    hasToken: false,
    injectFault: injectNothing,
    read: untrusted,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B07] an expired certificate',
    fixture: useTls(expired, expired.cert),
    injectFault: injectNothing,
    read: untrusted,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B08] a certificate for another host',
    fixture: useTls(otherHost, otherHost.cert),
    injectFault: injectNothing,
    read: untrusted,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B09] plain text on the TLS port',
    fixture: withWrongScheme,
    injectFault: breakConnections(sendPlainText),
    read: untrusted,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B10] a stalled TLS handshake',
    fixture: withWrongScheme,
    injectFault: breakConnections(faults.connection.stalled),
    hangsAt: 'connection',
    read: timeout,
    write: 'NOT_SENT',
    calls: [0, 0],
    recovers: false,
  },
  {
    id: '[B11] a connection that is closed at once',
    fixture: withKey,
    injectFault: breakConnections(faults.connection.closed),
    read: unavailable,
    write: 'UNKNOWN',
    calls: [3, 1],
  },
  {
    id: '[B11] a connection that is closed without a response (once)',
    injectFault: createFault(faults.closed, { times: 1 }),
    read: 'data',
    write: 'UNKNOWN',
    calls: [2, 1],
  },
  {
    id: '[B12] a reset after the request was read',
    injectFault: createFault(faults.reset),
    read: unavailable,
    write: 'UNKNOWN',
    calls: [3, 1],
  },
  {
    id: '[B12] a reset (once)',
    injectFault: createFault(faults.reset, { times: 1 }),
    read: 'data',
    write: 'UNKNOWN',
    calls: [2, 1],
  },
  {
    id: '[B14] a response that never begins',
    injectFault: createFault(faults.silent),
    hangsAt: 'headers',
    read: timeout,
    write: 'UNKNOWN',
    calls: [2, 1],
  },
  {
    id: '[B15] headers that arrive very slowly',
    injectFault: createFault(faults.headersDripped(200)),
    hangsAt: 'headers',
    read: timeout,
    write: 'UNKNOWN',
    calls: [2, 1],
  },
  {
    id: '[B16] a response that is not HTTP',
    injectFault: createFault(faults.notHttp),
    read: bad,
    write: 'UNKNOWN',
    calls: [1, 1],
  },
  {
    id: '[B17] 100 kB of headers',
    injectFault: createFault(faults.headersHuge),
    read: bad,
    write: 'UNKNOWN',
    calls: [1, 1],
  },
  {
    id: '[B18] a 100 Continue that was not requested',
    injectFault: createFault(faults.unaskedContinue, { applied: true }),
    read: ['data', bad],
    write: ['SUCCEEDED', 'UNKNOWN'],
    calls: [2, 1],
  },
]

beforeAll(() => {
  const { lookup } = dns
  vi.spyOn(dns, 'lookup').mockImplementation(((name: string, ...rest: unknown[]) => {
    if (name !== 'never.invalid') (lookup as (...args: unknown[]) => void)(name, ...rest)
  }) as never)
})
afterAll(async () => {
  vi.restoreAllMocks()
  await hole.close()
})

runRows(rows)
closeAfterAll('connections')

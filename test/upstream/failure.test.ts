import { inspect } from 'node:util'
import { errors } from 'undici'
import { describe, expect, test } from 'vitest'
import type { Code } from '../../src/core/error-codes.ts'
import { Problem } from '../../src/core/errors.ts'
import {
  toAbortProblem,
  toCallProblem,
  isVendorHealthError,
  ConnectTimeoutError,
  toFailureProblem,
  type AttemptState,
} from '../../src/upstream/failure.ts'

const before = { isSent: false, status: null }
const after = { isSent: true, status: null }
const inBody = { isSent: true, status: 200 }
const inFailedBody = { isSent: true, status: 503 }

const failed = (error: unknown, more: Partial<AttemptState>): Problem =>
  toFailureProblem(error, {
    isSent: true,
    status: null,
    signal: new AbortController().signal,
    hasTimedOut: false,
    ...more,
  })
const coded = (code: string): Error => Object.assign(new Error('the words'), { code })

describe('delivery status of a failed attempt', () => {
  const unreached = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'ECONNRESET']
  test.each(unreached)('is not-sent after %s before a byte was sent', (code) => {
    expect(failed(coded(code), before)).toMatchObject({
      code: 'VENDOR_UNAVAILABLE',
      message: 'The vendor cannot be reached.',
      delivery: 'not-sent',
      retryable: true,
      vendorStatus: null,
      readRetry: null,
    })
  })

  const authority = /from an unknown authority\. Set "ca"/
  const certificates: [code: string, message: RegExp][] = [
    ['DEPTH_ZERO_SELF_SIGNED_CERT', authority],
    ['SELF_SIGNED_CERT_IN_CHAIN', authority],
    ['CERT_HAS_EXPIRED', /has expired/],
    ['CERT_NOT_YET_VALID', /not valid yet/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /another host name/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /no common protocol version/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', authority],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', authority],
    ['EPROTO', /handshake/],
    ['HOSTNAME_MISMATCH', /another host name/],
    ['INVALID_CA', authority],
    ['CERT_REVOKED', /revoked/],
    ['CERT_UNKNOWN_PROBLEM', /TLS to the vendor failed/],
  ]
  test.each(certificates)('is not-sent and not retryable after %s before a byte was sent', (code, message) => {
    expect(failed(coded(code), before)).toMatchObject({
      code: 'VENDOR_TLS_ERROR',
      message: expect.stringMatching(message),
      delivery: 'not-sent',
      retryable: false,
    })
    expect(failed(coded(code), after)).toMatchObject({ code: 'VENDOR_UNAVAILABLE', delivery: 'unknown' })
    expect(failed(coded(`X_${code}`), before)).toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
  })

  test.each(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL'])('reports OVERLOADED after %s', (code) => {
    expect(failed(coded(code), before)).toMatchObject({
      code: 'OVERLOADED',
      message: 'The server cannot open more connections. Retry later.',
      delivery: 'not-sent',
      retryable: true,
    })
    expect(failed(coded(code), after)).toMatchObject({ code: 'VENDOR_UNAVAILABLE', delivery: 'unknown' })
  })

  test('finds the code of a wrapped error', () => {
    const wrapped = new TypeError('fetch failed', { cause: new AggregateError([coded('EPROTO'), coded('ECONNRESET')]) })
    expect(failed(wrapped, before)).toMatchObject({ code: 'VENDOR_TLS_ERROR', cause: { code: 'EPROTO' } })
    const numbered = Object.assign(new Error('x', { cause: coded('EPROTO') }), { code: 7 })
    expect(failed(numbered, before)).toMatchObject({ code: 'VENDOR_TLS_ERROR' })
    expect(failed(new AggregateError([]), before)).toMatchObject({ code: 'VENDOR_UNAVAILABLE', cause: { code: '' } })
  })

  test('is not-sent after the connection timed out', () => {
    expect(failed(new ConnectTimeoutError('connect timeout'), before)).toMatchObject({
      code: 'VENDOR_TIMEOUT',
      message: 'The connection to the vendor timed out.',
      delivery: 'not-sent',
    })
  })

  const lost = [
    new errors.SocketError('other side closed'),
    coded('ECONNRESET'),
    coded('EPIPE'),
    new Error('anything'),
    'no error at all',
  ]
  test.each(lost)('is unknown after %s once the request was sent', (error) => {
    expect(failed(error, after)).toMatchObject({
      code: 'VENDOR_UNAVAILABLE',
      message: 'The vendor closed the connection without a response.',
      delivery: 'unknown',
      vendorStatus: null,
      readRetry: null,
    })
  })

  const garbage = [
    Object.assign(new errors.HTTPParserError('Expected HTTP/'), { code: 'HPE_INVALID', data: 'secret bytes' }),
    new errors.HeadersOverflowError('Headers Overflow Error'),
    new errors.SocketError('bad response'),
  ]
  test.each(garbage)('is unknown after %s, without a byte of the response', (error) => {
    const problem = failed(error, after)
    expect(problem).toMatchObject({
      code: 'VENDOR_BAD_RESPONSE',
      message: "The vendor's response is not valid HTTP.",
      delivery: 'unknown',
      readRetry: null,
    })
    expect(problem.cause).toMatchObject({ name: error.name, message: error.message, code: error.code })
    expect(inspect(problem, { depth: 9 })).not.toContain('secret bytes')
  })
  test('omits the text of a thrown value that is not an error', () => {
    expect(failed('secret bytes', after).cause).toMatchObject({ name: 'Error', message: 'unknown', code: '' })
  })
  test('does not report a bad response because of the message alone', () => {
    expect(failed(new Error('bad response'), after)).toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
  })

  test.each([200, 201, 299])('is unread if the body after status %i was lost', (status) => {
    expect(failed(coded('UND_ERR_SOCKET'), { ...inBody, status })).toMatchObject({
      code: 'VENDOR_BAD_RESPONSE',
      message: "The vendor's response ended early.",
      delivery: 'unread',
      vendorStatus: status,
      readRetry: 'allowed',
    })
  })
  test.each([300, 404, 503])('is unknown if the body after status %i was lost', (status) => {
    expect(failed(coded('UND_ERR_SOCKET'), { ...inFailedBody, status })).toMatchObject({
      delivery: 'unknown',
      vendorStatus: status,
    })
  })
})

describe('a canceled attempt', () => {
  const delivery = [
    [before, 'not-sent'],
    [after, 'unknown'],
    [inBody, 'unread'],
    [inFailedBody, 'unknown'],
  ] as const
  test.each(delivery)('has for %j the delivery status %s after the attempt timeout', (at, proven) => {
    const aborted = AbortSignal.abort(new Problem('DEADLINE_EXCEEDED', 'Late.'))
    expect(failed(coded('UND_ERR_ABORTED'), { ...at, hasTimedOut: true, signal: aborted })).toMatchObject({
      code: 'VENDOR_TIMEOUT',
      message: 'The request to the vendor timed out.',
      delivery: proven,
      vendorStatus: at.status,
    })
  })
  test.each(delivery)('has for %j the delivery status %s after the caller’s deadline', (at, proven) => {
    const reason = new Problem('SHUTTING_DOWN', 'The server is stopping.', { retryable: false })
    expect(failed(coded('EPROTO'), { ...at, signal: AbortSignal.abort(reason) })).toMatchObject({
      code: 'SHUTTING_DOWN',
      message: 'The server is stopping.',
      retryable: false,
      delivery: proven,
      vendorStatus: at.status,
    })
  })
  test('reports DEADLINE_EXCEEDED if the reason is not a problem', () => {
    expect(toAbortProblem(AbortSignal.abort(), { delivery: 'unknown' })).toMatchObject({
      code: 'DEADLINE_EXCEEDED',
      message: 'The request was canceled before the vendor responded.',
      delivery: 'unknown',
    })
  })
})

describe('a problem while the response is read', () => {
  const cause = new Error('inner')
  const made = (vendorStatus?: number): Problem =>
    new Problem('VENDOR_BAD_RESPONSE', 'Broken.', {
      delivery: 'unread',
      readRetry: 'once',
      retryable: false,
      cause,
      ...(vendorStatus === undefined ? {} : { vendorStatus }),
    })
  test('gets the status of the response', () => {
    const problem = failed(made(), inBody)
    expect(problem).toMatchObject({ ...made(), message: 'Broken.', vendorStatus: 200, cause })
    expect(failed(new Problem('VENDOR_RESPONSE_TOO_LARGE', 'Too large.'), inBody).readRetry).toBeNull()
  })
  test('keeps its own status, and is unchanged without a response', () => {
    for (const [problem, at] of [
      [made(418), inBody],
      [made(), after],
    ] as const)
      expect(failed(problem, at)).toBe(problem)
  })
})

test.each([
  [before, 'not-sent', null],
  [after, 'unknown', null],
  [inBody, 'unread', 200],
  [inFailedBody, 'unknown', 503],
] as const)(
  'reports the delivery status of a request that is aborted with a problem at %j: %s',
  (at, delivery, vendorStatus) => {
    const reason = new Problem('SHUTTING_DOWN', 'No.')
    const problem = failed(reason, { ...at, signal: AbortSignal.abort(reason) })
    expect(problem).toMatchObject({ code: 'SHUTTING_DOWN', message: 'No.', delivery, vendorStatus })
    expect(problem).not.toBe(reason)
  },
)

describe('toCallProblem', () => {
  const { signal } = new AbortController()
  const problem = new Problem('VENDOR_REJECTED', 'No.')
  test('returns a problem unchanged', () => expect(toCallProblem(problem, signal)).toBe(problem))
  test('converts other errors to INTERNAL and keeps only the cause', () => {
    const cause = new TypeError('secret')
    const message = expect.stringMatching(
      /^Internal error: a vendor call failed unexpectedly\. .* request ID/,
    ) as string
    const expected = { code: 'INTERNAL', message, cause }
    expect(toCallProblem(cause, signal)).toMatchObject({ ...expected, delivery: 'not-sent' })
    expect(toCallProblem(cause, AbortSignal.abort(), 'unknown')).toMatchObject({ ...expected, delivery: 'unknown' })
  })
  test('returns a copy of the reason of an aborted signal', () => {
    const aborted = AbortSignal.abort(problem)
    const own = toCallProblem(problem, aborted, 'unknown')
    expect(own).toMatchObject({ code: problem.code, message: problem.message, delivery: 'unknown' })
    expect(own).not.toBe(problem)
  })
})

test.each<[Code, boolean]>([
  ['VENDOR_UNAVAILABLE', true],
  ['VENDOR_AUTH_FAILED', true],
  ['VENDOR_BAD_RESPONSE', true],
  ['VENDOR_REJECTED', false],
  ['VENDOR_CONFLICT', false],
  ['NOT_FOUND', false],
  ['UNSUPPORTED_BY_VENDOR', false],
  ['OVERLOADED', false],
])('reports whether %s concerns the health of the vendor: %s', (code, concerns) => {
  expect(isVendorHealthError(new Problem(code, 'No.'))).toBe(concerns)
})

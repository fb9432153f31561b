import { describe, expect, test } from 'vitest'
import type { VendorError } from '../../src/upstream/vendor-client.ts'
import { VendorResponseError, errorFromStatus } from '../../src/upstream/vendor-error.ts'

const createError = (vendorError: VendorError, status = 400, headers = {}): VendorResponseError =>
  new VendorResponseError(vendorError, { status, headers, body: null }, (text) => text.replaceAll('s3cret', '…'))

test.each([200, 204, 299])('returns no error for status %i', (status) => expect(errorFromStatus(status)).toBeNull())

test.each([
  [300, 'VENDOR_BAD_RESPONSE', 'unknown'],
  [399, 'VENDOR_BAD_RESPONSE', 'unknown'],
  [400, 'VENDOR_REJECTED', 'rejected'],
  [401, 'TOKEN_REJECTED', 'rejected'],
  [403, 'VENDOR_FORBIDDEN', 'rejected'],
  [404, 'NOT_FOUND', 'rejected'],
  [408, 'VENDOR_UNAVAILABLE', 'unknown'],
  [409, 'VENDOR_CONFLICT', 'rejected'],
  [413, 'VENDOR_REJECTED', 'rejected'],
  [415, 'VENDOR_REJECTED', 'rejected'],
  [422, 'VENDOR_REJECTED', 'rejected'],
  [429, 'VENDOR_RATE_LIMITED', 'rejected'],
  [499, 'VENDOR_REJECTED', 'rejected'],
  [500, 'VENDOR_UNAVAILABLE', 'unknown'],
  [599, 'VENDOR_UNAVAILABLE', 'unknown'],
] as const)('maps status %i to %s with the delivery status %s', (status, code, delivery) => {
  const vendorError = errorFromStatus(status)!
  expect(vendorError.code).toBe(code)
  expect(createError(vendorError, status)).toMatchObject({ delivery, vendorStatus: status })
})

describe('an error in a 2xx response', () => {
  test('is a rejection', () => expect(createError({ code: 'VENDOR_REJECTED' }, 200).delivery).toBe('rejected'))
  test('has an unknown effect after a redirect', () =>
    expect(createError({ code: 'VENDOR_REJECTED' }, 300).delivery).toBe('unknown'))
})

test('marks a rejected token, which is not retryable', () => {
  const date = 'Thu, 01 Jan 2026 00:00:00 GMT'
  expect(createError({ code: 'TOKEN_REJECTED' }, 401, { date })).toMatchObject({
    code: 'VENDOR_AUTH_FAILED',
    message: "The vendor rejected the access token. Check the account's credentials.",
    isTokenRejected: true,
    retryable: false,
    date,
  })
  expect(createError({ code: 'VENDOR_FORBIDDEN' }, 403)).toMatchObject({
    isTokenRejected: false,
    retryable: true,
    date: undefined,
  })
})

test.each([
  [
    'VENDOR_FORBIDDEN',
    "The vendor does not allow this request with the account's credentials. Grant the permission at the vendor.",
  ],
  ['NOT_FOUND', 'The object was not found at the vendor, or the account does not have access to it.'],
  [
    'VENDOR_CONFLICT',
    'The request conflicts with the current state of the object at the vendor. Fetch the object again.',
  ],
  ['VENDOR_RATE_LIMITED', 'The vendor\'s rate limit was exceeded. Retry after the time in "retryAt".'],
  ['VENDOR_UNAVAILABLE', 'The vendor could not process the request. Retry later.'],
  ['VENDOR_REJECTED', 'The vendor rejected the request. See "vendorMessage" for its reason.'],
  ['VENDOR_BAD_RESPONSE', 'The vendor rejected the request. See "vendorMessage" for its reason.'],
] as const)('has a message for %s', (code, words) => expect(createError({ code }).message).toBe(words))

test('has a message for redirects', () => {
  expect(createError(errorFromStatus(302)!, 302).message).toBe(
    'The vendor returned a redirect, which Parley does not follow.',
  )
})

test('keeps the vendor’s details without secrets', () => {
  const path = ['input', 'title']
  const error: VendorError = {
    code: 'VENDOR_RATE_LIMITED',
    message: 'Words s3cret.',
    vendorCode: '300 s3cret',
    vendorMessage: 'No s3cret.',
    retryable: false,
    retryAt: 5,
    path,
  }
  expect(createError(error)).toMatchObject({
    message: 'Words ….',
    vendorCode: '300 …',
    vendorMessage: 'No ….',
    retryable: false,
    retryAt: 5,
    path,
  })
  expect(createError({ code: 'VENDOR_RATE_LIMITED' })).toMatchObject({
    vendorCode: null,
    vendorMessage: null,
    retryable: true,
    retryAt: null,
    path: null,
  })
})

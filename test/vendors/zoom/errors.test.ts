import { describe, expect, it, test } from 'vitest'
import { errorParser } from '../../../src/vendors/zoom/errors.ts'
import { ZoomParticipant } from '../../../src/vendors/zoom/participant.ts'

/** Names that every object literal has. */
const inherited = ['constructor', 'toString', 'hasOwnProperty', '__proto__']

describe("Zoom's errors", () => {
  it.each(inherited)('report no input path for the field %s', (field) => {
    const body = { code: 300, message: 'Validation Failed.', errors: [{ field, message: 'Invalid field.' }] }
    const vendorError = errorParser.parseError({ status: 400, headers: {}, body })
    expect(vendorError).toMatchObject({ code: 'VENDOR_REJECTED', vendorCode: '300' })
    expect(vendorError).not.toHaveProperty('path')
  })

  it('report a missing permission that has the status 200', () => {
    const body = { code: 200, message: 'You do not have the right permissions.' }
    expect(errorParser.parseError({ status: 200, headers: {}, body })).toMatchObject({
      code: 'VENDOR_FORBIDDEN',
      vendorCode: '200',
      retryable: false,
    })
  })
})

test.each(inherited)('reads a participant with the role and status %s as unknown', (word) => {
  const raw = { user_id: '1', role: word, status: word }
  expect(new ZoomParticipant('live', '9', raw)).toMatchObject({ role: 'UNKNOWN', status: 'UNKNOWN' })
})

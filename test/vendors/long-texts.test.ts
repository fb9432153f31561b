import { expect, test } from 'vitest'
import { z } from 'zod'
import { errorParser as imeetcentral } from '../../src/vendors/imeetcentral/errors.ts'
import { shortList } from '../../src/vendors/kit/short-list.ts'
import { errorParser as trueconf } from '../../src/vendors/trueconf/errors.ts'
import { errorParser as zoom } from '../../src/vendors/zoom/errors.ts'

const long = (unit: string) => unit.repeat(60_000 / unit.length)
const createResponse = (status: number, body: unknown) => ({ status, headers: {}, body })

test('limits the length that is read of Zoom errors', () => {
  const vendorError = zoom.parseError(
    createResponse(400, {
      code: 300,
      message: `${long('resume ')} GMT 00:00:00`,
      errors: Array.from({ length: 50_000 }, () => ({ field: long('topic.'), message: long('[') })),
    }),
  )
  expect(vendorError).toMatchObject({ code: 'VENDOR_REJECTED', path: ['input', 'title'] })
  expect(vendorError?.vendorMessage?.length).toBeLessThan(50_000)
})

test('limits the length that is read of TrueConf errors', () => {
  const errors = Array.from({ length: 50_000 }, () => ({ reason: 'x', message: long('a'), location: long('topic.') }))
  const vendorError = trueconf.parseError(createResponse(400, { error: { code: 400, message: 'no', errors } }))
  expect(vendorError).toMatchObject({ code: 'VENDOR_REJECTED', vendorCode: 'x', path: ['input', 'title'] })
  expect(vendorError?.vendorMessage).toHaveLength(2_000)
})

test('limits the length that is read of iMeet Central errors', () => {
  const responses = Array.from({ length: 50_000 }, () => ({ status: 201 }))
  expect(imeetcentral.parseError(createResponse(200, { responses: [...responses, { status: 500 }] }))).toBeNull()
  const vendorError = imeetcentral.parseError(createResponse(200, { responses: [{ status: 400, body: long('no ') }] }))
  expect(vendorError?.vendorMessage).toHaveLength(10_000)
})

test('reads at most 1,000 items of a list within an object', () => {
  let count = 0
  const item = z.custom<number>(() => ++count > 0)
  expect(shortList(item).parse(Array(50_000).fill(0))).toHaveLength(1_000)
  expect(count).toBe(1_000)
})

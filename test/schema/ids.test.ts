import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { decodeId, encodeId } from '../../src/schema/ids.ts'

const vendorId = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((text) => text.isWellFormed() && !/\p{Cc}/u.test(text) && !['.', '..', 'me'].includes(text))

test('decodes an ID to the parts that were encoded', () => {
  fc.assert(
    fc.property(vendorId, vendorId, (conference, person) => {
      const id = encodeId('Participant', 'berlin', conference, person)
      expect(id).toMatch(/^[\w-]+$/)
      expect(decodeId(id, 'id')).toEqual({ type: 'Participant', account: 'berlin', parts: [conference, person] })
    }),
  )
})

test('encodes an object to the same ID whatever was encoded before', () => {
  const account = fc.constantFrom('zoom', 'berlin', '')
  const ids = fc.array(fc.tuple(fc.constantFrom('User' as const, 'Conference' as const), account, vendorId), {
    maxLength: 6,
  })
  fc.assert(
    fc.property(ids, (objects) => {
      for (const [type, key, part] of objects) {
        const text = `${type}:${key}:${encodeURIComponent(part)}`
        expect(encodeId(type, key, part)).toBe(Buffer.from(text).toString('base64url'))
      }
    }),
  )
})

test('replaces half of a surrogate pair', () => {
  expect(decodeId(encodeId('User', 'zoom', 'a\ud800'), 'id').parts).toEqual(['a\ufffd'])
})

test('accepts a text only if it is what the decoded parts are encoded to, and throws INVALID_ID otherwise', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.base64String(),
    fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(`User:zoom:${text}`).toString('base64url')),
    fc
      .constantFrom('%c3%a9', '%41', '%2e', '%6De')
      .map((part) => Buffer.from(`User:zoom:${part}`).toString('base64url')),
    fc.string().map((text) => Buffer.from(`${text}:zoom:x`).toString('base64url')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      try {
        const { type, account, parts } = decodeId(text, 'id')
        expect(encodeId(type, account, ...parts)).toBe(text)
      } catch (error) {
        expect(error).toBeInstanceOf(Problem)
        expect((error as Problem).code).toBe('INVALID_ID')
      }
    }),
  )
})

test('rejects an ID of another type and names the argument and the expected type', () => {
  const user = encodeId('User', 'zoom', 'x')
  expect(() => decodeId(user, 'filter.ownerId', 'Conference')).toThrow(/"filter\.ownerId" must be the ID of a Conf/)
  expect(() => decodeId(user, 'id', 'Account')).toThrow(/an Account/)
})

test('rejects an ID without an account, except for operations', () => {
  expect(() => decodeId(encodeId('User', '', 'x'), 'id')).toThrow('"id" must be an ID that this API returned.')
  expect(() => decodeId(encodeId('Account', ''), 'id')).toThrow('"id" must be an ID that this API returned.')
  expect(decodeId(encodeId('Operation', '', 'x'), 'id')).toMatchObject({ account: '', parts: ['x'] })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { redactor } from '../../src/upstream/redact.ts'
import { runs } from '../support/property.ts'

const secret = fc.string({ minLength: 12, maxLength: 60, unit: fc.constantFrom(...'abcdXYZ0189-_+/=.&"') })
const around = fc.string({ unit: fc.constantFrom(...'mnop ,:') })

test('no secret comes through, whole, encoded, in Basic, or as a piece', () => {
  fc.assert(
    fc.property(secret, around, around, fc.nat(), (value, before, after, cut) => {
      const redact = redactor(() => [value])
      const bytes = Buffer.from(value)
      const piece = value.slice(cut % (value.length - 11)).slice(0, 12)
      const forms = [
        value,
        encodeURIComponent(value),
        bytes.toString('base64'),
        bytes.toString('base64url'),
        bytes.toString('hex'),
      ]
      for (const form of [...forms, piece, JSON.stringify(value)])
        expect(redact(before + form + after)).not.toContain(form)
      if (value.length < 24) return
      const basic = Buffer.from(`id:${value}`).toString('base64')
      expect(redact(`${before} ${basic} ${after}`)).not.toContain(basic)
    }),
    runs(1_000, 100_000),
  )
})

test('ordinary words stay', () => {
  const redact = redactor(() => ['0123456789abcdef', 'abc'])
  expect(redact('The requested parameter is not acceptable, abc.')).toBe(
    'The requested parameter is not acceptable, abc.',
  )
  expect(redact('See https://vendor.example/path?x=1 now')).toBe('See [address] now')
  expect(redact('Bad token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl!')).toBe('Bad token [redacted]!')
})

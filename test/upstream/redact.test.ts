import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedactor } from '../../src/upstream/redact.ts'
import { runs } from '../support/property.ts'

const secret = fc.string({ minLength: 12, maxLength: 60, unit: fc.constantFrom(...'abcdXYZ0189-_+/=.&"') })
const around = fc.string({ unit: fc.constantFrom(...'mnop ,:') })

test('redacts every secret, whole, encoded, in HTTP Basic, and in part', () => {
  fc.assert(
    fc.property(secret, around, around, fc.nat(), (value, before, after, cut) => {
      const redact = createRedactor(() => [value])
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

describe.each(['p"ä 9/ö', '???~~~?'])('a short secret, %s,', (value) => {
  const bytes = Buffer.from(value)
  const clean = createRedactor(() => [value])
  test.each([
    ['as it is', value],
    ['as of a URL', encodeURIComponent(value)],
    ['as of JSON', JSON.stringify(value).slice(1, -1)],
    ['in base64', bytes.toString('base64').replace(/=+$/, '')],
    ['in base64url', bytes.toString('base64url')],
    ['in hex', bytes.toString('hex')],
  ])('is redacted %s, at any position', (_, form) => {
    expect(clean(`a ${form}, b(${form})`)).toBe('a [redacted], b([redacted])')
  })
  test('is redacted if it has at least four characters', () => {
    expect(createRedactor(() => ['abcd', 'xyz'])('an abcd, an xyz')).toBe('an [redacted], an xyz')
  })
  test('is redacted even with an unpaired surrogate', () => {
    expect(createRedactor(() => ['ab\ud800cd'])('x ab%EF%BF%BDcd x')).toBe('x [redacted] x')
  })
})

describe('a part of a secret', () => {
  const value = 'abcdefghijklmnopqrstuvwxyz'
  const clean = createRedactor(() => ['0'.repeat(30), value])
  test('redacts its word if it has at least 12 characters', () => {
    expect(clean(`see token=${value.slice(3, 15)}, please`)).toBe('see [redacted] please')
    expect(clean(`see (${value.slice(3, 14)}), please`)).toBe(`see (${value.slice(3, 14)}), please`)
    expect(clean(value.slice(14))).toBe('[redacted]')
    expect(clean(`${value.slice(20)}${value.slice(0, 6)}`)).toBe(`${value.slice(20)}${value.slice(0, 6)}`)
  })
  test.each(['base64', 'base64url', 'hex'] as const)('is redacted in %s', (encoding) => {
    const form = Buffer.from(value).toString(encoding)
    expect(clean(`x ${form.slice(5, 17)} y`)).toBe('x [redacted] y')
  })
  test.each(['i', 'id'])('is redacted after %j in one base64 text', (before) => {
    const secret = '~~~???~~~???~~~???'
    for (const encoding of ['base64', 'base64url'] as const) {
      const form = Buffer.from(`${before}${secret}`).toString(encoding)
      expect(createRedactor(() => [secret])(`x ${form} y`)).toBe('x [redacted] y')
    }
  })
})

describe('without configured secrets', () => {
  const clean = createRedactor(() => [])
  test.each([
    ['See https://vendor.example/path?x=1 now, or ftp://x', 'See [address] now, or [address]'],
    ['HTTP+UNIX://socket x', '[address] x'],
    ['1https://x y', '1https://x y'],
    ['a:b //c http:/d', 'a:b //c http:/d'],
  ])('redacts URLs: %s', (text, cleaned) => expect(clean(text)).toBe(cleaned))

  test.each([
    ['Bad token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl!', 'Bad token [redacted]!'],
    ['(eyJhbGci-_9.x)', '([redacted])'],
    ['eyJ12345678 and eyJ1234567', '[redacted] and eyJ1234567'],
    ['eyJ12345678.a.b.c', '[redacted].c'],
    ['heyJ12345678', 'heyJ12345678'],
  ])('redacts JSON Web Tokens: %s', (text, cleaned) => expect(clean(text)).toBe(cleaned))
})

test('keeps ordinary text', () => {
  const redact = createRedactor(() => ['0123456789abcdef', 'abc'])
  expect(redact('The requested parameter is not acceptable, abc.')).toBe(
    'The requested parameter is not acceptable, abc.',
  )
})

describe('a truncated text', () => {
  const token = 'T0k3n'.repeat(12)
  const clean = createRedactor(() => [token, 'pass word'])

  test.each([token, Buffer.from(token).toString('base64'), encodeURIComponent('pass word'), 'pass word'])(
    'does not show a part of %s, wherever the cut is',
    (secret) => {
      const start = secret.slice(0, 4)
      const rest = 'more '.repeat(500)
      for (let before = 1_700; before < 2_300; before++) {
        const text = `${'word '.repeat(before).slice(0, before)} ${secret} ${rest}`
        expect(clean(text)).not.toContain(start)
        // The preceding text is redacted to a few characters, so that the end of the truncated text is visible.
        const urls = `https://${'x'.repeat(before)} ${secret} ${rest}`
        expect(clean(urls)).not.toContain(start)
      }
    },
  )
  test('keeps its start', () => {
    expect(clean(`No such user. ${'x'.repeat(1_000_000)}`)).toMatch(/^No such user\. x/)
    expect(clean(token.repeat(100_000))).toBe('[redacted]')
  })
  test('is processed no further than the longest secret requires', () => {
    const clean = createRedactor(() => ['secret'])
    const start = 'word '.repeat(1_000)
    for (const rest of ['a-'.repeat(400_000), 'x'.repeat(800_000), 'eyJ'.repeat(100_000), 'a://'.repeat(100_000)])
      expect(clean(start + rest)).toBe(clean(start + 'y'.repeat(10)))
  })
})

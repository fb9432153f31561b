import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { path, buildUrl } from '../../src/upstream/path.ts'
import { anyText, runs } from '../support/property.ts'

const tricky = fc.oneof(
  anyText,
  fc.string({
    unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'E', 'f', '?', '#', '@', ':', ';', '\t', '\n', ' '),
  }),
  fc.string(),
)
const bases = fc.constantFrom(
  'https://api.example/v2',
  'https://api.example/v2/',
  'http://127.0.0.1:80',
  'https://a.example:8443/a/b',
)
const segments = (url: URL): string[] => url.pathname.split('/')

describe('URL builder', () => {
  test('encodes an ID as one path segment or rejects it', () => {
    fc.assert(
      fc.property(bases, tricky, tricky, fc.option(tricky), (base, id, other, value) => {
        let url: URL
        try {
          url = buildUrl(base, path`/users/${id}/of/${other}`, { q: value, none: null })
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_ID' })
          return
        }
        const plain = buildUrl(base, path`/users/${'a'}/of/${'b'}`)
        expect(url.origin).toBe(plain.origin)
        expect(url.hash + url.username + url.password).toBe('')
        expect([...url.searchParams]).toEqual(value === null ? [] : [['q', value.toWellFormed()]])
        if (value === null) expect(url.href).toBe(url.origin + url.pathname)
        expect(segments(url)).toHaveLength(segments(plain).length)
        expect(segments(url).slice(0, -3)).toEqual(segments(plain).slice(0, -3))
        expect(decodeURIComponent(segments(url).at(-3)!)).toBe(id)
        expect(decodeURIComponent(segments(url).at(-1)!)).toBe(other)
      }),
      runs(2_000, 200_000),
    )
  })

  test('sends a query of the vendor unchanged, whatever it contains', () => {
    fc.assert(
      fc.property(bases, tricky, (base, query) => {
        const [url, plain] = [buildUrl(base, path`/users`, query), buildUrl(base, path`/users`)]
        expect([url.origin, url.pathname, url.hash]).toEqual([plain.origin, plain.pathname, ''])
      }),
      runs(1_000, 100_000),
    )
    expect(buildUrl('https://api.example', path`/users`, 'a=%2B1&b=+&a=#').href).toBe(
      'https://api.example/users?a=%2B1&b=+&a=%23',
    )
  })
  test.each(['', '.', '..', '%2e', '%2E.', '.%2e', '\n', 'a\u0000', '\u0085b', '\ud800'])('rejects %j', (id) => {
    expect(() => path`/users/${id}`).toThrow(Problem)
    expect(() => path`/users/${id}`).toThrow('The ID cannot be an ID of this vendor.')
  })
  test.each(['...', 'a.', '.a', 'a%2e', '%2ea', '%2e%2e%2e', ' ', '%'])('accepts %j', (id) => {
    expect(path`/users/${id}/x`).toBe(`/users/${encodeURIComponent(id)}/x`)
  })
  test('omits null and undefined query parameters but keeps false and 0', () => {
    const url = buildUrl('https://api.example//', path`/users`, { a: undefined, b: null, c: false, d: 0, e: '' })
    expect(url.href).toBe('https://api.example/users?c=false&d=0&e=')
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseLinkQuery } from '../../../src/vendors/imeetcentral/link.ts'
import { path, buildUrl } from '../../../src/upstream/path.ts'
import { runs } from '../../support/property.ts'

const api = 'https://edge.vendor.example/v1'
const list = path`/workspaces/${'a b'}/users`
const own = buildUrl(api, list)
const unsafe = expect.objectContaining({
  code: 'PAGING_UNSAFE_LINK',
  message: "The vendor's link to the next page has another URL than the list.",
})

const origins = [
  'https://edge.vendor.example',
  'HTTPS://EDGE.vendor.EXAMPLE',
  'https://edge.vendor.example:443',
  'https:\\\\edge.vendor.example',
  '//edge.vendor.example',
  '\\\\edge.vendor.example',
  'https://edge%2Evendor.example',
  'https://edge.vendor。example',
  'ht\ntps://edge.ven\tdor.example',
  '',
]
const otherOrigins = [
  'http://edge.vendor.example',
  'https:/edge.vendor.example',
  'https://edge.vendor.example:8443',
  'https://edge.vendor.example.evil.example',
  'https://edge.vendor.example@evil.example',
  'https://edge.vendor.example%40evil.example',
  'https://evil.example#edge.vendor.example',
  'https://evil.example\\@edge.vendor.example',
  'https://user@edge.vendor.example',
  'https://:secret@edge.vendor.example',
  'https://edge.vendor.example.',
  'https://edge.vendor.еxample',
  '//evil.example',
  '/\\evil.example',
  '\t//evil.example',
  'javascript:',
  'file://',
  'data:text/html,',
  'blob:https://edge.vendor.example',
  'https://[',
]
const paths = [
  '/v1/workspaces/a%20b/users',
  '/v1/workspaces/a b/users',
  '/v1/x/../workspaces/a%20b/users',
  '/v1/./workspaces/%2e/a%20b/users',
  '\\v1\\workspaces\\a%20b\\users',
]
const otherPaths = [
  '/admin',
  '/v1/workspaces/a%20b/users/',
  '/v1/workspaces/a%20b/users/..',
  '/v1/workspaces/a%20b/users/../../admin',
  '/v1/workspaces/a%2520b/users',
  '/v1/workspaces/a+b/users',
  '/v1/workspaces/b/users',
  '/V1/workspaces/a%20b/users',
  '//v1/workspaces/a%20b/users',
  '/v1/workspaces/a%20b%2fusers',
  '/v1/workspaces/a%20b/users;x=1',
  '/v1/workspaces/a%20b/users%3Fx',
  '/v1/workspaces/a%20b/user\u017f',
  '/%2e%2e/v1/workspaces',
]
const search = fc.webQueryParameters({ size: 'small' })
const fragment = fc.constantFrom('', '#', '#/admin', '#@evil.example')
const around = fc.constantFrom('', ' ', '\n', '\t \r')

function tries(address: string): string | null {
  const query = parseLinkQuery(address, own)
  // The request uses only the query of the link.
  const url = buildUrl(api, list, query ?? '')
  expect([url.origin, url.pathname, url.hash]).toEqual([own.origin, own.pathname, ''])
  return query
}

test('returns the query of a link to the list in any notation', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...origins),
      fc.constantFrom(...paths),
      search,
      fragment,
      around,
      (origin, at, query, hash, space) => {
        const address = `${space}${origin}${at}?${query}${hash}${space}`
        expect(tries(address)).toBe(new URL(`?${query}`, own).search.slice(1) || null)
      },
    ),
    runs(2_000, 100_000),
  )
})

test('rejects a link to another origin or path', () => {
  const elsewhere = fc.oneof(
    fc.tuple(fc.constantFrom(...otherOrigins), fc.constantFrom(...paths, ...otherPaths)),
    fc.tuple(fc.constantFrom(...origins), fc.constantFrom(...otherPaths)),
  )
  fc.assert(
    fc.property(elsewhere, search, fragment, around, ([origin, at], query, hash, space) => {
      expect(() => tries(`${space}${origin}${at}?${query}${hash}${space}`)).toThrow(unsafe)
    }),
    runs(2_000, 100_000),
  )
})

test('accepts only links with the same origin and path', () => {
  const piece = fc.oneof(
    fc.constantFrom(...origins, ...otherOrigins, ...paths, ...otherPaths),
    fc.constantFrom('..', '/', '\\', '?', '#', '@', ':', '%2e', '%00', ' ', '\n', 'users', 'https', '443'),
    fc.string({ maxLength: 5 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const address = pieces.join('')
      try {
        tries(address)
      } catch (error) {
        expect(error).toEqual(unsafe)
        return
      }
      if (address === '') return
      const url = new URL(address, own)
      expect([url.origin, url.pathname, url.username, url.password]).toEqual([own.origin, own.pathname, '', ''])
    }),
    runs(2_000, 100_000),
  )
})

test('returns null without a link or without a query', () => {
  for (const address of [null, undefined, '', own.href, `${own.href}?`, `${own.href}#x`])
    expect(parseLinkQuery(address, own)).toBeNull()
})

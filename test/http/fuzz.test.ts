import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { runs } from '../support/property.ts'
import { startServer } from './harness.ts'
import type { ReceivedResponse } from './harness.ts'

const server = await startServer()
afterAll(() => server.http.drain())

const seeds = [
  '{ hello(name: "a") }',
  'query named($n: Int = 5) @skip(if: false) { a: users(first: $n) { edges { cursor node { id } } } }',
  'mutation { rename(input: { id: 1, tags: ["a"] }) }',
  '{ node(id: 1) { ...f } } fragment f on User { friend { ... on User { name } } }',
  '{ __schema { types { name } } }',
]
const often = runs(150, 10_000)

function expectGraphqlResponse({ status, text, code }: ReceivedResponse): void {
  expect([200, 400, 413, 415]).toContain(status)
  expect(() => JSON.parse(text) as unknown).not.toThrow()
  expect(code).not.toBe('INTERNAL')
}

test('responds to random bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) =>
      expectGraphqlResponse(await server.post(bytes)),
    ),
    often,
  )
})

test('responds to random JSON', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), async (text) => expectGraphqlResponse(await server.post(text))),
    often,
  )
})

test('responds to operations with removed, repeated, and inserted pieces', async () => {
  const token = fc.constantFrom(
    '{',
    '}',
    '(',
    ')',
    '"',
    '"""',
    '...',
    '@',
    '$',
    ':',
    '!',
    'on',
    'fragment f on User',
    'nodes',
    '\0',
    '𝄞',
  )
  const change = fc.record({ at: fc.nat(150), length: fc.nat(10), token })
  const mutated = fc.tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 5 })).map(([seed, changes]) => {
    let text = seed
    for (const { at, length, token } of changes) text = text.slice(0, at) + token + text.slice(at + length)
    return text
  })
  await fc.assert(
    fc.asyncProperty(mutated, fc.dictionary(fc.string(), fc.jsonValue()), async (query, variables) =>
      expectGraphqlResponse(await server.post({ query, variables })),
    ),
    often,
  )
})

test('responds to random multipart bodies', async () => {
  const pieces = [
    '--x',
    '--',
    '\r\n',
    '\r\n\r\n',
    'Content-Disposition: form-data; name="operations"',
    'Content-Disposition: form-data; name="map"',
    'Content-Disposition: form-data; name="0"; filename="a"',
    '{"query":"mutation ($file: File!) { upload(file: $file) }","variables":{"file":null}}',
    '{"0":["variables.file"]}',
    'bytes',
  ]
  const body = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(body, async (text) =>
      expectGraphqlResponse(
        await server.post(text, { 'content-type': 'multipart/form-data; boundary=x', 'x-parley-csrf': '1' }),
      ),
    ),
    often,
  )
})

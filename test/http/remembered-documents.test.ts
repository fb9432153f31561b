import { createHash } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import type { DocumentResult } from '../../src/http/document/document-finder.ts'
import { RememberedDocuments } from '../../src/http/document/remembered-documents.ts'
import { TrustedList } from '../../src/http/document/trusted-list.ts'
import { startServer } from './harness.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const results: DocumentResult[] = []
const server = await startServer({
  clients: ['ada', 'grace'].map((name) => ({
    name,
    apiKeySha256: sha256(`key of ${name}`.replaceAll(' ', '-')),
    scopes: ['read'],
    accounts: null,
  })),
  documents: {
    getPolicy: () => ({ mode: 'allow', list: new TrustedList([]) }),
    onRequest: (result) => results.push(result),
  },
})
afterAll(() => server.http.drain())

const send = async (caller: string, text: string, hasText: boolean): Promise<unknown> => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(text) } }
  const body = { ...(hasText && { query: text }), extensions }
  const { code } = await server.post(body, { authorization: `Bearer key-of-${caller}` })
  return code
}
const createText = (number: number): string => `{ hello(name: "${number}") }`

test('[D19] forgets the least recently used text after 1,000 texts, and keeps the texts of callers apart', async () => {
  for (let number = 0; number < 1_000; number++) expect(await send('ada', createText(number), true)).toBeUndefined()
  // The first text is used again, so the second one is the oldest.
  expect(await send('ada', createText(0), false)).toBeUndefined()
  expect(await send('grace', createText(0), false)).toBe('PERSISTED_QUERY_NOT_FOUND')
  expect(await send('grace', createText(1_000), true)).toBeUndefined()
  expect(await send('ada', createText(1_000), false)).toBe('PERSISTED_QUERY_NOT_FOUND')
  expect(await send('ada', createText(1), false)).toBe('PERSISTED_QUERY_NOT_FOUND')
  for (const number of [0, 2, 999]) expect(await send('ada', createText(number), false)).toBeUndefined()
  expect(await send('grace', createText(1_000), false)).toBeUndefined()
  const count = (name: DocumentResult): number => results.filter((result) => result === name).length
  expect([count('text'), count('remembered'), count('refused')]).toEqual([1_001, 5, 3])
})

test('remembers a text of exactly 16 KiB', () => {
  const remembered = new RememberedDocuments()
  const text = 'é'.repeat(8 * 1024)
  remembered.add('ada', 'a', text)
  remembered.add('ada', 'b', `${text} `)
  expect(remembered.find('ada', 'a')).toBe(text)
  expect(remembered.find('ada', 'b')).toBeNull()
})

import { buildSchema, parse } from 'graphql'
import { describe, expect, test } from 'vitest'
import type { Caller, Scope } from '../../src/auth/caller.ts'
import { DocumentCache } from '../../src/http/document/document-cache.ts'
import { httpLimits } from '../../src/http/limits.ts'
import { DocumentPreparer } from '../../src/http/document/document-preparer.ts'
import { PreparedDocument } from '../../src/http/document/prepared-document.ts'

const MiB = 1024 ** 2
const schema = buildSchema('type Query { a: Int  b(id: ID): Query }')
const document = parse('{ a }')
const prepared = (key: string, sizeBytes: number): PreparedDocument =>
  Object.assign(new PreparedDocument({ schema, key, document, parts: new Set(), tokens: 3 }), { sizeBytes })

describe('DocumentCache', () => {
  test('limits the size of all documents, however many callers add them', () => {
    const cache = new DocumentCache()
    for (let i = 0; i < 2_000; i++) cache.add(prepared(`${i}`, MiB / 4), `jwt:${i}`)
    expect(cache.totalBytes).toBe(64 * MiB)
    expect(cache.get('1999')).not.toBeNull()
    expect(cache.get('0')).toBeNull()
  })

  test('drops only documents of the caller that exceeds its share', () => {
    const cache = new DocumentCache()
    for (let i = 0; i < 40; i++) cache.add(prepared(`frontend ${i}`, MiB), 'frontend')
    expect(cache.totalBytes).toBe(16 * MiB)
    for (let i = 0; i < 2_000; i++) cache.add(prepared(`script ${i}`, MiB / 4), 'script')
    expect(cache.totalBytes).toBe(32 * MiB)
    for (let i = 24; i < 40; i++) expect(cache.get(`frontend ${i}`)).not.toBeNull()
  })

  test('drops the least recently used document first', () => {
    const cache = new DocumentCache()
    for (let i = 0; i < 16; i++) cache.add(prepared(`${i}`, MiB), 'a')
    expect(cache.get('0')).not.toBeNull()
    cache.add(prepared('16', MiB), 'a')
    expect(cache.get('0')).not.toBeNull()
    expect(cache.get('1')).toBeNull()
  })

  test('does not cache a document that would use a large part of a share', () => {
    const cache = new DocumentCache()
    cache.add(prepared('large', 3 * MiB), 'a')
    expect(cache.get('large')).toBeNull()
    expect(cache.totalBytes).toBe(0)
  })
})

describe('DocumentPreparer', () => {
  const caller = (...scopes: Scope[]): Caller => ({ name: 'a', scopes: new Set(scopes), accounts: null })

  test('caches a document only after it was validated without errors', () => {
    const preparer = new DocumentPreparer(schema, httpLimits)
    preparer.prepare('{ a }', caller('read'))
    expect(preparer.cachedBytes).toBe(0)
    preparer.validate(preparer.prepare('{ nothing }', caller('read')), caller('read'))
    expect(preparer.cachedBytes).toBe(0)
    preparer.validate(preparer.prepare('{ a }', caller('read')), caller('read'))
    expect(preparer.cachedBytes).toBeGreaterThan(0)
    expect(preparer.prepare('{ a }', caller('read')).prepared.isValid).toBe(true)
  })

  test('validates a document again for a caller to whom other rules apply', () => {
    const preparer = new DocumentPreparer(schema, httpLimits)
    const introspection = '{ __schema { description } }'
    expect(preparer.validate(preparer.prepare(introspection, caller('explore')), caller('explore'))).toEqual([])
    expect(preparer.validate(preparer.prepare(introspection, caller('read')), caller('read'))).toHaveLength(1)
  })
})

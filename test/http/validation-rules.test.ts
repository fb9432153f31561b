import * as fc from 'fast-check'
import { specifiedRules, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { parseDocument } from '../../src/http/document/parse-document.ts'
import { IntrospectionScopeRule } from '../../src/http/guard/introspection-scope-rule.ts'
import { validateDocument } from '../../src/http/guard/validate-document.ts'
import { selectRules } from '../../src/http/guard/validation-rules.ts'
import { schema } from '../../src/schema/index.ts'
import { randomOperations } from '../execution/random-documents.ts'
import { runs } from '../support/property.ts'

const pieces = [
  '',
  '@skip',
  '@nothing(x: 1)',
  '$x',
  '$c0',
  '(first: 1)',
  '(first: 1, first: "a")',
  '...F0',
  '...Nothing',
  '... on User { id }',
  '... on Nothing { id }',
  '{ id }',
  '__typename',
  '__schema { types { fields { type { fields { name } } } } }',
  '__type(name: "User") { name }',
  'fragment F0 on User { ...F0 }',
  'query Random { accounts { key } }',
  'subscription { a }',
  '{ accounts { key } }',
  'type Extra { a: Int }',
  'extend type User { a: Int }',
  '(filter: { search: "a", search: "b" })',
  'query ($x: Int, $x: Nothing, $y: User) { users(first: $z) { nodes { id } } }',
  'id: email',
  'nothing',
  ': ',
]
const changes = fc.array(fc.record({ at: fc.nat(400), cut: fc.nat(12), piece: fc.constantFrom(...pieces) }), {
  maxLength: 3,
})

const parseIfPossible = (text: string): ReturnType<typeof parseDocument> | null => {
  try {
    return parseDocument(text, 10_000)
  } catch {
    return null
  }
}

describe('selectRules and validateDocument', () => {
  test('report the same errors as all rules for random documents with random mistakes', () => {
    let invalid = 0
    fc.assert(
      fc.property(randomOperations(schema), changes, fc.boolean(), ({ text }, made, canExplore) => {
        const changed = made.reduce(
          (all, { at, cut, piece }) => `${all.slice(0, at)} ${piece} ${all.slice(at + cut)}`,
          text,
        )
        const parsed = parseIfPossible(changed)
        if (!parsed) return
        const { document, parts } = parsed
        const all = canExplore ? specifiedRules : [...specifiedRules, IntrospectionScopeRule]
        const expected = validate(schema, document, all, { maxErrors: 10 })
        const errors = validateDocument(schema, parsed, { rules: selectRules(parts, canExplore), maxErrors: 10 })
        expect(
          errors.map(({ message }) => message),
          changed,
        ).toEqual(expected.map(({ message }) => message))
        if (expected.length > 0) invalid += 1
      }),
      runs(150, 10_000),
    )
    expect(invalid).toBeGreaterThan(0)
  })

  test.each(pieces)('report the same errors as all rules for a small document with %s', (piece) => {
    for (const text of [
      `{ accounts { key ${piece} } }`,
      `{ users ${piece} { nodes { id } } }`,
      `{ accounts { key } } ${piece}`,
      piece,
    ]) {
      const parsed = parseIfPossible(text)
      if (!parsed) continue
      const errors = validateDocument(schema, parsed, { rules: selectRules(parsed.parts, true), maxErrors: 100 })
      const expected = validate(schema, parsed.document)
      expect(
        errors.map(({ message }) => message),
        text,
      ).toEqual(expected.map(({ message }) => message))
    }
  })

  test('omit rules for parts that a document does not contain', () => {
    const { parts } = parseDocument('{ user(id: "a") { displayName } }', 100)
    expect(selectRules(parts, false).length).toBeLessThan(specifiedRules.length / 2)
  })
})

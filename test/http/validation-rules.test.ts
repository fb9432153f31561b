import * as fc from 'fast-check'
import { specifiedRules, validate } from 'graphql'
import type { ASTNode, ASTVisitFn, ValidationRule } from 'graphql'
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
    return parseDocument(text, 100_000)
  } catch {
    return null
  }
}

/** Creates a rule that records where a document walk is when it enters and leaves each node. */
function createRecorder(visits: unknown[]): ValidationRule {
  const record =
    (event: string): ASTVisitFn<ASTNode> =>
    (node, key, parent, path, ancestors) => {
      visits.push([event, node, key, parent, [...path], [...ancestors]])
    }
  return () => ({ enter: record('enter'), leave: record('leave') })
}

/** Returns the document with the most levels that the parser accepts. */
function parseDeepest(create: (levels: number) => string): ReturnType<typeof parseDocument> {
  for (let levels = 8_192; levels > 64; levels /= 2) {
    const parsed = parseIfPossible(create(levels))
    if (parsed) return parsed
  }
  throw new Error('The parser accepts no nested document.')
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

  test.each([
    ['selections', (levels: number) => `{ ${'a { '.repeat(levels)} b ${'}'.repeat(levels)} }`],
    ['lists', (levels: number) => `{ accounts @a(x: ${'['.repeat(levels)} 1 ${']'.repeat(levels)}) { key } }`],
    ['objects', (levels: number) => `{ accounts @a(x: ${'{ a: '.repeat(levels)} 1 ${'}'.repeat(levels)}) { key } }`],
    ['types', (levels: number) => `query ($a: ${'['.repeat(levels)} Int ${']'.repeat(levels)}) { accounts { key } }`],
  ])('report the same errors as all rules for nested %s with as many levels as the parser accepts', (_, create) => {
    const parsed = parseDeepest(create)
    const errors = validateDocument(schema, parsed, { rules: selectRules(parsed.parts, true), maxErrors: 10 })
    const expected = validate(schema, parsed.document, specifiedRules, { maxErrors: 10 })
    expect(expected).toHaveLength(1)
    expect(errors.map(({ message }) => message)).toEqual(expected.map(({ message }) => message))
  })

  test('visit the same nodes as GraphQL.js, with the same keys, parents, paths, and ancestors', () => {
    const parsed = parseDocument(
      '"a" query A($a: [Int!] = [1, 2] @a(x: { y: [] })) { b: users(first: $a) @skip(if: true) { ...F ... on B { c } } } fragment F on B { d }',
    )
    const [visits, expected]: unknown[][] = [[], []]
    validateDocument(schema, parsed, { rules: [createRecorder(visits!)], maxErrors: 10 })
    validate(schema, parsed.document, [createRecorder(expected!)])
    expect(expected!.length).toBeGreaterThan(50)
    expect(visits).toEqual(expected)
  })

  test('omit rules for parts that a document does not contain', () => {
    const { parts } = parseDocument('{ user(id: "a") { displayName } }', 100)
    expect(selectRules(parts, false).length).toBeLessThan(specifiedRules.length / 2)
  })
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { getErrorKind, type Code } from '../../src/core/error-codes.ts'

const source = readFileSync('src/core/error-codes.ts', 'utf8').split(' as const')[0]!
const [, page = ''] = readFileSync('docs/errors-and-outcomes.md', 'utf8').split(/\n## (?:Codes|HTTP statuses)\n/)

const kinds = [...source.matchAll(/^ {2}([A-Z_]+): \[/gm)].map(([, kind]) => kind!)
const codes = [...source.matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code as Code)
const rows = [...page.matchAll(/^\| (`.*?) \| `([A-Z_]+)` \| /gm)].flatMap(([, cell, kind]) =>
  [...cell!.matchAll(/`([A-Z_]+)`/g)].map(([, code]) => [code as Code, kind!] as const),
)

test('docs/errors-and-outcomes.md describes every error code with its kind, and no other', () => {
  expect(rows.map(([code]) => code).toSorted()).toEqual(codes.toSorted())
  for (const [code, kind] of rows) expect.soft([code, kind]).toEqual([code, getErrorKind(code)])
})

test('docs/errors-and-outcomes.md describes every kind of error', () => {
  const [, section = ''] = readFileSync('docs/errors-and-outcomes.md', 'utf8').split('\n## Kinds\n')
  const documented = [...section.split('\n## ')[0]!.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, kind]) => kind)
  expect(documented.toSorted()).toEqual(kinds.toSorted())
})

test('has one kind for every error code', () => {
  expect(new Set(codes).size).toBe(codes.length)
})

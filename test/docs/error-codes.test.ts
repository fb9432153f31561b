import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const [source = ''] = readFileSync('src/core/errors.ts', 'utf8').split('export type Code')
const [, page = ''] = readFileSync('docs/errors-and-outcomes.md', 'utf8').split(/\n## (?:Codes|HTTP statuses)\n/)

test('docs/errors-and-outcomes.md describes every error code, and no other', () => {
  const codes = [...source.matchAll(/^ {2}'([A-Z_]+)',$/gm)].map(([, code]) => code)
  const cells = [...page.matchAll(/^\| (`.*?) \| /gm)].map(([, cell]) => cell)
  const documented = [...cells.join().matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code)
  expect(documented.toSorted()).toEqual(codes.toSorted())
})

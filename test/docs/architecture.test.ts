import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'

const page = readFileSync('docs/architecture.md', 'utf8')
const names = [...page.replace(/^```[^]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, name]) => name!)
const files = globSync('src/**/*.{ts,graphql}')

test('docs/architecture.md names only paths that exist', () => {
  const paths = [...names, ...page.split(/[\s,]+/)].filter((name) =>
    /^(bin|docs|scripts|src|test)\/[\w/.-]+\w$/.test(name),
  )
  expect(paths.length).toBeGreaterThan(80)
  expect(paths.filter((path) => !existsSync(path))).toEqual([])
})

test('docs/architecture.md names only files that exist', () => {
  const existing = new Set(files.map((file) => basename(file)))
  const named = names.filter((name) => /^[\w-]+\.ts$/.test(name))
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((name) => !existing.has(name))).toEqual([])
})

test('docs/architecture.md names only identifiers that the sources contain', () => {
  const words = new Set(files.flatMap((file) => readFileSync(file, 'utf8').match(/[\w-]+/g) ?? []))
  const identifiers = names.filter((name) => /^[A-Za-z][\w-]*$/.test(name))
  expect(identifiers.length).toBeGreaterThan(20)
  expect(identifiers.filter((name) => !words.has(name) && !existsSync(name))).toEqual([])
})

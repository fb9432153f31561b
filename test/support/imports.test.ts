import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('imports nothing of bench in tests of the product', () => {
  const files = globSync('test/**/*.ts', { cwd: root, exclude: ['**/node_modules/**', 'test/bench/**'] })
  expect(files.length).toBeGreaterThan(100)
  const importing = files.filter((file) => /from '[^']*\/bench\//.test(readFileSync(`${root}/${file}`, 'utf8')))
  expect(importing).toEqual([])
})

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const query = `query listsQuery @throwOnFieldError {
  users(first: 1) { nodes { id conferences(first: 1) { nodes { id } } } }
  conferences(first: 1) { nodes { participants(first: 1) { nodes { id } } } }
  account(key: "zoom") { users(first: 1) { nodes { id } } conferences(first: 1) { nodes { id } } }
}`

test('relay-compiler types the lists as non-null for a client that throws on errors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-relay-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'src'))
  cpSync('schema.graphql', join(folder, 'schema.graphql'))
  writeFileSync(join(folder, 'src/lists.ts'), `export const query = graphql\`${query}\``)
  const config = { src: './src', schema: './schema.graphql', language: 'typescript' }
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(config))
  const compiler = join(process.cwd(), 'node_modules/.bin/relay-compiler')
  execFileSync(compiler, ['relay.config.json'], { cwd: folder, stdio: 'pipe' })

  const artifact = readFileSync(join(folder, 'src/__generated__/listsQuery.graphql.ts'), 'utf8')
  const [, data = ''] = /export type listsQuery\$data = (\{.*?\n\});/s.exec(artifact) ?? []
  expect(data.match(/readonly (users|conferences|participants): \{/g)).toHaveLength(6)
  // Only `account` is null without an error.
  expect(data.match(/ \| null/g)).toHaveLength(1)
})

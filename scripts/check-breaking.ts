import { readFileSync } from 'node:fs'
import { buildSchema, type GraphQLSchema } from 'graphql'
import { listBreakingChanges } from './breaking-changes.ts'

// Fails if schema.graphql breaks clients of schema.released.graphql, the schema of the last release.
const read = (name: string): GraphQLSchema => buildSchema(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))

const changes = listBreakingChanges(read('schema.released.graphql'), read('schema.graphql'))
if (changes.length > 0) {
  process.stderr.write(`${changes.join('\n')}\n`)
  process.exitCode = 1
}

import { readFileSync, writeFileSync } from 'node:fs'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { schema } from '../schema/index.ts'

// Writes schema.graphql, or with --check only says whether it is as the code has it.
const file = new URL('../../schema.graphql', import.meta.url)
const printed = `${printSchema(lexicographicSortSchema(schema))}\n`
if (!process.argv.includes('--check')) writeFileSync(file, printed)
else if (readFileSync(file, 'utf8') !== printed) {
  process.stderr.write('schema.graphql is not what the code says; run "npm run codegen".\n')
  process.exitCode = 1
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { schema } from '../src/schema/index.ts'
import { formatPossibleTypes } from './possible-types.ts'
import { formatSchemaReference } from './schema-reference.ts'

// Writes schema.graphql, its page of the docs, and the possible types of the client, or with --check only says whether they are as the code has them.
const printed = {
  'schema.graphql': `${printSchema(lexicographicSortSchema(schema))}\n`,
  'docs/schema.md': formatSchemaReference(schema),
  'src/client/possible-types.ts': formatPossibleTypes(schema),
}
for (const [name, text] of Object.entries(printed)) {
  const file = new URL(`../${name}`, import.meta.url)
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`${name} does not match the code. Run "npm run codegen".\n`)
    process.exitCode = 1
  }
}

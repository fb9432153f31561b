import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { schema } from '../src/schema/index.ts'
import { formatPossibleTypes } from './possible-types.ts'
import { formatSchemaReference } from './schema-reference.ts'
import { formatSchema } from './schema-text.ts'

// Writes schema.graphql, docs/schema.md, and the possible types of the client. With --check, reports files that do not match
// the code, and writes nothing.
const printed = {
  'schema.graphql': formatSchema(schema),
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

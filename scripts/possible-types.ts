import { isAbstractType, type GraphQLSchema } from 'graphql'

const maxLineLength = 120

/** Returns the module `src/client/possible-types.ts`, formatted as the formatter of the project does. */
export function formatPossibleTypes(schema: GraphQLSchema): string {
  const types = Object.values(schema.getTypeMap()).filter((type) => isAbstractType(type) && !type.name.startsWith('__'))
  const entries = types
    .map((type) => [type.name, isAbstractType(type) ? schema.getPossibleTypes(type) : []] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, possible]) => formatEntry(name, possible.map((type) => `'${type.name}'`).sort()))
  return `/** Object types of each interface and union of the schema, for caches such as \`InMemoryCache\` of Apollo Client. */
export const possibleTypes: Record<string, string[]> = {
${entries.join('\n')}
}
`
}

function formatEntry(name: string, values: readonly string[]): string {
  const line = `  ${name}: [${values.join(', ')}],`
  return line.length <= maxLineLength ? line : `  ${name}: [\n${values.map((value) => `    ${value},\n`).join('')}  ],`
}

import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
  print,
  astFromValue,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLType,
} from 'graphql'

const head = `# Schema reference

This page describes every type, field, and argument of the API. An exclamation mark after a type means that an output is never
null, or that an input is required.

\`npm run codegen\` generates this page. To change a description, edit \`src/schema\` or the \`notes.ts\` of a vendor.
`

/** Formats the schema as a page of Markdown. */
export function formatSchemaReference(schema: GraphQLSchema): string {
  const [query, mutation] = [schema.getQueryType()!, schema.getMutationType()!]
  const types = Object.values(schema.getTypeMap())
    .filter(
      (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type) && type !== query && type !== mutation,
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const formatSection = (title: string, isIncluded: (type: GraphQLNamedType) => boolean) =>
    `## ${title}\n\n${types.filter(isIncluded).map(formatTypeEntry).join('\n')}`
  return [
    `${head}\n${schema.description}\n`,
    formatOperations('Queries', 'query', query),
    formatOperations('Mutations', 'mutation', mutation),
    formatSection('Objects', isObjectType),
    formatSection('Interfaces and unions', (type) => isInterfaceType(type) || isUnionType(type)),
    formatSection('Inputs', isInputObjectType),
    formatSection('Enums', isEnumType),
    formatSection('Scalars', isScalarType),
  ].join('\n')
}

function formatOperations(title: string, kind: string, root: GraphQLObjectType): string {
  const entries = Object.values(root.getFields()).map((field) => formatOperationEntry(kind, field))
  return `## ${title}\n\n${root.description}\n\n${entries.join('\n')}`
}

function formatOperationEntry(kind: string, field: GraphQLField<unknown, unknown>): string {
  const { name, description, type, args } = field
  const body = args.length === 0 ? '' : `\n${formatTable('argument', args)}`
  // The kind comes first, because the headings `account` and `Account` would have the same anchor.
  return `### ${kind} ${name}\n\n${description}\n\nType: ${formatTypeLink(type)}\n${body}`
}

function formatTypeEntry(type: GraphQLNamedType): string {
  return `### ${type.name}\n\n${type.description}\n${formatTypeBody(type)}`
}

function formatTypeBody(type: GraphQLNamedType): string {
  if (isEnumType(type)) {
    const rows = type.getValues().map(({ name, description }) => `| \`${name}\` | ${formatCell(description)} |`)
    return `\n| value | meaning |\n|---|---|\n${rows.join('\n')}\n`
  }
  if (isUnionType(type)) return `\nOne of ${type.getTypes().map(formatTypeLink).join(', ')}.\n`
  if (isInputObjectType(type)) {
    const one = type.isOneOf ? '\nSet exactly one field:\n' : ''
    return `${one}\n${formatTable('field', Object.values(type.getFields()))}`
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return ''
  const interfaces = type.getInterfaces().map(formatTypeLink).join(', ')
  const kind = interfaces === '' ? '' : `\nImplements ${interfaces}.\n`
  const fields = Object.values(type.getFields())
  return `${kind}\n${formatTable('field', fields)}${fields.map((field) => formatArguments(field)).join('')}`
}

/** Formats the names of a field's arguments. Their descriptions are in the section of the queries. */
function formatArguments({ name, args }: GraphQLField<unknown, unknown>): string {
  return args.length === 0
    ? ''
    : `\n\`${name}\` accepts ${args.map((arg) => `\`${arg.name}\`: ${formatTypeLink(arg.type)}`).join(', ')}.\n`
}

type TableEntry = GraphQLArgument | GraphQLInputField | GraphQLField<unknown, unknown>

function formatTable(title: string, entries: readonly TableEntry[]): string {
  const lines = entries.map(
    (entry) =>
      `| \`${entry.name}\` | ${formatTypeLink(entry.type)} | ${formatCell(entry.description)}${formatDefault(entry)} |`,
  )
  return `| ${title} | type | description |\n|---|---|---|\n${lines.join('\n')}\n`
}

function formatDefault(entry: TableEntry): string {
  if (!('defaultValue' in entry) || entry.defaultValue === undefined) return ''
  const value = astFromValue(entry.defaultValue, entry.type)
  return value ? ` Default: \`${print(value)}\`.` : ''
}

function formatCell(text: string | null | undefined): string {
  return (text ?? '').replaceAll('|', '\\|').replaceAll('\n', ' ')
}

/** Formats a type as a link to its entry. */
function formatTypeLink(type: GraphQLType): string {
  const named = getNamedType(type)
  return isSpecifiedScalarType(named) ? `\`${type}\`` : `[\`${type}\`](#${named.name.toLowerCase()})`
}

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

Every type of the API, made from the schema by \`npm run codegen\`: change the descriptions in \`src/schema\`, not this page.
An exclamation mark means: never null, or required.
`

/** The schema as a page of Markdown. */
export function schemaReference(schema: GraphQLSchema): string {
  const [query, mutation] = [schema.getQueryType()!, schema.getMutationType()!]
  const types = Object.values(schema.getTypeMap())
    .filter(
      (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type) && type !== query && type !== mutation,
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const section = (title: string, has: (type: GraphQLNamedType) => boolean) =>
    `## ${title}\n\n${types.filter(has).map(typeEntry).join('\n')}`
  return [
    `${head}\n${schema.description}\n`,
    operations('Queries', 'query', query),
    operations('Mutations', 'mutation', mutation),
    section('Objects', isObjectType),
    section('Interfaces and unions', (type) => isInterfaceType(type) || isUnionType(type)),
    section('Inputs', isInputObjectType),
    section('Enums', isEnumType),
    section('Scalars', isScalarType),
  ].join('\n')
}

function operations(title: string, kind: string, root: GraphQLObjectType): string {
  const entries = Object.values(root.getFields()).map((field) => operationEntry(kind, field))
  return `## ${title}\n\n${root.description}\n\n${entries.join('\n')}`
}

function operationEntry(kind: string, field: GraphQLField<unknown, unknown>): string {
  const { name, description, type, args } = field
  const body = args.length === 0 ? '' : `\n${table('argument', args)}`
  // With the kind before it: the headings `account` and `Account` would have one anchor.
  return `### ${kind} ${name}\n\n${description}\n\nGives ${link(type)}.\n${body}`
}

function typeEntry(type: GraphQLNamedType): string {
  return `### ${type.name}\n\n${type.description}\n${bodyOf(type)}`
}

function bodyOf(type: GraphQLNamedType): string {
  if (isEnumType(type)) {
    const rows = type.getValues().map(({ name, description }) => `| \`${name}\` | ${cell(description)} |`)
    return `\n| value | means |\n|---|---|\n${rows.join('\n')}\n`
  }
  if (isUnionType(type)) return `\nOne of ${type.getTypes().map(link).join(', ')}.\n`
  if (isInputObjectType(type)) {
    const one = type.isOneOf ? '\nExactly one of:\n' : ''
    return `${one}\n${table('field', Object.values(type.getFields()))}`
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return ''
  const interfaces = type.getInterfaces().map(link).join(', ')
  const kind = interfaces === '' ? '' : `\nImplements ${interfaces}.\n`
  const fields = Object.values(type.getFields())
  return `${kind}\n${table('field', fields)}${fields.map((field) => argumentsOf(field)).join('')}`
}

/** Those of lists are told once, at the queries. */
function argumentsOf({ name, args }: GraphQLField<unknown, unknown>): string {
  return args.length === 0
    ? ''
    : `\n\`${name}\` takes ${args.map((arg) => `\`${arg.name}\`: ${link(arg.type)}`).join(', ')}.\n`
}

type Row = GraphQLArgument | GraphQLInputField | GraphQLField<unknown, unknown>

function table(title: string, rows: readonly Row[]): string {
  const lines = rows.map((row) => `| \`${row.name}\` | ${link(row.type)} | ${cell(row.description)}${standard(row)} |`)
  return `| ${title} | type | |\n|---|---|---|\n${lines.join('\n')}\n`
}

function standard(row: Row): string {
  if (!('defaultValue' in row) || row.defaultValue === undefined) return ''
  const value = astFromValue(row.defaultValue, row.type)
  return value ? ` Default: \`${print(value)}\`.` : ''
}

function cell(text: string | null | undefined): string {
  return (text ?? '').replaceAll('|', '\\|').replaceAll('\n', ' ')
}

/** The type as written, leading to its entry. */
function link(type: GraphQLType): string {
  const named = getNamedType(type)
  return isSpecifiedScalarType(named) ? `\`${type}\`` : `[\`${type}\`](#${named.name.toLowerCase()})`
}

import { readFileSync } from 'node:fs'
import { buildSchema, getNamedType, isLeafType, isObjectType } from 'graphql'
import type { GraphQLField, GraphQLObjectType } from 'graphql'
import { UsageError } from './exit.ts'

const schemaFile = new URL('../../schema.graphql', import.meta.url)

/**
 * Creates a document that selects the scalar and enum fields of the nodes of a list, except for costly ones.
 *
 * @param path Name of a field of `Query`.
 * @throws UsageError if the field does not exist or is not a list.
 */
export function createDefaultDocument(path: string): string {
  const { Query } = buildSchema(readFileSync(schemaFile, 'utf8')).getTypeMap()
  const list = getObjectType((Query as GraphQLObjectType).getFields()[path])
  const node = getObjectType(list?.getFields()['nodes'])
  if (!node)
    throw new UsageError(
      `"FILE" is required for this list. Only "--all users" and "--all conferences" have a default document.`,
    )
  const fields = Object.values(node.getFields()).filter(isDefaultField)
  return `{ ${path} { nodes { ${fields.map(({ name }) => name).join(' ')} account { key } } } }`
}

function getObjectType(field: GraphQLField<unknown, unknown> | undefined): GraphQLObjectType | undefined {
  const type = field && getNamedType(field.type)
  return isObjectType(type) ? type : undefined
}

/** Fields that are large, or that need a vendor call for each node. */
const costly: ReadonlySet<string> = new Set(['raw', 'avatarUrl', 'phoneNumbers', 'allowGuests'])

const isDefaultField = ({ name, type, args }: GraphQLField<unknown, unknown>): boolean =>
  isLeafType(getNamedType(type)) && args.length === 0 && !costly.has(name)

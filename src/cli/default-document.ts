import { readFileSync } from 'node:fs'
import { buildSchema, getNamedType, isLeafType, isObjectType } from 'graphql'
import type { GraphQLField, GraphQLObjectType } from 'graphql'
import { UsageError } from './exit.ts'

const schemaFile = new URL('../../schema.graphql', import.meta.url)

/** A document that lists every plain field, but the costly ones, of the nodes at `path`, a list of the query itself. Throws UsageError. */
export function createDefaultDocument(path: string): string {
  const { Query } = buildSchema(readFileSync(schemaFile, 'utf8')).getTypeMap()
  const list = getObjectType((Query as GraphQLObjectType).getFields()[path])
  const node = getObjectType(list?.getFields()['nodes'])
  if (!node)
    throw new UsageError(
      `"FILE" is required for this list. Only "--all users" and "--all conferences" have a default document.`,
    )
  const plain = Object.values(node.getFields()).filter(isPlain)
  return `{ ${path} { nodes { ${plain.map(({ name }) => name).join(' ')} account { key } } } }`
}

function getObjectType(field: GraphQLField<unknown, unknown> | undefined): GraphQLObjectType | undefined {
  const type = field && getNamedType(field.type)
  return isObjectType(type) ? type : undefined
}

/** Fields that are large, or that cost a vendor call for each object of a list. */
const costly: ReadonlySet<string> = new Set(['raw', 'avatarUrl', 'phoneNumbers', 'allowGuests'])

const isPlain = ({ name, type, args }: GraphQLField<unknown, unknown>): boolean =>
  isLeafType(getNamedType(type)) && args.length === 0 && !costly.has(name)

import { isScalarType, Kind, parse, print, TypeInfo, visit, visitWithTypeInfo } from 'graphql'
import type { GraphQLSchema, NamedTypeNode } from 'graphql'
import { SubgraphNames } from '../../src/federation/names.ts'

/** Adds the prefix to the types and root fields of a document of `/graphql`. Root fields keep their response names. */
export function renameDocument(schema: GraphQLSchema, text: string, prefix: string): string {
  const names = new SubgraphNames(prefix)
  const info = new TypeInfo(schema)
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
  const rename = (node: NamedTypeNode): NamedTypeNode => {
    const { value } = node.name
    return isScalarType(schema.getType(value))
      ? node
      : { ...node, name: { kind: Kind.NAME, value: names.formatType(value) } }
  }
  const renamed = visit(
    parse(text, { noLocation: true }),
    visitWithTypeInfo(info, {
      Field: (field) => {
        if (!roots.has(info.getParentType() as never) || field.name.value.startsWith('__')) return undefined
        return {
          ...field,
          alias: field.alias ?? field.name,
          name: { kind: Kind.NAME, value: names.formatRootField(field.name.value) },
        }
      },
      NamedType: rename,
    }),
  )
  return print(renamed)
}

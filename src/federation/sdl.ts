import { Kind, parse, print, printSchema, visit } from 'graphql'
import type {
  ConstDirectiveNode,
  FieldDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  InterfaceTypeDefinitionNode,
  ObjectTypeDefinitionNode,
} from 'graphql'
import { entityKeys, isEntityType } from './entity-keys.ts'
import { rootTypes, sharedTypes, type SubgraphNames } from './names.ts'

/** Fields that return an entity by its key. Gateways for composite schemas use them instead of `_entities`. */
const lookupFields: ReadonlySet<string> = new Set(['account', 'conference', 'node', 'operation', 'user'])

// Apollo's composition requires that `@oneOf` is defined.
const definitions = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable"])

directive @oneOf on INPUT_OBJECT

directive @lookup on FIELD_DEFINITION`

/** Returns the SDL of a subgraph, from which gateways compose a supergraph. `schema` has no fields for gateways yet. */
export function formatSdl(schema: GraphQLSchema, names: SubgraphNames): string {
  const document = visit(parse(printSchema(schema), { noLocation: true }), {
    // The root types have their default names.
    SchemaDefinition: () => null,
    // Other subgraphs describe and specify the shared types in other words, which a composition would report.
    ScalarTypeDefinition: (scalar) => ({ ...scalar, description: undefined, directives: [] }),
    InterfaceTypeDefinition: withoutSharedDescriptions,
    ObjectTypeDefinition: (type) => addDirectives(withoutSharedDescriptions(type), schema, names),
  })
  return `${definitions}\n\n${print(document)}\n`
}

function withoutSharedDescriptions<T extends InterfaceTypeDefinitionNode | ObjectTypeDefinitionNode>(type: T): T {
  const name = type.name.value
  if (rootTypes.has(name)) return { ...type, description: undefined }
  if (!sharedTypes.has(name)) return type
  return {
    ...type,
    description: undefined,
    fields: type.fields?.map((field) => ({ ...field, description: undefined })),
  }
}

function addDirectives(
  type: ObjectTypeDefinitionNode,
  schema: GraphQLSchema,
  names: SubgraphNames,
): ObjectTypeDefinitionNode {
  const { name, directives = [], fields = [] } = type
  const configs = (schema.getType(name.value) as GraphQLObjectType).getFields()
  const isQuery = type.name.value === 'Query'
  return {
    ...type,
    directives: [...directives, ...createTypeDirectives(name.value, names)],
    fields: fields.map((field) => {
      // `printSchema` omits the directives of fields.
      const own = Object.keys((configs[field.name.value]!.extensions['directives'] ?? {}) as object)
      const isLookup = isQuery && lookupFields.has(names.parseRootField(field.name.value))
      return withDirectives(field, isLookup ? [...own, 'lookup'] : own)
    }),
  }
}

function createTypeDirectives(typeName: string, names: SubgraphNames): ConstDirectiveNode[] {
  if (typeName === 'PageInfo') return [createDirective('shareable')]
  const name = names.parseType(typeName)
  return isEntityType(name) ? ['id', ...entityKeys[name]].map((fields) => createDirective('key', { fields })) : []
}

const withDirectives = (field: FieldDefinitionNode, added: readonly string[]): FieldDefinitionNode => ({
  ...field,
  directives: [...(field.directives ?? []), ...added.map((name) => createDirective(name))],
})

function createDirective(name: string, args: Readonly<Record<string, string>> = {}): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: Object.entries(args).map(([argument, value]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: argument },
      value: { kind: Kind.STRING, value },
    })),
  }
}

import {
  GraphQLError,
  getNamedType,
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
} from 'graphql'
import type {
  DocumentNode,
  FieldNode,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql'
import { findFieldDefinition } from '../execution/find-field-definition.ts'
import { collectSelections, type Selected, type SelectionScope } from './collect-selections.ts'
import { createLeafSchema, withNull } from './leaf-schema.ts'
import type { JsonSchema, ObjectSchema } from './tool.ts'

/** One type of an object in the response, with what is selected of it. */
interface SelectedObject {
  type: GraphQLObjectType
  selectionSets: readonly Selected<SelectionSetNode>[]
}

/** A field of one type of object, with all its places in the selection. */
interface SelectedField {
  parent: GraphQLObjectType
  type: GraphQLOutputType
  nodes: readonly Selected<FieldNode>[]
}

interface SchemaScope extends SelectionScope {
  /** Number of fields that the schema can still have. */
  fieldsLeft: number
}

/** Fragments that are nested in each other can stand for millions of fields. No model could read their schema. */
const maxFields = 2_000

/**
 * Creates the schema of `data` in the response of an operation. The document must be valid.
 *
 * @throws GraphQLError if the response has more fields than a tool can have.
 */
export function createOutputSchema(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operation, selectionSet }: OperationDefinitionNode,
): ObjectSchema {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
  const fragmentByName = new Map(fragments.map((fragment) => [fragment.name.value, fragment]))
  const scope = { schema, fragments: fragmentByName, fieldsLeft: maxFields }
  const type = schema.getRootType(operation)!
  return createObjectSchema(scope, [{ type, selectionSets: [{ node: selectionSet, isConditional: false }] }])
}

/** The schema of objects of several types has the fields of all of them. Only fields that all of them have are required. */
function createObjectSchema(scope: SchemaScope, objects: readonly SelectedObject[]): ObjectSchema {
  const fieldsByName = new Map<string, SelectedField[]>()
  for (const { type, selectionSets } of objects)
    for (const [name, nodes] of collectSelections(scope, type, selectionSets)) {
      const field = {
        parent: type,
        type: findFieldDefinition(scope.schema, type, nodes[0]!.node.name.value)!.type,
        nodes,
      }
      fieldsByName.set(name, [...(fieldsByName.get(name) ?? []), field])
    }
  const entries = [...fieldsByName]
  scope.fieldsLeft -= entries.length
  if (scope.fieldsLeft < 0)
    throw new GraphQLError(`The result of a tool can have at most ${maxFields} fields. Select fewer fields.`)
  const required = entries.flatMap(([name, fields]) =>
    fields.length === objects.length && fields.every(({ nodes }) => isAlwaysPresent(nodes)) ? [name] : [],
  )
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, fields]) => [name, createFieldSchema(scope, fields)])),
    ...(required.length > 0 && { required }),
  }
}

const isAlwaysPresent = (nodes: readonly Selected<FieldNode>[]): boolean =>
  nodes.some(({ isConditional }) => !isConditional)

function createFieldSchema(scope: SchemaScope, fields: readonly SelectedField[]): JsonSchema {
  if (fields.every(isTypename)) return { type: 'string', enum: fields.map(({ parent }) => parent.name) }
  const create = (outputType: GraphQLOutputType): JsonSchema => {
    const nullable = getNullableType(outputType)
    const inner = isListType(nullable)
      ? { type: 'array', items: create(nullable.ofType as GraphQLOutputType) }
      : isLeafType(nullable)
        ? createLeafSchema(nullable)
        : createObjectSchema(scope, findObjects(scope, fields))
    return isNonNullType(outputType) ? inner : withNull(inner)
  }
  // Validation ensures that fields with the same name in the response have the same lists, nulls, and leaf types.
  return create(fields[0]!.type)
}

const isTypename = ({ nodes }: SelectedField): boolean => nodes[0]!.node.name.value === '__typename'

/** Finds the types of the objects that fields can have, each with what is selected of it. */
function findObjects({ schema }: SelectionScope, fields: readonly SelectedField[]): SelectedObject[] {
  const objects: SelectedObject[] = []
  for (const { type, nodes } of fields) {
    const selectionSets = nodes.map(({ node, isConditional }) => ({
      node: node.selectionSet!,
      // If the field has only one place in the selection, its condition is that of the whole object.
      isConditional: isConditional && nodes.length > 1,
    }))
    const named = getNamedType(type)
    const possible = isAbstractType(named) ? schema.getPossibleTypes(named) : isObjectType(named) ? [named] : []
    for (const possibleType of possible) {
      const object = { type: possibleType, selectionSets }
      if (!objects.some((other) => isSameObject(other, object))) objects.push(object)
    }
  }
  return objects
}

/** The same selection occurs once for each type of object that contains it. */
const isSameObject = (one: SelectedObject, other: SelectedObject): boolean =>
  one.type === other.type &&
  one.selectionSets.length === other.selectionSets.length &&
  one.selectionSets.every(({ node }, index) => node === other.selectionSets[index]!.node)

import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  typeFromAST,
} from 'graphql'
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  InlineFragmentNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql'

export type Variables = Readonly<Record<string, unknown>>
export type Fragments = Readonly<Record<string, FragmentDefinitionNode>>

/** The context in which selection sets are read. */
export interface FieldCollector {
  schema: GraphQLSchema
  fragments: Fragments
  variables: Variables
}

/**
 * Collects the fields that the selection sets request of an object of `type`, by response name. Implements
 * `CollectFields` of the GraphQL specification.
 *
 * @throws GraphQLError if the condition of `@skip` or `@include` is null.
 */
export function collectFields(
  collector: FieldCollector,
  type: GraphQLObjectType,
  sets: readonly (SelectionSetNode | undefined)[],
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>()
  const visited = new Set<string>()
  const addSet = ({ selections }: SelectionSetNode): void => selections.forEach(add)
  const add = (selection: SelectionNode): void => {
    if (selection.kind === Kind.FIELD) {
      if (!isIncluded(selection, collector.variables)) return
      const name = (selection.alias ?? selection.name).value
      const nodes = fields.get(name)
      if (nodes) nodes.push(selection)
      else fields.set(name, [selection])
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      if (isIncluded(selection, collector.variables) && matchesType(collector.schema, selection, type))
        addSet(selection.selectionSet)
    } else {
      const name = selection.name.value
      if (visited.has(name) || !isIncluded(selection, collector.variables)) return
      visited.add(name)
      const fragment = collector.fragments[name]
      if (fragment && matchesType(collector.schema, fragment, type)) addSet(fragment.selectionSet)
    }
  }
  for (const set of sets) if (set) addSet(set)
  return fields
}

function isIncluded(node: SelectionNode, variables: Variables): boolean {
  if (!node.directives?.length) return true
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return false
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false
}

/** Whether a fragment applies to objects of a type. */
export function matchesType(
  schema: GraphQLSchema,
  { typeCondition }: FragmentDefinitionNode | InlineFragmentNode,
  type: GraphQLObjectType,
): boolean {
  if (!typeCondition) return true
  const condition = typeFromAST(schema, typeCondition)
  return condition === type || (isAbstractType(condition) && schema.isSubType(condition, type))
}

/** Returns the names of the variables in conditions of `@skip` and `@include`, sorted. */
export function findConditions(document: DocumentNode): string[] {
  const names = new Set<string>()
  const addSet = ({ selections }: SelectionSetNode): void => selections.forEach(add)
  const add = (selection: SelectionNode): void => {
    for (const { name, arguments: nodes = [] } of selection.directives ?? [])
      if (name.value === 'skip' || name.value === 'include')
        for (const { value } of nodes) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
    if ('selectionSet' in selection && selection.selectionSet) addSet(selection.selectionSet)
  }
  for (const definition of document.definitions) if ('selectionSet' in definition) addSet(definition.selectionSet)
  return [...names].sort()
}

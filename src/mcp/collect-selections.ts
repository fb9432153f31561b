import { isAbstractType, Kind } from 'graphql'
import type {
  DirectiveNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql'

/** A part of a document that a directive can leave out, or that is always in the response. */
export interface Selected<Node> {
  node: Node
  isConditional: boolean
}

/** What the collection of fields reads of a document. */
export interface SelectionScope {
  schema: GraphQLSchema
  fragments: ReadonlyMap<string, FragmentDefinitionNode>
}

/**
 * Collects the fields that selection sets have for one type of object, by the name in the response. The document must be
 * valid.
 */
export function collectSelections(
  scope: SelectionScope,
  type: GraphQLObjectType,
  selectionSets: readonly Selected<SelectionSetNode>[],
): Map<string, Selected<FieldNode>[]> {
  const fields = new Map<string, Selected<FieldNode>[]>()
  const visited = new Set<string>()
  const addFields = ({ node, isConditional: isParentConditional }: Selected<SelectionSetNode>): void => {
    for (const selection of node.selections) {
      const isConditional = isParentConditional || hasCondition(selection)
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value
        fields.set(name, [...(fields.get(name) ?? []), { node: selection, isConditional }])
        continue
      }
      const fragment = findFragment(selection, scope)
      if (fragment.name) {
        const visit = `${fragment.name} ${isConditional}`
        if (visited.has(visit)) continue
        visited.add(visit)
      }
      if (appliesTo(fragment.condition, type, scope.schema)) addFields({ node: fragment.selectionSet, isConditional })
    }
  }
  for (const selectionSet of selectionSets) addFields(selectionSet)
  return fields
}

interface Fragment {
  /** Empty for an inline fragment. */
  name: string
  condition: string | undefined
  selectionSet: SelectionSetNode
}

function findFragment(
  selection: Exclude<SelectionSetNode['selections'][number], FieldNode>,
  { fragments }: SelectionScope,
): Fragment {
  const isInline = selection.kind === Kind.INLINE_FRAGMENT
  const { typeCondition, selectionSet } = isInline ? selection : fragments.get(selection.name.value)!
  return { name: isInline ? '' : selection.name.value, condition: typeCondition?.name.value, selectionSet }
}

function appliesTo(condition: string | undefined, type: GraphQLObjectType, schema: GraphQLSchema): boolean {
  if (condition === undefined || condition === type.name) return true
  const conditionType = schema.getType(condition)
  return isAbstractType(conditionType) && schema.isSubType(conditionType, type)
}

/** The directives `@include` and `@skip` are the only ones that selections can have. */
const hasCondition = ({ directives = [] }: { directives?: readonly DirectiveNode[] }): boolean => directives.length > 0

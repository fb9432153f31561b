import { Kind } from 'graphql'
import type {
  DirectiveNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  InlineFragmentNode,
  SelectionSetNode,
} from 'graphql'
import { matchesType } from '../execution/collect-fields.ts'

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
      let fragment: FragmentDefinitionNode | InlineFragmentNode
      if (selection.kind === Kind.INLINE_FRAGMENT) fragment = selection
      else {
        const visit = `${selection.name.value} ${isConditional}`
        if (visited.has(visit)) continue
        visited.add(visit)
        fragment = scope.fragments.get(selection.name.value)!
      }
      if (matchesType(scope.schema, fragment, type)) addFields({ node: fragment.selectionSet, isConditional })
    }
  }
  for (const selectionSet of selectionSets) addFields(selectionSet)
  return fields
}

/** The directives `@include` and `@skip` are the only ones that selections can have. */
const hasCondition = ({ directives = [] }: { directives?: readonly DirectiveNode[] }): boolean => directives.length > 0

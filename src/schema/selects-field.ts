import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

type Info = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues'>

/** Whether an operation selects this field of a connection's nodes, through `nodes` or `edges`. Evaluates `@skip` and `@include`. */
export function selectsNodeField(info: Info, name: string): boolean {
  return info.fieldNodes.some(
    ({ selectionSet }) =>
      hasField(selectionSet, ['nodes', name], info) || hasField(selectionSet, ['edges', 'node', name], info),
  )
}

/** @param path Field names from the outside in. */
function hasField(set: SelectionSetNode | undefined, path: readonly string[], info: Info): boolean {
  if (path.length === 0) return true
  return set?.selections.some((selection) => isIncluded(selection, info) && leadsTo(selection, path, info)) ?? false
}

function leadsTo(selection: SelectionNode, path: readonly string[], info: Info): boolean {
  switch (selection.kind) {
    case Kind.FIELD:
      return selection.name.value === path[0] && hasField(selection.selectionSet, path.slice(1), info)
    case Kind.INLINE_FRAGMENT:
      return hasField(selection.selectionSet, path, info)
    case Kind.FRAGMENT_SPREAD:
      return hasField(info.fragments[selection.name.value]?.selectionSet, path, info)
  }
}

function isIncluded(selection: SelectionNode, { variableValues }: Info): boolean {
  if (!selection.directives?.length) return true
  if (getDirectiveValues(GraphQLSkipDirective, selection, variableValues)?.['if'] === true) return false
  return getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.['if'] !== false
}

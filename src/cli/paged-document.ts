import { Kind, parse, parseType, parseValue, visit } from 'graphql'
import type {
  ArgumentNode,
  DocumentNode,
  FieldNode,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql'
import { UsageError } from './exit.ts'
import type { GraphqlVariables } from './variables.ts'

export interface PagedDocument {
  document: DocumentNode
  /** Name of the variable for the cursor. */
  cursor: string
  /** Cursor in the user's document. Null if the document starts at the first page. */
  after: string | null
}

/** Aliases of the added selections in the response. */
export const addedAliases = { pageInfo: 'parleyPage', sources: 'parleySources' } as const

const ownVariable = 'parleyAfter'
const pageSize = '100'

/** Selections that paging needs. Every connection has these fields. */
const addition = `{
  ${addedAliases.pageInfo}: pageInfo { hasNextPage endCursor }
  ${addedAliases.sources}: sources { account { key } status problem { code message retryAt } }
}`

/**
 * Returns the document with the arguments and selections that paging needs.
 *
 * @param path Response names (aliases) from the operation to the connection.
 * @throws UsageError if the document does not select a list at `path`, or sets `last` or `before`.
 */
export function createPagedDocument(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  path: readonly string[],
  variables: GraphqlVariables,
): PagedDocument {
  const field = findField(document, operation.selectionSet, path, new Set())
  if (!field?.selectionSet)
    throw new UsageError(`The document does not select a list at "${path.join('.')}", the value of "--all".`)
  const argumentByName = new Map(field.arguments?.map((argument) => [argument.name.value, argument.value]))
  for (const name of ['last', 'before']) {
    const value = argumentByName.get(name)
    const isUnset =
      !value || value.kind === Kind.NULL || (value.kind === Kind.VARIABLE && variables[value.name.value] == null)
    if (!isUnset)
      throw new UsageError(`"--all" cannot be combined with the argument "${name}". Remove it from the document.`)
  }
  const own = argumentByName.get('after')
  const cursor = own?.kind === Kind.VARIABLE ? own.name.value : ownVariable
  const after = own?.kind === Kind.STRING ? own.value : ((variables[cursor] as string | undefined) ?? null)
  return { document: addPaging(document, operation, field, argumentByName.has('first'), cursor), cursor, after }
}

function addPaging(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  field: FieldNode,
  hasFirst: boolean,
  cursor: string,
): DocumentNode {
  const others = (field.arguments ?? []).filter(({ name }) => name.value !== 'after')
  const paging = [
    createArgumentNode('after', `$${cursor}`),
    ...(hasFirst ? [] : [createArgumentNode('first', pageSize)]),
  ]
  const selections = [...field.selectionSet!.selections, ...parseSelections(addition)]
  const edited: FieldNode = {
    ...field,
    arguments: [...others, ...paging],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  }
  const declared = operation.variableDefinitions ?? []
  const variable = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: cursor } } as const
  const definition = { kind: Kind.VARIABLE_DEFINITION, variable, type: parseType('String') } as const
  return visit(document, {
    Field: (node) => (node === field ? edited : undefined),
    OperationDefinition: {
      leave: (node) =>
        cursor === ownVariable && node.name?.value === operation.name?.value
          ? { ...node, variableDefinitions: [...declared, definition] }
          : undefined,
    },
  })
}

/** Finds a field by its response names (aliases), also in fragments. `spread` holds the fragments that were visited. */
function findField(
  document: DocumentNode,
  { selections }: SelectionSetNode,
  path: readonly string[],
  spread: Set<string>,
): FieldNode | undefined {
  const [key, ...rest] = path
  const findWithin = (selection: SelectionNode): FieldNode | undefined => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return findField(document, selection.selectionSet, path, spread)
    if (selection.kind === Kind.FIELD) {
      if ((selection.alias ?? selection.name).value !== key) return undefined
      if (rest.length === 0) return selection
      return selection.selectionSet && findField(document, selection.selectionSet, rest, spread)
    }
    const name = selection.name.value
    const fragment = document.definitions.find(
      (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
    )
    if (fragment?.kind !== Kind.FRAGMENT_DEFINITION || spread.has(name)) return undefined
    return findField(document, fragment.selectionSet, path, spread.add(name))
  }
  return selections.map(findWithin).find((field) => field !== undefined)
}

const createArgumentNode = (name: string, value: string): ArgumentNode => ({
  kind: Kind.ARGUMENT,
  name: { kind: Kind.NAME, value: name },
  value: parseValue(value),
})

function parseSelections(text: string): readonly SelectionNode[] {
  const [operation] = parse(text, { noLocation: true }).definitions
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : []
}

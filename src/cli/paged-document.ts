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
  /** Name of the variable that takes the cursor. */
  cursor: string
  /** Where the caller's own document begins. */
  after: string | null
}

/** Names that the added selections are answered under. */
export const addedAliases = { pageInfo: 'parleyPage', sources: 'parleySources' } as const

const ownVariable = 'parleyAfter'
const pageSize = '100'

/** What every connection has. */
const addition = `{
  ${addedAliases.pageInfo}: pageInfo { hasNextPage endCursor }
  ${addedAliases.sources}: sources { account { key } status problem { code message retryAt } }
}`

/** The document with what it takes to page through the connection at `path` added. Throws UsageError. */
export function createPagedDocument(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  path: readonly string[],
  variables: GraphqlVariables,
): PagedDocument {
  const field = findField(document, operation.selectionSet, path, new Set())
  if (!field?.selectionSet)
    throw new UsageError(`The document does not select a list at "${path.join('.')}", the value of "--all".`)
  const given = new Map(field.arguments?.map((argument) => [argument.name.value, argument.value]))
  for (const name of ['last', 'before']) {
    const value = given.get(name)
    const unset =
      !value || value.kind === Kind.NULL || (value.kind === Kind.VARIABLE && variables[value.name.value] == null)
    if (!unset)
      throw new UsageError(`"--all" cannot be combined with the argument "${name}". Remove it from the document.`)
  }
  const own = given.get('after')
  const cursor = own?.kind === Kind.VARIABLE ? own.name.value : ownVariable
  const after = own?.kind === Kind.STRING ? own.value : ((variables[cursor] as string | undefined) ?? null)
  return { document: addPaging(document, operation, field, given.has('first'), cursor), cursor, after }
}

function addPaging(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  field: FieldNode,
  sized: boolean,
  cursor: string,
): DocumentNode {
  const others = (field.arguments ?? []).filter(({ name }) => name.value !== 'after')
  const paging = [createArgumentNode('after', `$${cursor}`), ...(sized ? [] : [createArgumentNode('first', pageSize)])]
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

/** By the names of the answer (aliases), through fragments too. */
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
      (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name,
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

import { Kind, visit } from 'graphql'
import type { DocumentNode, FieldNode, ObjectValueNode, OperationDefinitionNode, SelectionNode } from 'graphql'
import type { GraphqlVariables } from './variables.ts'

export interface KeyedMutation {
  document: DocumentNode
  variables: GraphqlVariables
  /** Idempotency keys of all mutations. */
  keys: readonly string[]
  /** Whether `key` was added to a mutation. */
  isAdded: boolean
}

const keyField = 'idempotencyKey'
/** Mutations whose input has no idempotency key, because they do not change anything at the vendor. */
const keyless: ReadonlySet<string> = new Set(['issueUserToken'])

/**
 * Adds an idempotency key to the input of every mutation without one, so that the command can be run again. If the document
 * has the same mutation several times, each gets a different key, because a key belongs to one input.
 */
export function addIdempotencyKeys(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: GraphqlVariables,
  key: string,
): KeyedMutation {
  const changed: GraphqlVariables = { ...variables }
  const keys: string[] = []
  const uses = new Map<string, number>()
  let isAdded = false

  /** Returns the idempotency key of the input, or a new one if the input has none. */
  const chooseKey = (given: unknown, name: string): string => {
    const use = (uses.get(name) ?? 0) + 1
    uses.set(name, use)
    const chosen = typeof given === 'string' ? given : use === 1 ? key : `${key}-${use}`
    isAdded ||= typeof given !== 'string'
    keys.push(chosen)
    return chosen
  }

  const addToLiteral = (input: ObjectValueNode, name: string): ObjectValueNode => {
    const own = input.fields.find((field) => field.name.value === keyField)?.value
    if (own?.kind === Kind.VARIABLE) {
      changed[own.name.value] = chooseKey(changed[own.name.value], name)
      return input
    }
    const given = own?.kind === Kind.STRING ? own.value : null
    const value = { kind: Kind.STRING, value: chooseKey(given, name) } as const
    const others = input.fields.filter((field) => field.name.value !== keyField)
    return {
      ...input,
      fields: [...others, { kind: Kind.OBJECT_FIELD, name: { kind: Kind.NAME, value: keyField }, value }],
    }
  }

  const addToVariable = (variable: string, name: string): void => {
    const input = changed[variable]
    if (typeof input !== 'object' || input === null) return
    changed[variable] = { ...input, [keyField]: chooseKey((input as GraphqlVariables)[keyField], name) }
  }

  const addToField = (field: FieldNode): FieldNode => ({
    ...field,
    arguments: (field.arguments ?? []).map((argument) => {
      if (argument.name.value !== 'input') return argument
      if (argument.value.kind === Kind.VARIABLE) addToVariable(argument.value.name.value, field.name.value)
      if (argument.value.kind !== Kind.OBJECT) return argument
      return { ...argument, value: addToLiteral(argument.value, field.name.value) }
    }),
  })

  const isKeyed = (selection: SelectionNode): boolean =>
    selection.kind === Kind.FIELD && !keyless.has(selection.name.value)
  const fields = new Set<unknown>(operation.selectionSet.selections.filter(isKeyed))
  const edited = visit(document, { Field: (field) => (fields.has(field) ? addToField(field) : undefined) })
  return { document: edited, variables: changed, keys, isAdded }
}

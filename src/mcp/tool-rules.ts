import { GraphQLError, Kind, OperationTypeNode, visit } from 'graphql'
import type { DocumentNode, FieldNode, OperationDefinitionNode, ValueNode } from 'graphql'

const credentialReason = 'returns a credential, which a language model must not get. Remove it.'

/** Fields that no tool can select, with the reason as the end of a sentence. */
const forbiddenFields: ReadonlyMap<string, string> = new Map([
  ['startUrl', credentialReason],
  ['downloadUrl', credentialReason],
  ['issueUserToken', credentialReason],
  ['uploadFile', 'requires a file, which a language model cannot send. Remove it.'],
])

/** Finds the errors of a document that is valid GraphQL but cannot be a tool. */
export function findRuleErrors(document: DocumentNode): GraphQLError[] {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  return [...findForbiddenFields(document), ...operations.flatMap(findKeyErrors)]
}

/** Fields are found by their names in the schema, also in fragments and under aliases. */
function findForbiddenFields(document: DocumentNode): GraphQLError[] {
  const errors: GraphQLError[] = []
  visit(document, {
    Field: (field) => {
      const reason = forbiddenFields.get(field.name.value)
      if (reason !== undefined) errors.push(createError(field, `"${field.name.value}" ${reason}`))
    },
  })
  return errors
}

/** Every mutation requires an idempotency key, because language models and their clients repeat calls. */
function findKeyErrors(operation: OperationDefinitionNode): GraphQLError[] {
  if (operation.operation !== OperationTypeNode.MUTATION) return []
  const usedKeys = new Set<string>()
  return operation.selectionSet.selections.flatMap((field) => {
    if (field.kind !== Kind.FIELD || field.name.value.startsWith('__') || forbiddenFields.has(field.name.value))
      return []
    const reason = explainKey(field, operation, usedKeys)
    return reason === null ? [] : [createError(field, `"${field.name.value}" ${reason}`)]
  })
}

/**
 * Returns what is wrong with the idempotency key of a mutation, as the end of a sentence.
 *
 * @param usedKeys Keys of the mutations before it, with the names of the mutations. The key of this one is added.
 */
function explainKey(field: FieldNode, operation: OperationDefinitionNode, usedKeys: Set<string>): string | null {
  const input = findByName(field.arguments, 'input')?.value
  if (input?.kind === Kind.VARIABLE)
    return `must have an object as its input, such as input: {idempotencyKey: $idempotencyKey, …}, instead of the variable $${input.name.value}.`
  const key = input?.kind === Kind.OBJECT ? findByName(input.fields, 'idempotencyKey')?.value : undefined
  if (key?.kind !== Kind.VARIABLE || !isRequiredString(key.name.value, operation))
    return 'must have idempotencyKey: $idempotencyKey in its input, with the variable $idempotencyKey: String! without a default.'
  const used = `${field.name.value} ${key.name.value}`
  if (usedKeys.has(used))
    return `must have a different variable as its idempotencyKey in each use. Otherwise, only the first use with $${key.name.value} is executed.`
  usedKeys.add(used)
  return null
}

function isRequiredString(variable: string, { variableDefinitions = [] }: OperationDefinitionNode): boolean {
  const definition = variableDefinitions.find(({ variable: { name } }) => name.value === variable)
  if (definition?.type.kind !== Kind.NON_NULL_TYPE || definition.defaultValue !== undefined) return false
  const { type } = definition.type
  return type.kind === Kind.NAMED_TYPE && type.name.value === 'String'
}

const findByName = (
  nodes: readonly { name: { value: string }; value: ValueNode }[] | undefined,
  name: string,
): { value: ValueNode } | undefined => nodes?.find((node) => node.name.value === name)

const createError = (node: FieldNode, reason: string): GraphQLError => new GraphQLError(reason, { nodes: node })

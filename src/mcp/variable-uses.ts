import { Kind, visit } from 'graphql'
import type { DocumentNode, ValueNode } from 'graphql'

/** The variables of a document that have a range of values because of where they are used. */
export interface VariableUses {
  /** Names of the variables that are idempotency keys. */
  readonly keys: ReadonlySet<string>
  /** Names of the variables that are numbers of items. */
  readonly pageSizes: ReadonlySet<string>
}

/** Finds the variables that are used as `idempotencyKey` of an input, or as the argument `first` or `last` of a list. */
export function findVariableUses(document: DocumentNode): VariableUses {
  const keys = new Set<string>()
  const pageSizes = new Set<string>()
  const add = (names: Set<string>, value: ValueNode): void => {
    if (value.kind === Kind.VARIABLE) names.add(value.name.value)
  }
  visit(document, {
    Argument: ({ name, value }) => {
      if (name.value === 'first' || name.value === 'last') add(pageSizes, value)
    },
    ObjectField: ({ name, value }) => {
      if (name.value === 'idempotencyKey') add(keys, value)
    },
  })
  return { keys, pageSizes }
}

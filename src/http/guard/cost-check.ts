import { getNamedType, getNullableType, isInputObjectType, isListType, OperationTypeNode } from 'graphql'
import type { DocumentNode, GraphQLInputType } from 'graphql'
import type { SubgraphNames } from '../../federation/names.ts'
import { encodeId } from '../../schema/ids.ts'
import { assertCost, maxConnectionSize, type CostLimits, type ListSizes } from './cost.ts'
import type { PreparedOperation } from '../document/prepared-operation.ts'

export interface CostCheckOptions {
  limits: CostLimits
  /** Average lengths of the lists of introspection. */
  introspection: ListSizes
  /** Names of the subgraph. Null if the schema is not that of a subgraph. */
  names: SubgraphNames | null
}

/** Returns the limits of the cost of trusted documents, which can be as deep and as wide as the operator allows. */
export function withoutDocumentLimits(limits: CostLimits): CostLimits {
  // A reload of the configuration changes the limits in place.
  return Object.create(limits, { depth: { value: Infinity }, rootFields: { value: Infinity } }) as CostLimits
}

/** Checks the cost of operations: once if no values of the variables can exceed a limit, otherwise for each request. */
export class CostCheck {
  readonly #options: CostCheckOptions

  constructor(options: CostCheckOptions) {
    this.#options = options
  }

  /** @throws Problem with the limit that is exceeded. */
  check(
    document: DocumentNode,
    operation: PreparedOperation,
    variables: Readonly<Record<string, unknown>>,
    sizes: ListSizes,
  ): void {
    if (this.#isAffordable(document, operation, sizes)) return
    this.#assertCost(document, operation, variables, sizes)
  }

  #isAffordable(document: DocumentNode, operation: PreparedOperation, sizes: ListSizes): boolean {
    const { accounts = 1 } = sizes
    const { isAffordableByAccounts } = operation
    let isAffordable = isAffordableByAccounts.get(accounts)
    if (isAffordable === undefined)
      isAffordableByAccounts.set(accounts, (isAffordable = this.#isAlwaysAffordable(document, operation, sizes)))
    return isAffordable
  }

  #isAlwaysAffordable(document: DocumentNode, operation: PreparedOperation, sizes: ListSizes): boolean {
    // Variables of any type can be parts of a representation.
    if (this.#options.names && operation.variables.length > 0) return false
    const variables = createCostliestVariables(operation)
    if (variables === null) return false
    try {
      this.#assertCost(document, operation, variables, sizes)
      return true
    } catch {
      return false
    }
  }

  #assertCost(
    document: DocumentNode,
    { definition }: PreparedOperation,
    variables: Readonly<Record<string, unknown>>,
    sizes: ListSizes,
  ): void {
    const { limits, introspection, names } = this.#options
    assertCost(document, definition, variables, sizes, limits, introspection, names)
  }
}

/** Returns the values of variables with the highest cost. Null if there is no upper bound. */
function createCostliestVariables({ definition, variables }: PreparedOperation): Record<string, unknown> | null {
  // The cost of a mutation depends on the number of invitees in its input.
  if (definition.operation === OperationTypeNode.MUTATION && variables.length > 0) return null
  const values: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  for (const { name, type } of variables) {
    if (isListType(getNullableType(type)) && getNamedType(type).name === 'ID') return null
    values[name] = createCostliestValue(name, type)
  }
  return values
}

function createCostliestValue(name: string, type: GraphQLInputType): unknown {
  const named = getNamedType(type)
  if (named.name === 'Int') return maxConnectionSize
  // Different variables can name different objects.
  if (named.name === 'ID') return encodeId('User', 'any', name)
  // A filter without accounts selects all accounts, and every sort order reads all selected accounts.
  return isInputObjectType(named) ? {} : null
}

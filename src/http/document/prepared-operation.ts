import { isInputType, typeFromAST } from 'graphql'
import type { DocumentNode, GraphQLInputType, GraphQLSchema, OperationDefinitionNode, ValueNode } from 'graphql'
import { OperationPlan } from '../../execution/operation-plan.ts'

/** A variable of an operation. Its type is an input type of the schema; validation rejects other types. */
export interface OperationVariable {
  name: string
  type: GraphQLInputType
  defaultValue: ValueNode | undefined
}

/** An operation of a document, with the results of the checks that do not depend on the values of variables. */
export class PreparedOperation {
  readonly definition: OperationDefinitionNode
  readonly variables: readonly OperationVariable[]
  /** Whether the operation is affordable with all values of its variables, by the number of the caller's accounts. */
  readonly isAffordableByAccounts = new Map<number, boolean>()
  readonly #schema: GraphQLSchema
  readonly #document: DocumentNode
  readonly #maxFields: number
  #plan: OperationPlan | null = null

  /** @param maxFields Number of fields that the plan can cache. */
  constructor(schema: GraphQLSchema, document: DocumentNode, definition: OperationDefinitionNode, maxFields: number) {
    this.#schema = schema
    this.#document = document
    this.#maxFields = maxFields
    this.definition = definition
    this.variables = (definition.variableDefinitions ?? []).flatMap(({ variable, type: node, defaultValue }) => {
      const type = typeFromAST(schema, node)
      return isInputType(type) ? { name: variable.name.value, type, defaultValue } : []
    })
  }

  /** The document must be valid. */
  get plan(): OperationPlan {
    return this.#plan ?? this.createPlan()
  }

  /** The document must be valid. */
  createPlan(): OperationPlan {
    this.#plan = new OperationPlan(this.#schema, this.#document, this.definition, this.#maxFields)
    return this.#plan
  }
}

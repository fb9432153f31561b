import { isInputType, typeFromAST } from 'graphql'
import type { DocumentNode, GraphQLInputType, GraphQLSchema, OperationDefinitionNode, ValueNode } from 'graphql'
import { OperationPlan } from '../../execution/operation-plan.ts'

/** A variable of an operation whose type is an input type of the schema; validation rejects others. */
export interface OperationVariable {
  name: string
  type: GraphQLInputType
  defaultValue: ValueNode | undefined
}

/** One operation of a document, with what is known of it before its variables are. */
export class PreparedOperation {
  readonly definition: OperationDefinitionNode
  readonly variables: readonly OperationVariable[]
  /** Whether no variables make it too expensive, by the number of the caller's accounts. */
  readonly isAffordableByAccounts = new Map<number, boolean>()
  readonly #schema: GraphQLSchema
  readonly #document: DocumentNode
  readonly #maxFields: number
  #plan: OperationPlan | null = null

  /** `maxFields`: fields that its plan keeps. */
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

  /** Of a valid document. */
  get plan(): OperationPlan {
    return (this.#plan ??= new OperationPlan(this.#schema, this.#document, this.definition, this.#maxFields))
  }
}

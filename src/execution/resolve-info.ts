import type {
  FieldNode,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLResolveInfo,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql'
import type { Fragments } from './collect-fields.ts'
import type { Execution } from './execution.ts'
import { createPath, type ResponsePath } from './response-path.ts'
import type { FieldPlan } from './selection-plan.ts'

/** The `info` of a resolver. Computes its members only on access, because few resolvers use them. */
export class ResolveInfo implements GraphQLResolveInfo {
  readonly #execution: Execution
  readonly #field: FieldPlan
  readonly #parentPath: ResponsePath | undefined

  /** @param parentPath Path of the object that has the field. */
  constructor(execution: Execution, field: FieldPlan, parentPath: ResponsePath | undefined) {
    this.#execution = execution
    this.#field = field
    this.#parentPath = parentPath
  }

  get path(): GraphQLResolveInfo['path'] {
    return createPath(this.#field, this.#parentPath)
  }

  get fieldName(): string {
    return this.#field.definition.name
  }

  get fieldNodes(): readonly FieldNode[] {
    return this.#field.nodes
  }

  get returnType(): GraphQLOutputType {
    return this.#field.definition.type
  }

  get parentType(): GraphQLObjectType {
    return this.#field.parentType
  }

  get schema(): GraphQLSchema {
    return this.#execution.plan.schema
  }

  get fragments(): Fragments {
    return this.#execution.plan.fragments
  }

  get rootValue(): unknown {
    return this.#execution.rootValue
  }

  get operation(): OperationDefinitionNode {
    return this.#execution.plan.operation
  }

  get variableValues(): Record<string, unknown> {
    return this.#execution.variables
  }
}

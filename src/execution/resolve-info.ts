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
import type { ResponsePath } from './response-path.ts'
import type { FieldPlan } from './selection-plan.ts'

/** What resolvers can learn about their field. Members are read when they are asked for, because hardly any resolver asks. */
export class ResolveInfo implements GraphQLResolveInfo {
  readonly #execution: Execution
  readonly #field: FieldPlan
  readonly path: GraphQLResolveInfo['path']

  constructor(execution: Execution, field: FieldPlan, path: ResponsePath) {
    this.#execution = execution
    this.#field = field
    this.path = getFieldPath(path)
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

/** The place of the field that a value or an item of its list belongs to. */
function getFieldPath(path: ResponsePath): ResponsePath {
  let place = path
  while (typeof place.key === 'number' && place.prev) place = place.prev
  return place
}

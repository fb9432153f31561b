import { Kind } from 'graphql'
import type {
  DocumentNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql'
import { collectFields, findConditions, type Variables } from './collect-fields.ts'
import { findFieldDefinition } from './find-field-definition.ts'
import { FieldPlan, SelectionPlan } from './selection-plan.ts'

/**
 * Maximum number of cached variants of an operation. Each combination of values of `@skip` and `@include` has a
 * variant.
 */
const maxVariants = 4

/**
 * Execution plan of an operation of a valid document. Created during the first execution, and cached for the next ones.
 */
export class OperationPlan {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: Record<string, FragmentDefinitionNode>
  readonly #conditions: readonly string[]
  readonly #variants = new Map<string, PlanVariant>()
  /** Number of further fields that can be cached. */
  #remainingFields: number

  /**
   * @param maxFields Number of fields that can be cached. An operation that spreads fragments often has more fields
   * than its document.
   */
  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, maxFields: number) {
    this.schema = schema
    this.operation = operation
    this.fragments = Object.create(null) as Record<string, FragmentDefinitionNode>
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments[definition.name.value] = definition
    this.#conditions = findConditions(document)
    this.#remainingFields = maxFields
  }

  /** Returns the variant of the plan for these values of the variables. */
  getVariant(variables: Variables): PlanVariant {
    let key = ''
    for (const name of this.#conditions) key += Object.hasOwn(variables, name) ? formatCondition(variables[name]) : '?'
    const cached = this.#variants.get(key)
    if (cached) return cached
    const variant = new PlanVariant(this, key)
    if (this.#variants.size < maxVariants) this.#variants.set(key, variant)
    return variant
  }

  /** Counts fields that were added to a variant. A variant with too many fields is removed from the cache. */
  addFields(variant: PlanVariant, count: number): void {
    if (this.#variants.get(variant.key) !== variant) return
    variant.fieldCount += count
    this.#remainingFields -= count
    if (this.#remainingFields >= 0) return
    this.#variants.delete(variant.key)
    this.#remainingFields += variant.fieldCount
  }
}

/**
 * Returns a character for the value of a condition. The value can have any type, because another operation of the
 * document can use the name for something else.
 */
function formatCondition(value: unknown): string {
  if (typeof value === 'boolean') return value ? 't' : 'f'
  return value === null ? 'n' : '-'
}

/** Plan of an operation for one combination of values of its conditions. */
export class PlanVariant {
  readonly plan: OperationPlan
  readonly key: string
  fieldCount = 0
  #root: SelectionPlan | null = null

  constructor(plan: OperationPlan, key: string) {
    this.plan = plan
    this.key = key
  }

  /**
   * Returns the plan of the root selection set.
   *
   * @throws GraphQLError if a condition is null.
   */
  getRoot(type: GraphQLObjectType, variables: Variables): SelectionPlan {
    return (this.#root ??= this.createSelection(type, [this.plan.operation.selectionSet], variables))
  }

  /**
   * Creates the plan of selection sets.
   *
   * @throws GraphQLError if a condition is null.
   */
  createSelection(
    type: GraphQLObjectType,
    sets: readonly (SelectionSetNode | undefined)[],
    variables: Variables,
  ): SelectionPlan {
    const { schema, fragments } = this.plan
    const fields: FieldPlan[] = []
    for (const nodes of collectFields({ schema, fragments, variables }, type, sets).values()) {
      const definition = findFieldDefinition(schema, type, nodes[0]!.name.value)
      if (definition) fields.push(new FieldPlan(this, type, definition, nodes))
    }
    this.plan.addFields(this, fields.length)
    return new SelectionPlan(fields)
  }
}

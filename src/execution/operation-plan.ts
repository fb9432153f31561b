import { Kind, SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef } from 'graphql'
import type {
  DocumentNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql'
import { collectFields, findConditions, type Variables } from './collect-fields.ts'
import { FieldPlan, SelectionPlan } from './selection-plan.ts'

/** Plans of one operation that are kept: one for each combination of values of `@skip` and `@include`. */
const maxVariants = 4

/** What an operation of a valid document does, worked out while it is executed for the first time, and kept for the next times. */
export class OperationPlan {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: Record<string, FragmentDefinitionNode>
  readonly #conditions: readonly string[]
  readonly #variants = new Map<string, PlanVariant>()
  /** How many more fields may be kept. */
  #room: number

  /** `maxFields`: fields that are kept. An operation that spreads its fragments often has more of them than its text. */
  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, maxFields: number) {
    this.schema = schema
    this.operation = operation
    this.fragments = Object.create(null) as Record<string, FragmentDefinitionNode>
    for (const definition of document.definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments[definition.name.value] = definition
    this.#conditions = findConditions(document)
    this.#room = maxFields
  }

  /** Returns the plan for these values. */
  getVariant(variables: Variables): PlanVariant {
    let key = ''
    for (const name of this.#conditions) key += Object.hasOwn(variables, name) ? formatCondition(variables[name]) : '?'
    const known = this.#variants.get(key)
    if (known) return known
    const variant = new PlanVariant(this, key)
    if (this.#variants.size < maxVariants) this.#variants.set(key, variant)
    return variant
  }

  /** Counts fields that a plan has got. If there is no room for them, the plan is not kept. */
  addFields(variant: PlanVariant, count: number): void {
    if (this.#variants.get(variant.key) !== variant) return
    variant.fieldCount += count
    this.#room -= count
    if (this.#room >= 0) return
    this.#variants.delete(variant.key)
    this.#room += variant.fieldCount
  }
}

/** Returns one character. In another operation of the document, the variable of this name can have any type, and any size. */
function formatCondition(value: unknown): string {
  if (typeof value === 'boolean') return value ? 't' : 'f'
  return value === null ? 'n' : '-'
}

/** The plan of an operation for one combination of values of its conditions. */
export class PlanVariant {
  readonly plan: OperationPlan
  readonly key: string
  fieldCount = 0
  #root: SelectionPlan | null = null

  constructor(plan: OperationPlan, key: string) {
    this.plan = plan
    this.key = key
  }

  /** @throws GraphQLError if a condition is null. */
  getRoot(type: GraphQLObjectType, variables: Variables): SelectionPlan {
    return (this.#root ??= this.createSelection(type, [this.plan.operation.selectionSet], variables))
  }

  /** @throws GraphQLError if a condition is null. */
  createSelection(
    type: GraphQLObjectType,
    sets: readonly (SelectionSetNode | undefined)[],
    variables: Variables,
  ): SelectionPlan {
    const { schema, fragments } = this.plan
    const fields: FieldPlan[] = []
    for (const nodes of collectFields({ schema, fragments, variables }, type, sets).values()) {
      const definition = findField(schema, type, nodes[0]!.name.value)
      if (definition) fields.push(new FieldPlan(this, type, definition, nodes))
    }
    this.plan.addFields(this, fields.length)
    return new SelectionPlan(fields)
  }
}

function findField(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef
  }
  return type.getFields()[name]
}

import { defaultFieldResolver, getArgumentValues, Kind } from 'graphql'
import type { FieldNode, GraphQLField, GraphQLFieldResolver, GraphQLObjectType, ValueNode } from 'graphql'
import type { Variables } from './collect-fields.ts'
import { minValueBytes } from '../core/json-size.ts'
import type { PlanVariant } from './operation-plan.ts'
import { getTypePlan, type TypePlan } from './type-plan.ts'

/** The fields that a selection set requests of objects of one type. */
export class SelectionPlan {
  readonly fields: readonly FieldPlan[]
  /** Minimum size of the result: the names in JSON, with quotes, colons, and commas, and the smallest values. */
  readonly minBytes: number
  readonly #emptyResult: Record<string, unknown>

  constructor(fields: readonly FieldPlan[]) {
    this.fields = fields
    this.minBytes = fields.reduce((sum, { responseName }) => sum + responseName.length + 4 + minValueBytes, 0)
    const names = fields.map(({ responseName }) => `${JSON.stringify(responseName)}:null`)
    // V8 stores the properties of a parsed object in the object itself.
    this.#emptyResult = JSON.parse(`{${names.join(',')}}`) as Record<string, unknown>
  }

  /**
   * Creates an object with all names and null values. A copy takes half the memory of an object to which properties are
   * added.
   */
  createResult(): Record<string, unknown> {
    return { ...this.#emptyResult }
  }
}

const noArguments: Record<string, unknown> = Object.freeze({})

/** Plan of a field: everything that does not depend on the object that has the field. */
export class FieldPlan {
  readonly responseName: string
  readonly nodes: readonly FieldNode[]
  readonly parentType: GraphQLObjectType
  readonly definition: GraphQLField<unknown, unknown>
  readonly type: TypePlan
  /** Null if the value is the property with the name of the field, and the field has no arguments. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | null
  readonly #variant: PlanVariant
  /** Whether the arguments do not depend on variables. */
  readonly #isConstant: boolean
  /** Name of the variable of each argument. Null if an argument is not given by a variable alone, or has a default value. */
  readonly #variableNames: readonly (readonly [argument: string, variable: string])[] | null
  /** Values of the arguments, if they do not depend on variables. Null until they are first used. */
  #arguments: Record<string, unknown> | null
  #lastType: GraphQLObjectType | null = null
  #lastSelection: SelectionPlan | null = null
  #selections: Map<GraphQLObjectType, SelectionPlan> | null = null

  constructor(
    variant: PlanVariant,
    parentType: GraphQLObjectType,
    definition: GraphQLField<unknown, unknown>,
    nodes: readonly FieldNode[],
  ) {
    const { name, alias } = nodes[0]!
    this.#variant = variant
    this.responseName = (alias ?? name).value
    this.nodes = nodes
    this.parentType = parentType
    this.definition = definition
    this.type = getTypePlan(definition.type)
    const { resolve = defaultFieldResolver, args } = definition
    this.#isConstant = !nodes[0]!.arguments?.some(({ value }) => hasVariable(value))
    this.#arguments = args.length === 0 ? noArguments : null
    this.#variableNames = findVariableNames(definition, nodes[0]!)
    this.resolve = resolve === defaultFieldResolver && args.length === 0 ? null : resolve
  }

  /**
   * Returns the values of the arguments.
   *
   * @throws GraphQLError if the value of a variable is not valid for an argument.
   */
  getArguments(variables: Variables): Record<string, unknown> {
    if (this.#arguments) return this.#arguments
    const direct = this.#variableNames && pickVariables(this.#variableNames, variables)
    if (direct) return direct
    const values = getArgumentValues(this.definition, this.nodes[0]!, variables)
    if (this.#isConstant) this.#arguments = Object.freeze(values)
    return values
  }

  /** Returns the plan of the selection set of the field, for an object of this type. */
  getSelection(type: GraphQLObjectType, variables: Variables): SelectionPlan {
    // A field nearly always returns objects of one type.
    if (this.#lastType === type) return this.#lastSelection!
    const selections = (this.#selections ??= new Map())
    let selection = selections.get(type)
    if (!selection) {
      const sets = this.nodes.map(({ selectionSet }) => selectionSet)
      selections.set(type, (selection = this.#variant.createSelection(type, sets, variables)))
    }
    this.#lastType = type
    this.#lastSelection = selection
    return selection
  }
}

/** Returns null if the value of an argument needs more than a variable. */
function findVariableNames({ args }: GraphQLField<unknown, unknown>, node: FieldNode): [string, string][] | null {
  const names: [string, string][] = []
  for (const { name, defaultValue } of args) {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value
    if (value?.kind === Kind.VARIABLE) names.push([name, value.name.value])
    else if (value || defaultValue !== undefined) return null
  }
  return names
}

/** Returns the values of variables, which are already coerced, by argument. Null if one is absent or null. */
function pickVariables(
  names: readonly (readonly [argument: string, variable: string])[],
  variables: Variables,
): Record<string, unknown> | null {
  const values: Record<string, unknown> = {}
  for (const [argument, variable] of names) {
    const value = Object.hasOwn(variables, variable) ? variables[variable] : null
    if (value === null || value === undefined) return null
    values[argument] = value
  }
  return values
}

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(hasVariable)
  if (value.kind === Kind.OBJECT) return value.fields.some((field) => hasVariable(field.value))
  return value.kind === Kind.VARIABLE
}

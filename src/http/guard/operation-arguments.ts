import { valueFromASTUntyped } from 'graphql'
import type { FieldNode, OperationDefinitionNode } from 'graphql'

/** Reads the arguments of fields before the operation is validated: literals, variables, and defaults of variables. */
export class OperationArguments {
  readonly #variables: Record<string, unknown>

  constructor(operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>) {
    // The object has no prototype, because `constructor` is a valid name of a variable.
    this.#variables = Object.assign(Object.create(null), variables) as Record<string, unknown>
    for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
      const name = variable.name.value
      if (defaultValue && !(name in this.#variables)) this.#variables[name] = valueFromASTUntyped(defaultValue)
    }
  }

  /** Returns the value of an argument. Null if the argument is omitted. */
  get(field: FieldNode, name: string): unknown {
    const argument = field.arguments?.find((node) => node.name.value === name)
    return argument ? valueFromASTUntyped(argument.value, this.#variables) : null
  }
}

import { valueFromASTUntyped } from 'graphql'
import type { FieldNode, OperationDefinitionNode } from 'graphql'

/** Reads arguments of an operation's fields before it is validated: literals, variables, and their defaults. */
export class OperationArguments {
  readonly #variables: Record<string, unknown>

  constructor(operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>) {
    // Without a prototype, because `constructor` is a valid name of a variable.
    this.#variables = Object.assign(Object.create(null), variables) as Record<string, unknown>
    for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
      const name = variable.name.value
      if (defaultValue && !(name in this.#variables)) this.#variables[name] = valueFromASTUntyped(defaultValue)
    }
  }

  /** Null if the argument is omitted. */
  get(field: FieldNode, name: string): unknown {
    const argument = field.arguments?.find((given) => given.name.value === name)
    return argument ? valueFromASTUntyped(argument.value, this.#variables) : null
  }
}

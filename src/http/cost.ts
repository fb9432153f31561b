import { Kind } from 'graphql'
import type { DocumentNode, FieldNode, OperationDefinitionNode, SelectionSetNode, ValueNode } from 'graphql'
import { Problem } from '../errors.ts'
import type { HttpLimits } from './limits.ts'
import { tooDeep } from './scan.ts'

/** What a selection set asks for once its fragments are written out. */
interface Weight {
  depth: number
  /** Fields at its own level. */
  fields: number
  /** Values in the fullest answer: `fixed + perItem × page size of the connection that it stands in`. */
  fixed: number
  perItem: number
}

const largestPage = 100
/** Keeps products finite: infinity times zero would pass for no cost at all. */
const ceiling = 1e12

/** How many items a list that is no connection may give, by the name of its field. */
export type ListSizes = Readonly<Record<string, number>>

/** Throws where the operation's depth, root fields, ids or cost pass the limits; docs/limits.md has the rule. */
export function limitCost(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  sizes: ListSizes,
  limits: HttpLimits,
): void {
  const { depth, fields, fixed, perItem } = new Scale(document, operation, variables, sizes, limits).weigh()
  if (depth > limits.depth) throw tooDeep(limits.depth)
  if (fields > limits.rootFields) {
    throw new Problem('MAX_ROOT_FIELDS_LIMIT', `Too many root fields: at most ${limits.rootFields} are accepted.`)
  }
  const cost = fixed + perItem
  if (cost > limits.cost) {
    const text = `The operation costs ${cost}; at most ${limits.cost} is accepted. Ask for smaller pages or fewer fields.`
    throw new Problem('OPERATION_TOO_EXPENSIVE', text)
  }
}

/** Weighs each fragment once, however often it is spread; the token limit bounds the recursion. */
class Scale {
  readonly #fragments: ReadonlyMap<string, SelectionSetNode>
  readonly #weighed = new Map<string, Weight>()
  readonly #operation: OperationDefinitionNode
  readonly #variables: ReadonlyMap<string, unknown>
  readonly #sizes: ListSizes
  readonly #limits: Pick<HttpLimits, 'ids' | 'pageSize'>

  constructor(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
    sizes: ListSizes,
    limits: Pick<HttpLimits, 'ids' | 'pageSize'>,
  ) {
    const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
    this.#fragments = new Map(fragments.map(({ name, selectionSet }) => [name.value, selectionSet]))
    this.#operation = operation
    const defaults = (operation.variableDefinitions ?? []).map(
      ({ variable, defaultValue }) => [variable.name.value, literal(defaultValue)] as const,
    )
    this.#variables = new Map<string, unknown>([...defaults, ...Object.entries(variables)])
    this.#sizes = sizes
    this.#limits = limits
  }

  weigh(): Weight {
    return this.#set(this.#operation.selectionSet)
  }

  #set({ selections }: SelectionSetNode): Weight {
    const sum: Weight = { depth: 0, fields: 0, fixed: 0, perItem: 0 }
    for (const selection of selections) {
      const part =
        selection.kind === Kind.FIELD
          ? this.#field(selection)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? this.#set(selection.selectionSet)
            : this.#fragment(selection.name.value)
      sum.depth = Math.max(sum.depth, part.depth)
      sum.fields += part.fields
      sum.fixed += part.fixed
      sum.perItem += part.perItem
    }
    return sum
  }

  #fragment(name: string): Weight {
    const known = this.#weighed.get(name)
    if (known) return known
    const set = this.#fragments.get(name)
    const nothing: Weight = { depth: 0, fields: 0, fixed: 0, perItem: 0 }
    // A fragment that spreads itself meets this; validation refuses it.
    this.#weighed.set(name, nothing)
    const weight = set ? this.#set(set) : nothing
    this.#weighed.set(name, weight)
    return weight
  }

  #field(field: FieldNode): Weight {
    const name = field.name.value
    if (!field.selectionSet || name.startsWith('__')) return { depth: 1, fields: 1, fixed: 1, perItem: 0 }
    const below = this.#set(field.selectionSet)
    const depth = below.depth + 1
    const each = Math.min(below.fixed + below.perItem * this.#page(field), ceiling)
    const items = this.#listSize(field)
    if (items !== null) return { depth, fields: 1, fixed: 1 + items * each, perItem: 0 }
    if (name === 'edges' || name === 'nodes') return { depth, fields: 1, fixed: 1, perItem: each }
    return { depth, fields: 1, fixed: 1 + each, perItem: 0 }
  }

  #page(field: FieldNode): number {
    const sizes = [this.#argument(field, 'first'), this.#argument(field, 'last')].filter((size) => size !== null)
    const { pageSize } = this.#limits
    const size = sizes.length === 0 ? pageSize : Math.max(...sizes.map(Number))
    return Number.isNaN(size) ? pageSize : Math.min(Math.max(size, 0), largestPage)
  }

  #listSize(field: FieldNode): number | null {
    const ids = this.#argument(field, 'ids')
    if (!Array.isArray(ids)) return Object.hasOwn(this.#sizes, field.name.value) ? this.#sizes[field.name.value]! : null
    if (ids.length > this.#limits.ids) throw tooManyIds('ids', this.#limits.ids)
    return ids.length
  }

  #argument(field: FieldNode, name: string): unknown {
    const value = field.arguments?.find((argument) => argument.name.value === name)?.value
    return (value?.kind === Kind.VARIABLE ? this.#variables.get(value.name.value) : literal(value)) ?? null
  }
}

/** Numbers and the length of lists are all that counts here. */
function literal(value: ValueNode | undefined): unknown {
  if (value?.kind === Kind.INT) return Number(value.value)
  return value?.kind === Kind.LIST ? value.values : null
}

export function tooManyIds(argument: string, limit: number): Problem {
  return new Problem('BAD_USER_INPUT', `${argument}: at most ${limit} ids are accepted.`, { path: [argument] })
}

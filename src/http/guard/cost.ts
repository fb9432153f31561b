import { Kind } from 'graphql'
import type { DocumentNode, FieldNode, OperationDefinitionNode, SelectionSetNode } from 'graphql'
import { Problem } from '../../core/errors.ts'
import { requiresVendorCall } from '../../schema/ids.ts'
import type { HttpLimits } from '../limits.ts'
import { OperationArguments } from './operation-arguments.ts'
import { createTooDeep } from '../request/scan.ts'

/** An amount at one selection set: `fixed + perItem × page size of the connection around it`. */
interface Amount {
  fixed: number
  perItem: number
}

/** What a selection set asks for once its fragments are written out. */
interface SelectionCost {
  depth: number
  /** Fields at its own level. */
  fields: number
  /** Values in the fullest response. */
  values: Amount
  /** Vendor calls of its lists. */
  calls: Amount
  /** Values in the result of introspection. */
  introspected: number
  /** People that its mutations invite, each by a vendor call. */
  invited: number
}

/** Where a selection set stands. */
type Scope = 'root' | 'nested' | 'introspection'

export const maxPageSize = 100
/** Keeps products finite: infinity times zero would pass for no cost at all. */
const maxProduct = 1e12
/** Characters of a response name that the cost of a field covers. */
const nameLength = 128
const connections: ReadonlySet<string> = new Set(['users', 'conferences', 'participants'])

/** How many items a list that is not a connection can have, by the name of its field. */
export type ListSizes = Readonly<Record<string, number>>

export type CostLimits = Pick<
  HttpLimits,
  'depth' | 'rootFields' | 'cost' | 'ids' | 'pageSize' | 'errors' | 'operationCalls' | 'introspectionCost'
>

/** Rejects an operation whose depth, root fields, IDs, cost, or vendor calls exceed the limits; docs/limits.md has the rules. */
export function assertCost(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  sizes: ListSizes,
  limits: CostLimits,
  introspection: ListSizes = {},
): void {
  const calculator = new CostCalculator(document, new OperationArguments(operation, variables), {
    sizes,
    limits,
    introspection,
  })
  const { depth, fields, values, calls, introspected, invited } = calculator.compute(operation.selectionSet)
  if (depth > limits.depth) throw createTooDeep(limits.depth)
  if (fields > limits.rootFields) {
    throw new Problem('MAX_ROOT_FIELDS_LIMIT', `Too many root fields: at most ${limits.rootFields} are accepted.`)
  }
  const cost = values.fixed + values.perItem
  if (cost > limits.cost) {
    const text = `The operation costs ${cost}; at most ${limits.cost} is accepted. Ask for smaller pages or fewer fields.`
    throw new Problem('OPERATION_TOO_EXPENSIVE', text)
  }
  if (introspected > limits.introspectionCost) {
    const text = `The introspection costs ${Math.ceil(introspected)}. The limit is ${limits.introspectionCost}. Request each field once.`
    throw new Problem('OPERATION_TOO_EXPENSIVE', text)
  }
  // A single mutation can invite as many people as its input accepts.
  const invitations = fields > 1 ? invited : 0
  const vendorCalls = calls.fixed + calls.perItem + calculator.lookUps + invitations
  if (vendorCalls > limits.operationCalls) {
    const text = `The operation causes ${vendorCalls} vendor calls. The limit "operationCalls" is ${limits.operationCalls}. Request fewer IDs, smaller pages, or fewer lists.`
    throw new Problem('OPERATION_TOO_EXPENSIVE', text)
  }
}

const nothing: SelectionCost = {
  depth: 0,
  fields: 0,
  values: { fixed: 0, perItem: 0 },
  calls: { fixed: 0, perItem: 0 },
  introspected: 0,
  invited: 0,
}

interface CostOptions {
  sizes: ListSizes
  introspection: ListSizes
  limits: CostLimits
}

/** Visits each fragment once, however often it is spread; the token limit bounds the recursion. */
class CostCalculator {
  readonly #fragments: ReadonlyMap<string, SelectionSetNode>
  readonly #known = new Map<string, SelectionCost>()
  readonly #arguments: OperationArguments
  readonly #options: CostOptions
  readonly #ids = new Set<string>()

  constructor(document: DocumentNode, given: OperationArguments, options: CostOptions) {
    const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
    this.#fragments = new Map(fragments.map(({ name, selectionSet }) => [name.value, selectionSet]))
    this.#arguments = given
    this.#options = options
  }

  /** Number of distinct objects that the visited fields look up at a vendor by ID. */
  get lookUps(): number {
    return this.#ids.size
  }

  compute(set: SelectionSetNode): SelectionCost {
    return this.#set(set, 'root')
  }

  #set({ selections }: SelectionSetNode, scope: Scope): SelectionCost {
    let sum = nothing
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) sum = add(sum, this.#field(selection, scope))
      else if (selection.kind === Kind.INLINE_FRAGMENT) sum = add(sum, this.#set(selection.selectionSet, scope))
      else sum = add(sum, this.#fragment(selection.name.value, scope))
    }
    return sum
  }

  #fragment(name: string, scope: Scope): SelectionCost {
    const key = `${scope} ${name}`
    const known = this.#known.get(key)
    if (known) return known
    // A fragment that spreads itself finds this; validation rejects it.
    this.#known.set(key, nothing)
    const set = this.#fragments.get(name)
    const cost = set ? this.#set(set, scope) : nothing
    this.#known.set(key, cost)
    return cost
  }

  #field(field: FieldNode, scope: Scope): SelectionCost {
    const name = field.name.value
    const own = this.#ownCost(field)
    const leaf = { ...nothing, depth: 1, fields: 1, values: { fixed: own, perItem: 0 } }
    if (!field.selectionSet) return leaf
    if (name === '__schema' || name === '__type' || scope === 'introspection')
      return this.#introspection(leaf, field.selectionSet, this.#options.introspection[name] ?? 1, scope)
    if (scope === 'root') this.#addLookUps(field)
    const below = this.#set(field.selectionSet, 'nested')
    const depth = below.depth + 1
    const page = this.#pageSize(field)
    const values = total(below.values, page)
    const calls = total(below.calls, page)
    if ((name === 'edges' || name === 'nodes') && this.#countIds(field) === null)
      return { ...leaf, depth, values: { fixed: own, perItem: values }, calls: { fixed: 0, perItem: calls } }
    const items = this.#countItems(field)
    const ownCalls = this.#countCalls(field, scope)
    return {
      ...leaf,
      depth,
      values: { fixed: own + items * values, perItem: 0 },
      calls: { fixed: ownCalls + items * calls, perItem: 0 },
      invited: scope === 'root' ? this.#countInvited(field) : 0,
    }
  }

  #introspection(leaf: SelectionCost, set: SelectionSetNode, items: number, scope: Scope): SelectionCost {
    const { values } = this.#set(set, 'introspection')
    const below = Math.min(items * values.fixed, maxProduct)
    if (scope === 'introspection') return { ...leaf, values: { fixed: leaf.values.fixed + below, perItem: 0 } }
    return { ...leaf, introspected: below }
  }

  /** A long response name counts as often as it can stand in the response: in the data, and in the path of each error below it. */
  #ownCost({ alias, name, selectionSet }: FieldNode): number {
    const extra = Math.floor((alias ?? name).value.length / nameLength)
    return 1 + extra * (selectionSet ? 1 + this.#options.limits.errors : 1)
  }

  #pageSize(field: FieldNode): number {
    const sizes = ['first', 'last'].map((name) => this.#arguments.get(field, name)).filter((size) => size != null)
    const { pageSize } = this.#options.limits
    const size = sizes.length === 0 ? pageSize : Math.max(...sizes.map(Number))
    return Number.isNaN(size) ? pageSize : Math.min(Math.max(size, 0), maxPageSize)
  }

  /** Null if the field has no argument `ids`. */
  #countIds(field: FieldNode): number | null {
    const ids = this.#arguments.get(field, 'ids')
    if (!Array.isArray(ids)) return null
    if (ids.length > this.#options.limits.ids) throw createTooManyIdsProblem('ids', this.#options.limits.ids)
    return ids.length
  }

  #countItems(field: FieldNode): number {
    const { sizes } = this.#options
    const name = field.name.value
    return this.#countIds(field) ?? (Object.hasOwn(sizes, name) ? sizes[name]! : 1)
  }

  /** Vendor calls of a connection itself. */
  #countCalls(field: FieldNode, scope: Scope): number {
    if (!connections.has(field.name.value)) return 0
    if (scope === 'nested') return 1
    const { accounts = 1 } = this.#options.sizes
    const filter = this.#arguments.get(field, 'filter') as { accounts?: unknown } | null | undefined
    const named = Array.isArray(filter?.accounts) ? filter.accounts.length : 0
    const selected = named === 0 ? accounts : Math.min(named, accounts)
    // A sort order reads every account; a page ends at the account that fills it.
    return this.#arguments.get(field, 'orderBy') == null ? Math.min(selected, this.#pageSize(field)) : selected
  }

  #countInvited(field: FieldNode): number {
    const input = this.#arguments.get(field, 'input') as { invite?: unknown } | null | undefined
    return Array.isArray(input?.invite) ? input.invite.length : 0
  }

  #addLookUps(field: FieldNode): void {
    const ids = this.#countIds(field) === null ? [] : (this.#arguments.get(field, 'ids') as unknown[])
    for (const id of [...ids, this.#arguments.get(field, 'id'), this.#arguments.get(field, 'ids')]) {
      if (typeof id === 'string' && requiresVendorCall(id)) this.#ids.add(id)
    }
  }
}

const total = ({ fixed, perItem }: Amount, page: number): number => Math.min(fixed + perItem * page, maxProduct)

function add(one: SelectionCost, other: SelectionCost): SelectionCost {
  const sum = (a: Amount, b: Amount): Amount => ({ fixed: a.fixed + b.fixed, perItem: a.perItem + b.perItem })
  return {
    depth: Math.max(one.depth, other.depth),
    fields: one.fields + other.fields,
    values: sum(one.values, other.values),
    calls: sum(one.calls, other.calls),
    introspected: one.introspected + other.introspected,
    invited: one.invited + other.invited,
  }
}

export function createTooManyIdsProblem(argument: string, limit: number): Problem {
  return new Problem('BAD_USER_INPUT', `${argument}: at most ${limit} ids are accepted.`, { path: [argument] })
}

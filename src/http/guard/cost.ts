import { Kind } from 'graphql'
import type { DocumentNode, FieldNode, OperationDefinitionNode, SelectionSetNode } from 'graphql'
import { Problem } from '../../core/errors.ts'
import type { SubgraphNames } from '../../federation/names.ts'
import type { HttpLimits } from '../limits.ts'
import { ObjectLookups } from './object-lookups.ts'
import { OperationArguments } from './operation-arguments.ts'
import { createTooDeepProblem } from '../request/scan.ts'

/** An amount at a selection set: `baseCost + costPerItem × page size of the enclosing connection`. */
interface Amount {
  baseCost: number
  costPerItem: number
}

/** Cost of a selection set with its fragments. */
interface SelectionCost {
  /** Levels of fields. */
  depth: number
  /** Number of fields at the level of the selection set. */
  fields: number
  /** Number of values in the largest possible response. */
  values: Amount
  /** Number of vendor calls of its lists. */
  calls: Amount
  /** Number of values in the result of introspection. */
  introspected: number
  /** Number of people that its mutations invite. Each invitation is a vendor call. */
  invited: number
}

/** Position of a selection set. */
type SelectionScope = 'root' | 'nested' | 'introspection'

export const maxConnectionSize = 100
/** Keeps products finite, because infinity times zero is not a number and would exceed no limit. */
const maxProduct = 1e12
/** Number of characters of a response name that the cost of a field includes. */
const nameLength = 128
const connections: ReadonlySet<string> = new Set([
  'users',
  'conferences',
  'participants',
  'recordings',
  'sessions',
  'attendance',
])

/**
 * Cost of a value below `attendance`, if no list is nested in it: all people of a page come from one report that is read
 * anyway.
 */
const attendanceValueCost = 0.1

/**
 * Number of items that a list without paging can have, by name of the field. `accounts` is the number of accounts of
 * the caller.
 */
export type ListSizes = Readonly<Record<string, number>>

/** Number of items of a list with the argument `first`, but without pages, if the argument is omitted. */
const defaultSizes: ListSizes = { occurrences: 50 }

export type CostLimits = Pick<
  HttpLimits,
  'depth' | 'rootFields' | 'cost' | 'ids' | 'pageSize' | 'errors' | 'operationCalls' | 'introspectionCost'
>

/**
 * Computes the cost of an operation and compares it with the limits. docs/limits.md describes the rules.
 *
 * @param variables Values of the variables, before coercion.
 * @param introspection Average lengths of the lists of introspection.
 * @param names Names of the subgraph. Null if the schema is not that of a subgraph.
 * @throws `MAX_DEPTH_LIMIT`, `MAX_ROOT_FIELDS_LIMIT`, `OPERATION_TOO_EXPENSIVE`, or, for too many IDs, `BAD_USER_INPUT`.
 */
export function assertCost(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  sizes: ListSizes,
  limits: CostLimits,
  introspection: ListSizes = {},
  names: SubgraphNames | null = null,
): void {
  const calculator = new CostCalculator(document, new OperationArguments(operation, variables), {
    sizes,
    limits,
    introspection,
    names,
  })
  const { depth, fields, values, calls, introspected, invited } = calculator.compute(operation.selectionSet)
  if (depth > limits.depth) throw createTooDeepProblem(limits.depth)
  if (fields > limits.rootFields) {
    throw new Problem(
      'MAX_ROOT_FIELDS_LIMIT',
      `The operation has too many root fields. The limit "rootFields" is ${limits.rootFields}.`,
    )
  }
  const cost = values.baseCost + values.costPerItem
  if (cost > limits.cost) {
    const text = `The operation costs ${cost}. The limit "cost" is ${limits.cost}. Request smaller pages or fewer fields.`
    throw new Problem('OPERATION_TOO_EXPENSIVE', text)
  }
  if (introspected > limits.introspectionCost) {
    const text = `The introspection costs ${Math.ceil(introspected)}. The limit "introspectionCost" is ${limits.introspectionCost}. Request each field once.`
    throw new Problem('OPERATION_TOO_EXPENSIVE', text)
  }
  // A single mutation has its own limit of invitees.
  const invitations = fields > 1 ? invited : 0
  const vendorCalls = calls.baseCost + calls.costPerItem + calculator.lookups + invitations
  if (vendorCalls > limits.operationCalls) {
    const text = `The operation causes ${vendorCalls} vendor calls. The limit "operationCalls" is ${limits.operationCalls}. Request fewer IDs, smaller pages, or fewer lists.`
    throw new Problem('OPERATION_TOO_EXPENSIVE', text)
  }
}

const zeroCost: SelectionCost = {
  depth: 0,
  fields: 0,
  values: { baseCost: 0, costPerItem: 0 },
  calls: { baseCost: 0, costPerItem: 0 },
  introspected: 0,
  invited: 0,
}

interface CostOptions {
  sizes: ListSizes
  introspection: ListSizes
  limits: CostLimits
  names: SubgraphNames | null
}

/**
 * Computes the cost of selection sets. Visits each fragment once in each scope. The limit of tokens bounds the
 * recursion.
 */
class CostCalculator {
  readonly #fragments: ReadonlyMap<string, SelectionSetNode>
  /** Costs of the fragments, by scope and name. */
  readonly #costByFragment = new Map<string, SelectionCost>()
  readonly #arguments: OperationArguments
  readonly #options: CostOptions
  readonly #lookups: ObjectLookups

  constructor(document: DocumentNode, operationArguments: OperationArguments, options: CostOptions) {
    const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
    this.#fragments = new Map(fragments.map(({ name, selectionSet }) => [name.value, selectionSet]))
    this.#arguments = operationArguments
    this.#options = options
    const { limits, names } = options
    this.#lookups = new ObjectLookups({ operationArguments, maxKeys: limits.ids, names })
  }

  /** Number of distinct objects that the visited fields fetch from a vendor by ID. */
  get lookups(): number {
    return this.#lookups.vendorCalls
  }

  compute(set: SelectionSetNode): SelectionCost {
    return this.#computeSet(set, 'root')
  }

  #computeSet({ selections }: SelectionSetNode, scope: SelectionScope): SelectionCost {
    let sum = zeroCost
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) sum = add(sum, this.#computeField(selection, scope))
      else if (selection.kind === Kind.INLINE_FRAGMENT) sum = add(sum, this.#computeSet(selection.selectionSet, scope))
      else sum = add(sum, this.#computeFragment(selection.name.value, scope))
    }
    return sum
  }

  #computeFragment(name: string, scope: SelectionScope): SelectionCost {
    const key = `${scope} ${name}`
    const cached = this.#costByFragment.get(key)
    if (cached) return cached
    // A fragment that contains itself gets this cost. Validation rejects it later.
    this.#costByFragment.set(key, zeroCost)
    const set = this.#fragments.get(name)
    const cost = set ? this.#computeSet(set, scope) : zeroCost
    this.#costByFragment.set(key, cost)
    return cost
  }

  #computeField(field: FieldNode, scope: SelectionScope): SelectionCost {
    const name = this.#getName(field, scope)
    const ownCost = this.#computeOwnCost(field)
    const leaf = { ...zeroCost, depth: 1, fields: 1, values: { baseCost: ownCost, costPerItem: 0 } }
    if (!field.selectionSet) return leaf
    if (name === '__schema' || name === '__type' || scope === 'introspection')
      return this.#computeIntrospection(leaf, field.selectionSet, this.#options.introspection[name] ?? 1, scope)
    if (scope === 'root') this.#lookups.add(field, name)
    const below = this.#computeSet(field.selectionSet, 'nested')
    const depth = below.depth + 1
    const page = this.#getPageSize(field)
    const calls = computeTotal(below.calls, page)
    const isAttendance = name === 'attendance' && calls === 0
    const values = computeTotal(below.values, page) * (isAttendance ? attendanceValueCost : 1)
    if ((name === 'edges' || name === 'nodes') && this.#lookups.countKeys(field, name) === null)
      return {
        ...leaf,
        depth,
        values: { baseCost: ownCost, costPerItem: values },
        calls: { baseCost: 0, costPerItem: calls },
      }
    const items = this.#countItems(field, name)
    const ownCalls = this.#countCalls(field, name, scope)
    return {
      ...leaf,
      depth,
      values: { baseCost: ownCost + Math.ceil(items * values), costPerItem: 0 },
      calls: { baseCost: ownCalls + items * calls, costPerItem: 0 },
      invited: scope === 'root' ? this.#countInvited(field) : 0,
    }
  }

  /** Returns the name that the field has in the schema of `/graphql`. */
  #getName({ name: { value } }: FieldNode, scope: SelectionScope): string {
    const { names } = this.#options
    return names && scope === 'root' ? names.parseRootField(value) : value
  }

  #computeIntrospection(
    leaf: SelectionCost,
    set: SelectionSetNode,
    items: number,
    scope: SelectionScope,
  ): SelectionCost {
    const { values } = this.#computeSet(set, 'introspection')
    const below = Math.min(items * values.baseCost, maxProduct)
    if (scope === 'introspection')
      return { ...leaf, values: { baseCost: leaf.values.baseCost + below, costPerItem: 0 } }
    return { ...leaf, introspected: below }
  }

  /**
   * A long response name counts once for each time that it can be in the response: in the data, and in the path of each
   * error.
   */
  #computeOwnCost({ alias, name, selectionSet }: FieldNode): number {
    const extra = Math.floor((alias ?? name).value.length / nameLength)
    return 1 + extra * (selectionSet ? 1 + this.#options.limits.errors : 1)
  }

  /** Returns the number of items that the page of a connection can have. */
  #getPageSize(field: FieldNode, defaultSize = this.#options.limits.pageSize): number {
    const values = ['first', 'last'].map((name) => this.#arguments.get(field, name))
    // Validation or the coercion of variables rejects other values later.
    const sizes = values.filter((value) => typeof value === 'number')
    const size = sizes.length === 0 ? defaultSize : Math.max(...sizes)
    return Math.min(Math.max(size, 0), maxConnectionSize)
  }

  /** Returns the number of items of a list without paging, or 1. */
  #countItems(field: FieldNode, name: string): number {
    const { sizes } = this.#options
    if (Object.hasOwn(defaultSizes, name)) return this.#getPageSize(field, defaultSizes[name])
    return this.#lookups.countKeys(field, name) ?? (Object.hasOwn(sizes, name) ? sizes[name]! : 1)
  }

  /** Returns the number of vendor calls of a connection, without its nested lists. */
  #countCalls(field: FieldNode, name: string, scope: SelectionScope): number {
    if (scope === 'root' && name === 'userBy') return 1
    if (scope === 'root' && name === 'conferenceBy')
      return this.#arguments.get(field, 'account') == null ? (this.#options.sizes['accounts'] ?? 1) : 1
    if (!connections.has(name)) return 0
    if (scope === 'nested') return 1
    const { accounts = 1 } = this.#options.sizes
    const filter = this.#arguments.get(field, 'filter') as { accounts?: unknown } | null | undefined
    const named = Array.isArray(filter?.accounts) ? filter.accounts.length : 0
    const selected = named === 0 ? accounts : Math.min(named, accounts)
    // A sort order reads every selected account. Without one, a page has at most as many accounts as items.
    return this.#arguments.get(field, 'orderBy') == null ? Math.min(selected, this.#getPageSize(field)) : selected
  }

  #countInvited(field: FieldNode): number {
    const input = this.#arguments.get(field, 'input') as { invite?: unknown } | null | undefined
    return Array.isArray(input?.invite) ? input.invite.length : 0
  }
}

const computeTotal = ({ baseCost, costPerItem }: Amount, page: number): number =>
  Math.min(baseCost + costPerItem * page, maxProduct)

function add(first: SelectionCost, second: SelectionCost): SelectionCost {
  const sum = (a: Amount, b: Amount): Amount => ({
    baseCost: a.baseCost + b.baseCost,
    costPerItem: a.costPerItem + b.costPerItem,
  })
  return {
    depth: Math.max(first.depth, second.depth),
    fields: first.fields + second.fields,
    values: sum(first.values, second.values),
    calls: sum(first.calls, second.calls),
    introspected: first.introspected + second.introspected,
    invited: first.invited + second.invited,
  }
}

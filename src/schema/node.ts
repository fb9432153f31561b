import type { Context } from './context.ts'
import { Problem } from '../core/errors.ts'
import { takeTurn } from '../core/turn.ts'
import type { Account } from '../vendors/accounts.ts'
import { builder } from './builder.ts'
import { decodeId, parseId, type NodeId, type NodeType } from './ids.ts'
import { sharedDescriptions } from './shared-descriptions.ts'

/** Looks up an object by its decoded ID. Returns null if it does not exist or the caller does not have access to it. */
type Find = (id: NodeId, account: Account | null, context: Context) => Promise<object | null> | object | null

const finders = new Map<NodeType, Find>()
const nodeType = Symbol('node type')
interface Tagged {
  [nodeType]?: NodeType
}

export const Node = builder.interfaceRef<object>('Node').implement({
  description: 'An object with an ID that `node` accepts.',
  fields: (t) => ({
    id: t.field({ type: 'ID', nullable: false, description: sharedDescriptions.id, resolve: () => '' }),
  }),
  resolveType: (value) => (value as Tagged)[nodeType],
})

/** Registers the function that looks up the objects of a type. */
export function registerNodeFinder(type: NodeType, find: Find): void {
  finders.set(type, find)
}

/** Marks an object with its GraphQL type, which the interface `Node` needs. Changes the object. */
export function markAsNode<T extends object>(type: NodeType, value: T): T {
  // A WeakMap would take as much time as the whole lookup of an object.
  const tagged: T & Tagged = value
  tagged[nodeType] = type
  return tagged
}

/**
 * Returns an object by ID. Null if it does not exist or the caller does not have access to it.
 *
 * @param argument Path of the argument that contains the ID, such as `ids.0`.
 * @param expected Type that the object must have. If omitted, any type.
 * @throws INVALID_ID
 */
export function findNode(id: string, argument: string, context: Context, expected?: NodeType): Promise<object | null> {
  return findDecoded(decodeId(id, argument, expected), context)
}

/** Types whose objects a vendor can find by a former name, such as the email address of an accepted invitation. */
const typesWithFormerNames: ReadonlySet<NodeType> = new Set<NodeType>(['User', 'Conference', 'Session'])

async function findDecoded(id: NodeId, context: Context): Promise<object | null> {
  const account = context.accounts.find(({ key }) => key === id.account) ?? null
  if (id.account !== '' && !account) return null
  try {
    const object: (object & { vendorId?: string }) | null = await finders.get(id.type)!(id, account, context)
    if (!object || (typesWithFormerNames.has(id.type) && object.vendorId !== id.parts[0])) return null
    return markAsNode(id.type, object)
  } catch (error) {
    if (error instanceof Problem && error.code === 'NOT_FOUND') return null
    throw error
  }
}

/** Maximum number of IDs that are resolved in one turn of the event loop: 19 lists of 250 IDs take up to 100 ms. */
const maxIdsPerTurn = 20

/** What `findNodes` looks up. The members are the parameters of `findNode`. */
export interface NodeLookup {
  id: string
  argument: string
  expected?: NodeType
}

/**
 * Looks up objects by ID, and resolves the promises in several turns of the event loop. Lookups of one list that need a vendor
 * start at the same time, so that their calls are batched. Several long lists start in different turns: starting 4,750 lookups
 * takes up to 45 ms.
 */
export function findNodes(lookups: readonly NodeLookup[], context: Context): Promise<object | null>[] {
  const start = lookups.length > maxIdsPerTurn ? takeTurn(context.call.caller) : undefined
  let turn: Promise<void> | undefined
  let resolvedCount = 0
  const waitForTurn = (): Promise<void> | undefined => {
    if (resolvedCount++ % maxIdsPerTurn === 0) turn = takeTurn(context.call.caller)
    return turn
  }
  const find = async ({ id, argument, expected }: NodeLookup): Promise<object | null> => {
    if (start) await start
    const decoded = parseId(id)
    const isLocal = decoded === null || decoded.type === 'Account'
    if (isLocal) await waitForTurn()
    try {
      const isExpected = decoded !== null && (expected === undefined || decoded.type === expected)
      return await (isExpected ? findDecoded(decoded, context) : findNode(id, argument, context, expected))
    } finally {
      if (!isLocal) await waitForTurn()
    }
  }
  return lookups.map(find)
}

builder.queryFields((t) => ({
  node: t.field({
    type: Node,
    description:
      'Returns an object by ID. Null if the object does not exist or you do not have access to it. Fails with `INVALID_ID` if the ID is malformed.',
    args: { id: t.arg.id({ required: true, description: 'ID of an object of any type.' }) },
    resolve: (_, { id }, context) => findNode(id, 'id', context),
  }),
  nodes: t.field({
    type: [Node],
    nullable: { list: false, items: true },
    description:
      'Returns objects by ID, in the same order. An item is null if the object does not exist or you do not have access to it. A malformed ID is reported in `errors` with `INVALID_ID`.',
    args: { ids: t.arg.idList({ required: true, description: 'IDs of objects of any type, at most 250 by default.' }) },
    resolve: (_, { ids }, context) => {
      if (ids.length > context.limits.ids)
        throw new Problem('BAD_USER_INPUT', `"ids" must have at most ${context.limits.ids} IDs.`, { path: ['ids'] })
      return findNodes(
        ids.map((id, index) => ({ id, argument: `ids.${index}` })),
        context,
      )
    },
  }),
}))

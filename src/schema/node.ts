import type { Context } from './context.ts'
import { Problem } from '../core/errors.ts'
import { takeTurn } from '../core/turn.ts'
import type { Account } from '../vendors/accounts.ts'
import { builder } from './builder.ts'
import { decodeId, parseId, type NodeId, type NodeType } from './ids.ts'

/** Looks an id's object up; null where it is gone, or not the caller's to see. */
type Find = (id: NodeId, account: Account | null, context: Context) => Promise<object | null> | object | null

const finders = new Map<NodeType, Find>()
const nodeType = Symbol('node type')
interface Tagged {
  [nodeType]?: NodeType
}

export const Node = builder.interfaceRef<object>('Node').implement({
  description: 'Anything with an id of its own, which `node` gives again.',
  fields: (t) => ({
    id: t.field({ type: 'ID', nullable: false, description: 'Opaque and stable.', resolve: () => '' }),
  }),
  resolveType: (value) => (value as Tagged)[nodeType],
})

/** Registers how a type's ids are looked up. */
export function registerNodeFinder(type: NodeType, find: Find): void {
  finders.set(type, find)
}

/** Remembers the GraphQL type of an object that is given out as a Node. */
export function markAsNode<T extends object>(type: NodeType, value: T): T {
  // A WeakMap costs as much as the whole look-up of a vendor's object.
  const tagged: T & Tagged = value
  tagged[nodeType] = type
  return tagged
}

/** The object of an id. Throws INVALID_ID for what is no id of ours; null where there is none to see. */
export async function findNode(
  id: string,
  argument: string,
  context: Context,
  expected?: NodeType,
): Promise<object | null> {
  const decoded = decodeId(id, argument, expected)
  const account = context.accounts.find((known) => known.key === decoded.account) ?? null
  if (decoded.account !== '' && !account) return null
  const found = await nullIfNotFound(finders.get(decoded.type)!(decoded, account, context))
  return found && markAsNode(decoded.type, found)
}

async function nullIfNotFound<T>(found: Promise<T | null> | T | null): Promise<T | null> {
  try {
    return await found
  } catch (error) {
    if (error instanceof Problem && error.code === 'NOT_FOUND') return null
    throw error
  }
}

/** IDs that are answered in one turn of the event loop: 19 lists of 250 take up to 100 ms. */
const answeredAtOnce = 20

/** Looks up the IDs, and answers them in turns. Those of vendors' objects are looked up together, so that their calls are. */
function findNodes(ids: readonly string[], context: Context): Promise<object | null>[] {
  let turn: Promise<void> | undefined
  let answered = 0
  const waitForTurn = (): Promise<void> | undefined => {
    if (answered++ % answeredAtOnce === 0) turn = takeTurn(context.call.caller)
    return turn
  }
  const find = async (id: string, argument: string): Promise<object | null> => {
    const type = parseId(id)?.type
    const isLocal = type === undefined || type === 'Account'
    if (isLocal) await waitForTurn()
    try {
      return await findNode(id, argument, context)
    } finally {
      if (!isLocal) await waitForTurn()
    }
  }
  return ids.map((id, index) => find(id, `ids.${index}`))
}

builder.queryFields((t) => ({
  node: t.field({
    type: Node,
    description: 'The object of an id; null where it is gone, or not yours to see. INVALID_ID for what is no id.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of any object.' }) },
    resolve: (_, { id }, context) => findNode(id, 'id', context),
  }),
  nodes: t.field({
    type: [Node],
    nullable: { list: false, items: true },
    description: 'The objects of at most 250 ids, in the same order; each vendor is asked as seldom as can be.',
    args: { ids: t.arg.idList({ required: true, description: 'The `id`s of any objects.' }) },
    resolve: (_, { ids }, context) => {
      if (ids.length > context.limits.ids)
        throw new Problem('BAD_USER_INPUT', `"ids" takes at most ${context.limits.ids} ids.`, { path: ['ids'] })
      return findNodes(ids, context)
    },
  }),
}))

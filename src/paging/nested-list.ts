import type { FlatList } from '../vendors/vendor-lists.ts'
import type { Boundary, Position } from './position.ts'

/** Splits a boundary inside a child list into the parent item's position and the boundary in the child list. Null for other boundaries. */
export function splitBoundary(boundary: Boundary): { position: Position; childBoundary: Boundary } | null {
  if (typeof boundary === 'string') return null
  const isAfter = 'after' in boundary
  const { child, ...position } = isAfter ? boundary.after : boundary.before
  return child ? { position, childBoundary: isAfter ? { after: child } : { before: child } } : null
}

/** Whether the parent list consists of fixed partitions. */
export const isPartitionList = (parent: FlatList<unknown> | readonly string[]): parent is readonly string[] =>
  Array.isArray(parent)

/** Returns a parent list whose items are the partitions. */
export function createPartitionList(partitions: readonly string[]): FlatList<unknown> {
  return {
    maxSize: partitions.length,
    loadPage: async () => ({ items: partitions, next: null, previous: null }),
    getId: String,
    parseItem: (partition) => partition,
  }
}

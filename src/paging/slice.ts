import type { Problem } from '../core/errors.ts'
import type { SliceItem } from './slice-item.ts'
import type { Boundary } from './position.ts'

/** What one account gives to one page. */
export interface ListSlice<T> {
  /** In the direction walked: backwards, the last comes first. */
  edges: SliceItem<T>[]
  /** Whether the list goes on behind them. */
  more: boolean
  /** Where it goes on; null: right behind the last edge. */
  resume: Boundary | null
  /** The scan limit was met before there were enough. */
  stopped: boolean
  /** The walk ended here for this. */
  failure: Problem | null
  /** Something was left out for this. */
  problem: Problem | null
  /** What pages told of their lists' totals, by the chain's word (a plain list's is empty). */
  totals: Map<string, number>
}

export function createSlice<T>(): ListSlice<T> {
  return { edges: [], more: false, resume: null, stopped: false, failure: null, problem: null, totals: new Map() }
}

/** Adds to a slice what the walk gave that continued at its end. */
export function joinSlices<T>(
  slice: ListSlice<T>,
  { edges, more, resume, stopped, failure, problem, totals }: ListSlice<T>,
): void {
  slice.edges.push(...edges)
  slice.problem ??= problem
  for (const [word, total] of totals) slice.totals.set(word, total)
  Object.assign(slice, { more, resume, stopped, failure })
}

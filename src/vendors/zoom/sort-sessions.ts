import { getSessionId, readStart } from './session.ts'

/** Sorts raw sessions, newest first, and omits repeated ones. Sessions without a start come last. */
export function sortNewestFirst(items: readonly unknown[]): unknown[] {
  const entries = items.map((item) => ({
    item,
    id: getSessionId(item) ?? '',
    startedAtMs: readStart(item)?.getTime() ?? Number.MIN_SAFE_INTEGER,
  }))
  const sorted = entries.toSorted((a, b) => b.startedAtMs - a.startedAtMs || (a.id < b.id ? -1 : 1))
  const seen = new Set<string>()
  // An item without an ID is kept, so that it is reported.
  return sorted.filter(({ id }) => id === '' || (!seen.has(id) && seen.add(id))).map(({ item }) => item)
}

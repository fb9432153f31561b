import { Problem } from '../../src/core/errors.ts'
import { CallContext } from '../../src/upstream/call-context.ts'
import type { FlatList, VendorPage } from '../../src/vendors/vendor-lists.ts'

interface Entry {
  page: VendorPage
  asOf: number
  operations: readonly number[]
}

/** Creates a context whose reads can use cached pages. */
export const newCachedCall = (): CallContext =>
  new CallContext({
    caller: 'test',
    signal: new AbortController().signal,
    time: { deadline: Date.now() + 25_000 },
    maxAgeMs: Infinity,
  })

/** Caches the pages of a list as `AccountCache` caches responses. Time passes only in the number of reads. */
export function cacheList<T>(list: FlatList<T>) {
  const entries = new Map<string, Entry>()
  let reads = 0
  const cached: FlatList<T> = {
    ...list,
    loadPage: async (request, call) => {
      const key = JSON.stringify(request)
      const earlier = entries.get(key)
      if (earlier && call.maxAgeMs === Infinity) {
        call.age.add({ ...earlier, staleProblem: null })
        return earlier.page
      }
      try {
        const page = await list.loadPage(request, call)
        const isEqual = JSON.stringify(earlier?.page) === JSON.stringify(page)
        const operations = [...(isEqual ? earlier!.operations : []), call.operationId]
        entries.set(key, { page, asOf: ++reads, operations })
        call.age.add({ asOf: reads, operations: null, staleProblem: null })
        return page
      } catch (error) {
        if (error instanceof Problem) entries.delete(key)
        throw error
      }
    },
  }
  return {
    list: cached,
    get reads() {
      return reads
    },
    /** Removes some of the cached pages. @param share Thousandths of the pages that are removed, the oldest first. */
    expire(share: number): void {
      const oldest = [...entries].sort(([, a], [, b]) => a.asOf - b.asOf)
      for (const [key] of oldest.slice(0, Math.ceil((share / 1_000) * oldest.length))) entries.delete(key)
    },
  }
}

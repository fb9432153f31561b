import { Problem } from '../../src/core/errors.ts'
import type { FlatList, VendorPage, PageRequest } from '../../src/vendors/vendor-lists.ts'

export interface Item {
  id: string
}

/** Paging method of a simulated vendor. */
export interface Scheme {
  kind: 'numbered' | 'keyset' | 'offset links' | 'whole'
  /** Whether pages contain the total. */
  reportsTotal: boolean
  /** Page size that the vendor uses regardless of the request. Null if it uses the requested size. */
  fixedSize: number | null
  /** Whether pages link to the previous page. */
  previous: boolean
  linksToLastPage: boolean
  /** What a page after the last one is, if pages do not show which one is the last: empty, rejected, or the last page again. */
  pastEnd: 'empty' | 'rejected' | 'repeated' | null
  /** Whether page tokens issued before the last `expireTokens()` are rejected. */
  tokensExpire: boolean
  maxSize: number
}

/** Pages are numbered, have the requested size up to 50, and contain neither links nor a total. */
export const plainScheme: Scheme = {
  kind: 'numbered',
  reportsTotal: false,
  fixedSize: null,
  previous: false,
  linksToLastPage: false,
  pastEnd: null,
  tokensExpire: false,
  maxSize: 50,
}

/** Creates a vendor's list of `items()`, which tests change between pages. */
export function vendorList(scheme: Scheme, items: () => readonly Item[]) {
  let calls = 0
  let epoch = 0
  const getSize = (requested: number): number => scheme.fixedSize ?? Math.min(requested, scheme.maxSize)
  const slice = (start: number, length: number): VendorPage => {
    const all = items()
    const isPast = start > 0 && start >= all.length
    if (isPast && scheme.pastEnd === 'rejected') throw new Problem('VENDOR_REJECTED', 'There is no such page.')
    const isRepeated = isPast && scheme.pastEnd === 'repeated'
    const from = isRepeated ? Math.floor(Math.max(0, all.length - 1) / length) * length : Math.max(0, start)
    const end = Math.min(all.length, from + length)
    const link = (to: number): string => {
      const key = scheme.kind === 'keyset' ? (all[to - 1]?.id ?? '') : String(to)
      return `${epoch}:${key}:${length}`
    }
    return {
      items: all.slice(from, end),
      ...nextOf(from, end, all.length, link),
      ...(scheme.previous ? { previous: from > 0 ? `${epoch}<${all[from]?.id ?? ''}:${length}` : null } : {}),
      total: scheme.reportsTotal ? all.length : null,
    }
  }
  const nextOf = (from: number, end: number, length: number, link: (to: number) => string) => {
    if (scheme.pastEnd === null) return { next: end < length ? link(end) : null }
    return { next: from < end ? link(end) : null, isNextAssumed: true }
  }
  const loadLinked = (link: string, length: number): VendorPage => {
    const all = items()
    if (link === 'last') return slice(Math.max(0, all.length - length), length)
    const [made, sign, key = '', boundary] = link.split(/([:<])/).flatMap((part, index) => (index === 3 ? [] : [part]))
    const own = Number(boundary ?? link.split(':').at(-1))
    if (scheme.tokensExpire && Number(made) !== epoch) throw new Problem('VENDOR_REJECTED', 'The token has expired.')
    if (sign === '<') {
      const before = all.findIndex((item) => item.id >= key)
      const end = before < 0 ? all.length : before
      return slice(Math.max(0, end - own), end - Math.max(0, end - own))
    }
    if (scheme.kind === 'keyset') {
      const from = all.findIndex((item) => item.id > key)
      return slice(from < 0 ? all.length : from, own)
    }
    return slice(Number(key), own)
  }
  const list: FlatList<Item> = {
    maxSize: scheme.maxSize,
    ...(scheme.kind === 'numbered' ? { supportsPageNumbers: true as const } : {}),
    ...(scheme.linksToLastPage ? { linksToLastPage: true as const } : {}),
    ...(scheme.reportsTotal ? { reportsTotal: true as const } : {}),
    loadPage: async (request: PageRequest) => {
      calls++
      if (scheme.kind === 'whole') return { items: items(), next: null, previous: null }
      if ('number' in request) return slice(request.number * getSize(request.size), getSize(request.size))
      return request.link === null ? slice(0, getSize(request.size)) : loadLinked(request.link, getSize(request.size))
    },
    getId: (item) => (item as Item).id,
    parseItem: (item) => item as Item,
  }
  return {
    list,
    get calls() {
      return calls
    },
    expireTokens: () => void epoch++,
  }
}

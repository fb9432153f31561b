import { Problem } from '../../src/core/errors.ts'
import type { FlatList, VendorPage, PageRequest } from '../../src/vendors/vendor.ts'

export interface Item {
  id: string
}

/** How a made-up vendor pages. */
export interface Scheme {
  kind: 'numbered' | 'keyset' | 'offset links' | 'whole'
  /** Pages tell the total. */
  counted: boolean
  /** The vendor's own page size whatever is asked; null: as asked. */
  fixedSize: number | null
  /** Links give the previous page. */
  previous: boolean
  hasLast: boolean
  /** Nothing says which page is the last; one behind it is empty, refused, or given again. */
  guesses: 'empty' | 'refused' | 'again' | null
  /** Links given before the last `forgetLinks()` are refused. */
  linksDie: boolean
  maxSize: number
}

/** A vendor's list over `items()`, which tests change between pages. */
export function vendorList(scheme: Scheme, items: () => readonly Item[]) {
  let calls = 0
  let epoch = 0
  const size = (asked: number): number => scheme.fixedSize ?? Math.min(asked, scheme.maxSize)
  const slice = (start: number, length: number): VendorPage => {
    const all = items()
    const isPast = start > 0 && start >= all.length
    if (isPast && scheme.guesses === 'refused') throw new Problem('VENDOR_REJECTED', 'There is no such page.')
    const isAgain = isPast && scheme.guesses === 'again'
    const from = isAgain ? Math.floor(Math.max(0, all.length - 1) / length) * length : Math.max(0, start)
    const end = Math.min(all.length, from + length)
    const link = (to: number): string => {
      const key = scheme.kind === 'keyset' ? (all[to - 1]?.id ?? '') : String(to)
      return `${epoch}:${key}:${length}`
    }
    return {
      items: all.slice(from, end),
      ...nextOf(from, end, all.length, link),
      ...(scheme.previous ? { previous: from > 0 ? `${epoch}<${all[from]?.id ?? ''}:${length}` : null } : {}),
      total: scheme.counted ? all.length : null,
    }
  }
  const nextOf = (from: number, end: number, length: number, link: (to: number) => string) => {
    if (scheme.guesses === null) return { next: end < length ? link(end) : null }
    return { next: from < end ? link(end) : null, isNextAssumed: true }
  }
  const linked = (link: string, length: number): VendorPage => {
    const all = items()
    if (link === 'last') return slice(Math.max(0, all.length - length), length)
    const [made, sign, key = '', kept] = link.split(/([:<])/).flatMap((part, index) => (index === 3 ? [] : [part]))
    const own = Number(kept ?? link.split(':').at(-1))
    if (scheme.linksDie && Number(made) !== epoch) throw new Problem('VENDOR_REJECTED', 'The token has expired.')
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
    ...(scheme.hasLast ? { linksToLastPage: true as const } : {}),
    ...(scheme.counted ? { reportsTotal: true as const } : {}),
    loadPage: async (request: PageRequest) => {
      calls++
      if (scheme.kind === 'whole') return { items: items(), next: null, previous: null }
      if ('number' in request) return slice(request.number * size(request.size), size(request.size))
      return request.link === null ? slice(0, size(request.size)) : linked(request.link, size(request.size))
    },
    getId: (item) => (item as Item).id,
    parseItem: (item) => item as Item,
  }
  return {
    list,
    get calls() {
      return calls
    },
    forgetLinks: () => void epoch++,
  }
}

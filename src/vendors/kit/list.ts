import type { FlatList, PageRequest } from '../vendor-lists.ts'

/** Creates an empty list, for filters that no object of the vendor can match. Makes no vendor call. */
export function createEmptyList<T>(): FlatList<T> {
  return {
    maxSize: 100,
    supportsPageNumbers: true,
    reportsTotal: true,
    loadPage: async () => ({ items: [], next: null, previous: null, total: 0 }),
    getId: () => null,
    parseItem: () => null,
  }
}

/** Returns the page number, from 0, for a list whose page tokens are page numbers. */
export function getPageNumber(request: PageRequest): number {
  return 'number' in request ? request.number : Number(request.link ?? 0)
}

import { Problem } from '../../core/errors.ts'
import type { VendorClient, ResponseSchema } from '../../upstream/vendor-client.ts'
import type { RequestPath, Query } from '../../upstream/path.ts'
import type { ReadSubject } from '../../upstream/read-subject.ts'
import type { FlatList, VendorPage, PageRequest } from '../vendor-lists.ts'
import { toNumber, type UnreadFields } from '../kit/lenient.ts'
import { requireItems } from '../kit/short-list.ts'

/** Zoom reduces larger page sizes to this one. */
export const maxPageSize = 300

export interface ZoomListOptions<T> {
  getPath(): RequestPath
  query?: Query
  /** Schema of a page. See `createPageSchema`. */
  schema: ResponseSchema<VendorPage>
  /** What a page describes. If omitted, pages are never cached. */
  subject?: ReadSubject
  /** Name of the rate limit. */
  rateLimit: string
  getId(item: unknown): string | null
  parseItem(item: unknown): T | null
  /** Returns the first page if Zoom rejects the request for it. Null if the error must be thrown. */
  replaceRejectedPage?(problem: Problem): VendorPage | null
}

/** Creates a list with page tokens, which expire after 15 minutes. */
export function createTokenList<T>(client: VendorClient, options: ZoomListOptions<T>): FlatList<T> {
  const { getPath, query, schema, subject, rateLimit, getId, parseItem, replaceRejectedPage } = options
  return {
    maxSize: maxPageSize,
    reportsTotal: true,
    async loadPage(request, call) {
      const pageQuery = toPageQuery(request)
      const fullQuery = { ...query, page_size: request.size, ...pageQuery }
      const reading = client.read(getPath(), { query: fullQuery, schema, subject, rateLimit }, call)
      if (!replaceRejectedPage || Object.keys(pageQuery).length > 0) return reading
      try {
        return await reading
      } catch (error) {
        const replacement = error instanceof Problem ? replaceRejectedPage(error) : null
        if (!replacement) throw error
        return replacement
      }
    },
    getId,
    parseItem,
  }
}

/** Creates a list with page tokens and page numbers. */
export function createNumberedList<T>(client: VendorClient, options: ZoomListOptions<T>): FlatList<T> {
  return { ...createTokenList(client, options), supportsPageNumbers: true }
}

/** Returns the query of a page: its token, or its page number if Zoom returned no token. */
function toPageQuery(request: PageRequest): Record<string, string> {
  if ('link' in request) return Object.fromEntries(new URLSearchParams(request.link ?? ''))
  return request.number > 0 ? { page_number: String(request.number + 1) } : {}
}

type Envelope = UnreadFields<'next_page_token' | 'page_count' | 'page_number' | 'page_size' | 'total_records'>

/** Creates the response schema of a list's pages. @param items Name of the field with the items. */
export const createPageSchema =
  (items: string) =>
  (body: unknown): VendorPage => {
    const pageItems = requireItems(body, items)
    const envelope = body as Envelope
    const next = getNextToken(envelope)
    const total = toNumber(envelope.total_records)
    const size = next === null ? toNumber(envelope.page_size) : null
    // Except on the last page, the number of items is the page size that Zoom used.
    return size ? { items: pageItems, next, total, size } : { items: pageItems, next, total }
  }

/** An empty token means the end of the list. Page numbers are used only if the token is missing. */
function getNextToken({ next_page_token: token, page_number, page_count }: Envelope): string | null {
  if (typeof token === 'string') return token === '' ? null : String(new URLSearchParams({ next_page_token: token }))
  const [number, count] = [toNumber(page_number), toNumber(page_count)]
  if (number === null || count === null || number >= count) return null
  return String(new URLSearchParams({ page_number: String(number + 1) }))
}

import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient, ResponseSchema } from '../../upstream/vendor-client.ts'
import type { RequestPath, Query } from '../../upstream/path.ts'
import type { FlatList, VendorPage, PageRequest } from '../vendor.ts'
import { toNumber, type UnreadFields } from '../kit/lenient.ts'
import { requireItems } from '../kit/short-list.ts'

/** More are cut to this by Zoom. */
export const maxPageSize = 300

export interface ZoomListOptions<T> {
  getPath(): RequestPath
  query?: Query
  /** The envelope around the items: a `pageShape`. */
  schema: ResponseSchema<VendorPage>
  /** Name of the rate limit. */
  rateLimit: string
  getId(item: unknown): string | null
  parseItem(item: unknown): T | null
  /** The first page where Zoom refuses to give it; null: the refusal stands. */
  replaceRejectedPage?(problem: Problem): VendorPage | null
}

/** A list with page tokens, which die after 15 minutes. */
export function createTokenList<T>(client: VendorClient, options: ZoomListOptions<T>): FlatList<T> {
  return {
    maxSize: maxPageSize,
    reportsTotal: true,
    loadPage: (request, call) => loadPage(client, options, request, call),
    getId: options.getId,
    parseItem: options.parseItem,
  }
}

/** A list that knows page numbers beside its tokens. */
export function createNumberedList<T>(client: VendorClient, options: ZoomListOptions<T>): FlatList<T> {
  return { ...createTokenList(client, options), supportsPageNumbers: true }
}

async function loadPage<T>(
  client: VendorClient,
  options: ZoomListOptions<T>,
  request: PageRequest,
  call: CallContext,
): Promise<VendorPage> {
  const { query, schema, rateLimit, replaceRejectedPage: refused } = options
  const place = toPageQuery(request)
  const asked = { ...query, page_size: request.size, ...place }
  const reading = client.read(options.getPath(), { query: asked, schema, rateLimit }, call)
  if (!refused) return reading
  try {
    return await reading
  } catch (error) {
    const isFirst = Object.keys(place).length === 0
    const instead = isFirst && error instanceof Problem ? refused(error) : null
    if (!instead) throw error
    return instead
  }
}

/** A link is the query that leads to its page: a token, or a page number where Zoom gave no token. */
function toPageQuery(request: PageRequest): Record<string, string> {
  if ('link' in request) return Object.fromEntries(new URLSearchParams(request.link ?? ''))
  return request.number > 0 ? { page_number: String(request.number + 1) } : {}
}

type Envelope = UnreadFields<'next_page_token' | 'page_count' | 'page_number' | 'page_size' | 'total_records'>

/** Makes the reader of a list's pages. `items`: their key in the envelope. */
export const createPageSchema =
  (items: string) =>
  (body: unknown): VendorPage => {
    const found = requireItems(body, items)
    const envelope = body as Envelope
    const next = getNextToken(envelope)
    const total = toNumber(envelope.total_records)
    const size = next === null ? toNumber(envelope.page_size) : null
    // The size that Zoom worked with is told best by a full page.
    return size ? { items: found, next, total, size } : { items: found, next, total }
  }

/** An empty token is the end; only where there is none at all do the page numbers speak. */
function getNextToken({ next_page_token: token, page_number, page_count }: Envelope): string | null {
  if (typeof token === 'string') return token === '' ? null : String(new URLSearchParams({ next_page_token: token }))
  const [number, count] = [toNumber(page_number), toNumber(page_count)]
  if (number === null || count === null || number >= count) return null
  return String(new URLSearchParams({ page_number: String(number + 1) }))
}

import { Problem } from '../../core/errors.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client, Shape } from '../../upstream/client.ts'
import type { Path, Query } from '../../upstream/path.ts'
import type { List, Page, PageRequest } from '../vendor.ts'
import { toNumber, type Unread } from '../kit/lenient.ts'
import { requireItems } from '../kit/short-list.ts'

/** More are cut to this by Zoom. */
export const maxSize = 300

export interface ListOptions<T> {
  path(): Path
  query?: Query
  /** The envelope around the items: a `pageShape`. */
  shape: Shape<Page>
  /** Name of the rate limit. */
  limit: string
  id(item: unknown): string | null
  read(item: unknown): T | null
  /** The first page where Zoom refuses to give it; null: the refusal stands. */
  refused?(problem: Problem): Page | null
}

/** A list with page tokens, which die after 15 minutes. */
export function tokenList<T>(client: Client, options: ListOptions<T>): List<T> {
  return {
    maxSize,
    counted: true,
    page: (request, call) => page(client, options, request, call),
    id: options.id,
    read: options.read,
  }
}

/** A list that knows page numbers beside its tokens. */
export function numberedList<T>(client: Client, options: ListOptions<T>): List<T> {
  return { ...tokenList(client, options), numbered: true }
}

async function page<T>(client: Client, options: ListOptions<T>, request: PageRequest, call: Call): Promise<Page> {
  const { query, shape, limit, refused } = options
  const place = placeOf(request)
  const asked = { ...query, page_size: request.size, ...place }
  const reading = client.get(options.path(), { query: asked, shape, limit }, call)
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
function placeOf(request: PageRequest): Record<string, string> {
  if ('link' in request) return Object.fromEntries(new URLSearchParams(request.link ?? ''))
  return request.number > 0 ? { page_number: String(request.number + 1) } : {}
}

type Envelope = Unread<'next_page_token' | 'page_count' | 'page_number' | 'page_size' | 'total_records'>

/** Makes the reader of a list's pages. `items`: their key in the envelope. */
export const pageShape =
  (items: string) =>
  (body: unknown): Page => {
    const found = requireItems(body, items)
    const envelope = body as Envelope
    const next = nextOf(envelope)
    const total = toNumber(envelope.total_records)
    const size = next === null ? toNumber(envelope.page_size) : null
    // The size that Zoom worked with is told best by a full page.
    return size ? { items: found, next, total, size } : { items: found, next, total }
  }

/** An empty token is the end; only where there is none at all do the page numbers speak. */
function nextOf({ next_page_token: token, page_number, page_count }: Envelope): string | null {
  if (typeof token === 'string') return token === '' ? null : String(new URLSearchParams({ next_page_token: token }))
  const [number, count] = [toNumber(page_number), toNumber(page_count)]
  if (number === null || count === null || number >= count) return null
  return String(new URLSearchParams({ page_number: String(number + 1) }))
}

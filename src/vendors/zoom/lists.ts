import { z, type ZodType } from 'zod'
import { Problem } from '../../errors.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import type { Path, Query } from '../../upstream/path.ts'
import type { List, Page, PageRequest } from '../vendor.ts'
import { number } from '../lenient.ts'
import { itemList } from '../short-list.ts'

/** More are cut to this by Zoom. */
export const maxSize = 300

export interface ListOptions<T> {
  path(): Path
  query?: Query
  /** The envelope around the items: a `pageShape`. */
  shape: ZodType<Page>
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
  try {
    return await client.get(options.path(), { query: asked, shape, limit }, call)
  } catch (error) {
    const isFirst = Object.keys(place).length === 0
    const instead = isFirst && error instanceof Problem ? refused?.(error) : null
    if (!instead) throw error
    return instead
  }
}

/** A link is the query that leads to its page: a token, or a page number where Zoom gave no token. */
function placeOf(request: PageRequest): Record<string, string> {
  if ('link' in request) return Object.fromEntries(new URLSearchParams(request.link ?? ''))
  return request.number > 0 ? { page_number: String(request.number + 1) } : {}
}

/** `items`: their key in the envelope. */
export const pageShape = (items: string): ZodType<Page> =>
  z
    .object({
      [items]: itemList,
      next_page_token: z.string().nullish().catch(null),
      page_count: number,
      page_number: number,
      page_size: number,
      total_records: number,
    })
    .transform((envelope): Page => {
      const { page_size: size, total_records: total } = envelope
      const found = envelope[items] as unknown[]
      const next = nextOf(envelope)
      // The size that Zoom worked with is told best by a full page.
      return {
        items: found,
        next,
        total: total as number | null,
        ...(next === null && size ? { size: Number(size) } : {}),
      }
    })

/** An empty token is the end; only where there is none at all do the page numbers speak. */
function nextOf(envelope: Readonly<Record<string, unknown>>): string | null {
  const { next_page_token: token, page_number, page_count } = envelope
  if (typeof token === 'string') return token === '' ? null : String(new URLSearchParams({ next_page_token: token }))
  if (typeof page_number !== 'number' || typeof page_count !== 'number' || page_number >= page_count) return null
  return String(new URLSearchParams({ page_number: String(page_number + 1) }))
}

/** A list of what is not there, without a call. */
export function emptyList<T>(): List<T> {
  return {
    maxSize,
    numbered: true,
    counted: true,
    page: async () => ({ items: [], next: null, previous: null, total: 0 }),
    id: () => null,
    read: () => null,
  }
}

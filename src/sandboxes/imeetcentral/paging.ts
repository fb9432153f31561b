import type { Context } from 'hono'
import { getOrigin } from '../origin.ts'
import { HTTPException } from 'hono/http-exception'
import { type Row, parseSeq } from './table.ts'

export const maxLimit = 25

export interface PagingOptions {
  /** Position in links: the ID of the neighbor, or its number, which shifts when rows are added or deleted. Default: keyset. */
  links?: 'keyset' | 'offset'
  /** Whether an empty list has no `items`. */
  omitEmptyItems?: boolean
  /** Whether pages link only to the first and the next page. */
  forwardOnly?: boolean
  /** Whether the last page has an empty string as `next` instead of no `next`. */
  emptyNext?: boolean
}

interface Range {
  start: number
  end: number
}

/**
 * Responds with a page. Adds links to its neighbors if the rows do not fit on one page. Links are absolute, have the
 * requested path, and repeat all query parameters except the position. Clients of the first years read `lastRecord` instead.
 */
export function respondWithLinkedPage<R extends Row>(
  c: Context,
  rows: readonly R[],
  render: (row: R) => unknown,
  options: PagingOptions,
): Response {
  const url = new URL(c.req.url)
  const limit = limitOf(url)
  const keyset = options.links !== 'offset'
  const range = keyset ? keysetRange(rows, url.searchParams, limit) : offsetRange(rows, url.searchParams, limit)
  const items = rows.slice(range.start, range.end)
  const page: Record<string, unknown> = { items: items.map(render) }
  if (items.length === 0 && options.omitEmptyItems) delete page.items

  const link = (paging: string, place?: Record<string, string>) => linkTo(c, { limit: String(limit), paging, ...place })
  if (range.start > 0 || range.end < rows.length) {
    const links: Record<string, string> = { first: link('first') }
    if (!options.forwardOnly) links.last = link('last')
    const [first, last] = [items[0], items.at(-1)]
    if (first && range.start > 0 && !options.forwardOnly) {
      links.prev = link(
        'prev',
        keyset ? { lastRecord: first.id } : { offset: String(Math.max(0, range.start - limit)) },
      )
    }
    if (last && range.end < rows.length) {
      links.next = link('next', keyset ? { lastRecord: last.id } : { offset: String(range.end) })
      if (keyset) page.lastRecord = last.id
    } else if (options.emptyNext) links.next = ''
    page.links = links
  }
  return c.json(page)
}

/** Responds with the older envelope, which has the ID of the last row instead of links. The ID is empty at the end. */
export function respondWithLastRecordPage<R extends Row>(
  c: Context,
  rows: readonly R[],
  render: (row: R) => unknown,
): Response {
  const url = new URL(c.req.url)
  const { start, end } = keysetRange(rows, url.searchParams, limitOf(url))
  const items = rows.slice(start, end)
  return c.json({ items: items.map(render), lastRecord: end < rows.length ? (items.at(-1)?.id ?? '') : '' })
}

function limitOf(url: URL): number {
  const limit = Number(url.searchParams.get('limit'))
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, maxLimit) : maxLimit
}

function keysetRange(rows: readonly Row[], query: URLSearchParams, limit: number): Range {
  const mark = query.get('lastRecord')
  const paging = query.get('paging') ?? (mark ? 'next' : 'first')
  if (paging === 'first') return { start: 0, end: Math.min(limit, rows.length) }
  if (paging === 'last') return { start: Math.max(0, rows.length - limit), end: rows.length }
  const seq = parseSeq(mark ?? '')
  if (seq === null) throw new HTTPException(400, { message: 'Invalid lastRecord' })
  if (paging === 'next') {
    const start = countWhile(rows, (row) => row.seq <= seq)
    return { start, end: Math.min(start + limit, rows.length) }
  }
  if (paging !== 'prev') throw new HTTPException(400, { message: 'Invalid paging' })
  const end = countWhile(rows, (row) => row.seq < seq)
  return { start: Math.max(0, end - limit), end }
}

function offsetRange(rows: readonly Row[], query: URLSearchParams, limit: number): Range {
  const paging = query.get('paging') ?? 'first'
  if (!['first', 'last', 'next', 'prev'].includes(paging)) throw new HTTPException(400, { message: 'Invalid paging' })
  const lastStart = Math.max(0, Math.floor((rows.length - 1) / limit) * limit)
  const asked = paging === 'first' ? 0 : paging === 'last' ? lastStart : Number(query.get('offset') ?? NaN)
  if (!Number.isInteger(asked) || asked < 0) throw new HTTPException(400, { message: 'Invalid offset' })
  const start = Math.min(asked, rows.length)
  return { start, end: Math.min(start + limit, rows.length) }
}

function countWhile(rows: readonly Row[], holds: (row: Row) => boolean): number {
  const index = rows.findIndex((row) => !holds(row))
  return index === -1 ? rows.length : index
}

function linkTo(c: Context, place: Record<string, string>): string {
  const url = new URL(c.req.url)
  const query = new URLSearchParams(url.search)
  for (const name of ['paging', 'lastRecord', 'offset']) query.delete(name)
  for (const [name, value] of Object.entries(place)) query.set(name, value)
  return `${getOrigin(c)}${url.pathname}?${query}`
}

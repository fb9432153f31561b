import { z } from 'zod'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { type Path, urlOf } from '../../upstream/path.ts'
import type { Link, List, Page } from '../vendor.ts'
import { queryOf } from './link.ts'
import { text } from '../lenient.ts'
import { itemList } from '../short-list.ts'
import { itemId } from './shapes.ts'

/** What the lists of one account are made of. */
export interface Edge {
  client: Client
  apiUrl: string
}

/** Larger limits are cut to this by the vendor. */
const maxSize = 25

/** A `next` that cannot be read is no end of the list; the other two are not needed. */
const Links = z.object({ prev: text, next: z.string().nullish(), last: text })
const noneOfEmpty = (links: unknown): unknown =>
  links === '' || links === false || (Array.isArray(links) && links.length === 0) ? null : links
const Envelope = z
  .looseObject({ items: itemList.nullish(), links: z.preprocess(noneOfEmpty, Links.nullish()) })
  // An empty list may come without items, something else than a list may not pass for one.
  .refine((page) => page.items || Object.keys(page).every((name) => /^(?:items|links|lastRecord)$/.test(name)), {
    path: ['items'],
  })

/** The list at `path`. A link is the query of the vendor's; origin and path are always ours. */
export function linkedList<T>({ client, apiUrl }: Edge, path: Path, read: (item: unknown) => T | null): List<T> {
  const own = urlOf(apiUrl, path)
  let tellsPrevious = false

  async function pageAt(link: Link | null, size: number, call: Call): Promise<{ page: Page; last: Link | null }> {
    const { items, links } = await client.get(path, { query: link ?? { limit: size }, shape: Envelope }, call)
    const page: Page = { items: items ?? [], next: queryOf(links?.next, own) }
    const previous = queryOf(links?.prev, own)
    tellsPrevious ||= previous !== null
    // That none is linked means that none is there only where this vendor's pages are known to link to theirs.
    if (previous !== null || link === null || (links && tellsPrevious)) page.previous = previous
    return { page, last: queryOf(links?.last, own) }
  }

  return {
    maxSize,
    hasLast: true,
    async page(request, call) {
      const link = 'link' in request ? request.link : null
      const { page, last } = await pageAt(link === 'last' ? null : link, request.size, call)
      const isThere = link !== 'last' || last === null || page.next === null
      return isThere ? page : (await pageAt(last, request.size, call)).page
    },
    id: itemId,
    read,
  }
}

/** A list in which nothing can be, without a call. */
export function emptyList<T>(): List<T> {
  return { maxSize, page: async () => ({ items: [], next: null, previous: null }), id: itemId, read: () => null }
}

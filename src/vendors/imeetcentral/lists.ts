import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { type RequestPath, buildUrl } from '../../upstream/path.ts'
import type { PageToken, FlatList, VendorPage } from '../vendor.ts'
import { parseLinkQuery } from './link.ts'
import { createUnexpectedValueProblem, getItemId, toObject, toText } from '../kit/lenient.ts'
import { requireItems } from '../kit/short-list.ts'

/** What the lists of one account are made of. */
export interface EdgeApi {
  client: VendorClient
  apiUrl: string
}

/** Larger limits are cut to this by the vendor. */
const maxSize = 25

interface Links {
  previous: string | null
  next: string | null
  last: string | null
}

function readPage(body: unknown): { items: readonly unknown[]; links: Links | null } {
  const page = toObject<'items' | 'links'>(body)
  // An empty list may come without items, something else than a list may not pass for one.
  const isEmpty = page !== null && page.items == null && Object.keys(page).every((name) => emptyNames.has(name))
  return { items: isEmpty ? [] : requireItems(body, 'items'), links: readLinks(page?.links) }
}

const emptyNames: ReadonlySet<string> = new Set(['items', 'links', 'lastRecord'])

/** A `next` that cannot be read is no end of the list; the other two are not needed. */
function readLinks(value: unknown): Links | null {
  if (value == null || value === '' || value === false || (Array.isArray(value) && value.length === 0)) return null
  const links = toObject<'prev' | 'next' | 'last'>(value)
  if (!links) throw createUnexpectedValueProblem('links')
  const { next = null } = links
  if (next !== null && typeof next !== 'string') throw createUnexpectedValueProblem('links.next')
  return { previous: toText(links.prev), next, last: toText(links.last) }
}

/** The list at `path`. A link is the query of the vendor's; origin and path are always ours. */
export function createLinkedList<T>(
  { client, apiUrl }: EdgeApi,
  path: RequestPath,
  read: (item: unknown) => T | null,
): FlatList<T> {
  const own = buildUrl(apiUrl, path)
  let tellsPrevious = false

  async function loadPageByLink(
    link: PageToken | null,
    size: number,
    call: CallContext,
  ): Promise<{ page: VendorPage; last: PageToken | null }> {
    const { items, links } = await client.read(path, { query: link ?? { limit: size }, schema: readPage }, call)
    const page: VendorPage = { items, next: parseLinkQuery(links?.next, own) }
    const previous = parseLinkQuery(links?.previous, own)
    tellsPrevious ||= previous !== null
    // That none is linked means that none is there only where this vendor's pages are known to link to theirs.
    if (previous !== null || link === null || (links && tellsPrevious)) page.previous = previous
    return { page, last: parseLinkQuery(links?.last, own) }
  }

  return {
    maxSize,
    linksToLastPage: true,
    async loadPage(request, call) {
      const link = 'link' in request ? request.link : null
      const { page, last } = await loadPageByLink(link === 'last' ? null : link, request.size, call)
      const isThere = link !== 'last' || last === null || page.next === null
      return isThere ? page : (await loadPageByLink(last, request.size, call)).page
    },
    getId: getItemId,
    parseItem: read,
  }
}

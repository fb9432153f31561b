import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { type RequestPath, buildUrl } from '../../upstream/path.ts'
import type { ReadKind } from '../../upstream/read-subject.ts'
import type { PageToken, FlatList, VendorPage } from '../vendor-lists.ts'
import { parseLinkQuery } from './link.ts'
import { createUnexpectedValueProblem, getItemId, toObject, toText } from '../kit/lenient.ts'
import { requireItems } from '../kit/short-list.ts'

/** Access to the edge API of one account. */
export interface EdgeApi {
  client: VendorClient
  apiUrl: string
}

/** The vendor reduces larger values of `limit` to this one. */
const maxSize = 25

interface Links {
  previous: string | null
  next: string | null
  last: string | null
}

function readPage(body: unknown): { items: readonly unknown[]; links: Links | null } {
  const page = toObject<'items' | 'links'>(body)
  // The vendor can omit `items` in an empty list. An object that is not a list must still be rejected.
  const isEmpty = page !== null && page.items == null && Object.keys(page).every((name) => emptyNames.has(name))
  return { items: isEmpty ? [] : requireItems(body, 'items'), links: readLinks(page?.links) }
}

const emptyNames: ReadonlySet<string> = new Set(['items', 'links', 'lastRecord'])

/** Reads the links of a page. @throws `VENDOR_BAD_RESPONSE` if `next` cannot be read, because the list has not ended then. */
function readLinks(value: unknown): Links | null {
  if (value == null || value === '' || value === false || (Array.isArray(value) && value.length === 0)) return null
  const links = toObject<'prev' | 'next' | 'last'>(value)
  if (!links) throw createUnexpectedValueProblem('links')
  const { next = null } = links
  if (next !== null && typeof next !== 'string') throw createUnexpectedValueProblem('links.next')
  return { previous: toText(links.prev), next, last: toText(links.last) }
}

/**
 * Creates a list. A page token is the query of the vendor's link; origin and path are always those of the list.
 *
 * @param kind Kind of the items. Omitted for lists that only mutations read.
 */
export function createLinkedList<T>(
  { client, apiUrl }: EdgeApi,
  path: RequestPath,
  read: (item: unknown) => T | null,
  kind?: ReadKind,
): FlatList<T> {
  const subject = kind && { kind }
  const listUrl = buildUrl(apiUrl, path)
  let linksToPrevious = false

  async function loadPageByLink(
    link: PageToken | null,
    size: number,
    call: CallContext,
  ): Promise<{ page: VendorPage; last: PageToken | null }> {
    const { items, links } = await client.read(
      path,
      { query: link ?? { limit: size }, schema: readPage, subject },
      call,
    )
    const page: VendorPage = { items, next: parseLinkQuery(links?.next, listUrl) }
    const previous = parseLinkQuery(links?.previous, listUrl)
    linksToPrevious ||= previous !== null
    // A missing link means the first page only if the vendor has linked to a previous page before.
    if (previous !== null || link === null || (links && linksToPrevious)) page.previous = previous
    return { page, last: parseLinkQuery(links?.last, listUrl) }
  }

  return {
    maxSize,
    linksToLastPage: true,
    async loadPage(request, call) {
      const link = 'link' in request ? request.link : null
      const { page, last } = await loadPageByLink(link === 'last' ? null : link, request.size, call)
      const isRequestedPage = link !== 'last' || last === null || page.next === null
      return isRequestedPage ? page : (await loadPageByLink(last, request.size, call)).page
    },
    getId: getItemId,
    parseItem: read,
  }
}

import { Problem } from '../../core/errors.ts'
import type { PageToken } from '../vendor-lists.ts'

/**
 * Returns the query of a vendor's link to a page of a list. Null if the link is omitted or has no query.
 *
 * @param listUrl URL of the list.
 * @throws `PAGING_UNSAFE_LINK` if the link has another origin or path.
 */
export function parseLinkQuery(link: string | null | undefined, listUrl: URL): PageToken | null {
  if (!link) return null
  const url = URL.parse(link, listUrl.href)
  if (url?.origin !== listUrl.origin || url.pathname !== listUrl.pathname || url.username || url.password)
    throw new Problem('PAGING_UNSAFE_LINK', "The vendor's link to the next page has another URL than the list.")
  return url.search.slice(1) || null
}

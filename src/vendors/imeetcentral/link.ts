import { Problem } from '../../core/errors.ts'
import type { PageToken } from '../vendor.ts'

/**
 * The query of a vendor's link to a page of the list at `own`; null where there is no link, or none that leads anywhere.
 * Throws PAGING_UNSAFE_LINK for one of another origin or path.
 */
export function parseLinkQuery(address: string | null | undefined, own: URL): PageToken | null {
  if (!address) return null
  const url = URL.parse(address, own.href)
  if (url?.origin !== own.origin || url.pathname !== own.pathname || url.username || url.password)
    throw new Problem('PAGING_UNSAFE_LINK', 'The vendor links to a page of something else than this list.')
  return url.search.slice(1) || null
}

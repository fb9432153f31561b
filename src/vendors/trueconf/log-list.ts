import { Problem } from '../../core/errors.ts'
import { type Query, type RequestPath } from '../../upstream/path.ts'
import type { ReadSubject } from '../../upstream/read-subject.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { toNumber, type UnreadFields } from '../kit/lenient.ts'
import { getPageNumber } from '../kit/list.ts'
import { requireItems } from '../kit/short-list.ts'
import type { FlatList } from '../vendor-lists.ts'
import { requirePermission } from './permissions.ts'

/** Size of a page. The vendor's own programs request 500. A server can return fewer items. */
const maxSize = 500

function readLogPage(body: unknown) {
  return { items: requireItems(body, 'list'), total: toNumber((body as UnreadFields<'cnt'>).cnt) }
}

/** Returns an empty page, because a server can reject the number of a page after the end. */
function emptyIfRejected(error: unknown): ReturnType<typeof readLogPage> {
  if (error instanceof Problem && (error.code === 'VENDOR_REJECTED' || error.code === 'NOT_FOUND'))
    return { items: [], total: null }
  throw error
}

interface LogOptions {
  target: RequestPath
  query?: Query
  subject: ReadSubject
  /** Name of the permission that the log requires. */
  permission: string
  getId(item: unknown): string | null
}

/** Creates the list of the rows of a log: `{cnt, list}`. Pages count from 1. It is read once, from its start. */
export function createLogList(
  client: VendorClient,
  { target, query, subject, permission, getId }: LogOptions,
): FlatList<unknown> {
  /** Number of items in a full page of this server. */
  let fullSize = maxSize
  let lastTotal: number | null = null
  return {
    maxSize,
    async loadPage(request, call) {
      const page = getPageNumber(request)
      const options = { query: { ...query, page_id: page + 1, page_size: maxSize }, schema: readLogPage, subject }
      const reading = requirePermission(permission, client.read(target, options, call))
      const isAfterEnd = page > 0 && lastTotal !== null && page * fullSize >= lastTotal
      const { items, total } = await (isAfterEnd ? reading.catch(emptyIfRejected) : reading)
      if (page === 0) fullSize = items.length
      lastTotal = total
      // The total can be wrong, and pages can be smaller than requested, so that both must show the end.
      const isEnd = items.length < maxSize && total !== null && page * fullSize + items.length >= total
      return { items, next: items.length === 0 || isEnd ? null : String(page + 1), isNextAssumed: true, total }
    },
    getId,
    parseItem: (item) => item,
  }
}

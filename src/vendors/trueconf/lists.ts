import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path, type Query } from '../../upstream/path.ts'
import type { FlatList } from '../vendor.ts'
import { createUnexpectedValueProblem, getItemId, toNumber, type UnreadFields } from '../kit/lenient.ts'
import { getPageNumber } from '../kit/list.ts'
import { requireItems } from '../kit/short-list.ts'

/** The vendor's default page; it is not said what more it would give. */
const maxSize = 200

/** Returns a whole number, also of a string; null for nothing, which is `""` too. @throws VENDOR_BAD_RESPONSE: what cannot be read is not the end. */
function readNextPage(value: unknown): number | null {
  const isText = typeof value === 'string' && /^(?:-?\d{1,15})?$/.test(value)
  const page = isText ? toNumber(value) : (value ?? null)
  if (page === null || Number.isSafeInteger(page)) return page as number | null
  throw createUnexpectedValueProblem('next_page_id')
}

function readUserPage(body: unknown) {
  const users = requireItems(body, 'users')
  return { users, nextPage: readNextPage((body as UnreadFields<'next_page_id'>).next_page_id) }
}

/** `GET /users`: pages from 0, without a total; -1 is after the last. Where nothing is said, an empty page is the end. */
export function createUserList<T>(client: VendorClient, read: (item: unknown) => T): FlatList<T> {
  return {
    maxSize,
    supportsPageNumbers: true,
    async loadPage(request, call) {
      const page = getPageNumber(request)
      const query = { page_id: page, page_size: request.size }
      const { users, nextPage } = await client.read(path`/users`, { query, schema: readUserPage }, call)
      const guessed = nextPage === null
      const next = nextPage ?? (users.length > 0 ? page + 1 : -1)
      return { items: users, next: next > 0 ? String(next) : null, isNextAssumed: guessed }
    },
    getId: getItemId,
    parseItem: read,
  }
}

function readConferencePage(body: unknown) {
  const conferences = requireItems(body, 'conferences')
  return { conferences, total: toNumber((body as UnreadFields<'cnt'>).cnt) }
}

/** `GET /conferences`: pages from 1, with the total. */
export function createConferenceLists(client: VendorClient) {
  /** The most items that a page has had: the server's own limit is not below it. */
  let most = 0
  return <T>(filter: Query, read: (item: unknown) => T): FlatList<T> => ({
    maxSize,
    supportsPageNumbers: true,
    reportsTotal: true,
    async loadPage(request, call) {
      const [page, { size }] = [getPageNumber(request), request]
      const query = { ...filter, page_id: page + 1, page_size: size }
      const { conferences, total } = await client.read(path`/conferences`, { query, schema: readConferencePage }, call)
      const count = conferences.length
      const seen = page * size + count
      // The total may be wrong, and pages smaller than asked for: the last is empty, or both say that it is the last.
      const isShort = count < size && (page === 0 || count < most)
      const isLast = count === 0 || (isShort && seen === total)
      most = Math.max(most, count)
      const guessed = total === null || seen >= total
      return { items: conferences, next: isLast ? null : String(page + 1), isNextAssumed: guessed, total }
    },
    getId: getItemId,
    parseItem: read,
  })
}

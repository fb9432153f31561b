import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path, type Query } from '../../upstream/path.ts'
import type { ReadSubject } from '../../upstream/read-subject.ts'
import type { FlatList } from '../vendor-lists.ts'
import { createUnexpectedValueProblem, getItemId, toNumber, type UnreadFields } from '../kit/lenient.ts'
import { getPageNumber } from '../kit/list.ts'
import { requireItems } from '../kit/short-list.ts'
import { isRunning } from './conference.ts'
import { listJoinHosts, type JoinHosts } from './join-hosts.ts'

const users = { kind: 'users' } as const
const conferences: ReadSubject = {
  kind: 'conferences',
  reportsRunning: (body) => requireItems(body, 'conferences').some(isRunning),
}

/** TrueConf's default page size. TrueConf does not document a maximum. */
const maxSize = 200

/**
 * Reads the number of the next page. Null if it is omitted or `""`.
 *
 * @throws `VENDOR_BAD_RESPONSE` for any other value, because it does not mean the end of the list.
 */
function readNextPage(value: unknown): number | null {
  const isText = typeof value === 'string' && /^(?:-?\d{1,15})?$/.test(value)
  const page = isText ? toNumber(value) : (value ?? null)
  if (page === null || Number.isSafeInteger(page)) return page as number | null
  throw createUnexpectedValueProblem('next_page_id')
}

function readUserPage(body: unknown) {
  const items = requireItems(body, 'users')
  return { items, nextPage: readNextPage((body as UnreadFields<'next_page_id'>).next_page_id) }
}

/** Users of the server (`GET /users`). Pages count from 0; -1 means no next page. If it is omitted, an empty page is the end. */
export function createUserList<T>(client: VendorClient, read: (item: unknown) => T, filter: Query = {}): FlatList<T> {
  return {
    maxSize,
    supportsPageNumbers: true,
    async loadPage(request, call) {
      const page = getPageNumber(request)
      const query = { ...filter, page_id: page, page_size: request.size }
      const { items, nextPage } = await client.read(path`/users`, { query, schema: readUserPage, subject: users }, call)
      const isAssumed = nextPage === null
      const next = nextPage ?? (items.length > 0 ? page + 1 : -1)
      return { items, next: next > 0 ? String(next) : null, isNextAssumed: isAssumed }
    },
    getId: getItemId,
    parseItem: read,
  }
}

function readConferencePage(body: unknown) {
  const items = requireItems(body, 'conferences')
  return { items, total: toNumber((body as UnreadFields<'cnt'>).cnt) }
}

/** Creates lists of conferences (`GET /conferences`). Pages count from 1 and report the total. */
export function createConferenceLists(client: VendorClient, joinHosts?: JoinHosts) {
  /** Largest number of items in a page so far. The server's maximum page size is not smaller. */
  let maxCount = 0
  return <T>(filter: Query, read: (item: unknown) => T): FlatList<T> => ({
    maxSize,
    supportsPageNumbers: true,
    reportsTotal: true,
    async loadPage(request, call) {
      const [page, { size }] = [getPageNumber(request), request]
      const query = { ...filter, page_id: page + 1, page_size: size }
      const options = { query, schema: readConferencePage, subject: conferences }
      const { items, total } = await client.read(path`/conferences`, options, call)
      joinHosts?.learn(listJoinHosts(items[0]))
      const count = items.length
      const position = page * size + count
      // The total can be wrong, and pages can be smaller than requested. A page is the last if it is empty, or if both its
      // size and the total show it.
      const isShort = count < size && (page === 0 || count < maxCount)
      const isLast = count === 0 || (isShort && position === total)
      maxCount = Math.max(maxCount, count)
      const isAssumed = total === null || position >= total
      return { items, next: isLast ? null : String(page + 1), isNextAssumed: isAssumed, total }
    },
    getId: getItemId,
    parseItem: read,
  })
}

import { z } from 'zod'
import type { Client } from '../../upstream/client.ts'
import { path, type Query } from '../../upstream/path.ts'
import type { List, PageRequest } from '../vendor.ts'
import { number } from '../lenient.ts'
import { itemList } from '../short-list.ts'
import { idOf } from './shapes.ts'

/** The vendor's default page; it is not said what more it would give. */
const maxSize = 200

const numberOf = (request: PageRequest): number => ('number' in request ? request.number : Number(request.link ?? 0))

/** A whole number, also as a string. Nothing is `""` too; what cannot be read is not the end. */
const NextPage = z.preprocess(
  (value) => (typeof value === 'string' && /^(?:-?\d{1,15})?$/.test(value) ? number.parse(value) : (value ?? null)),
  z.int().nullable(),
)
const UserPage = z.object({ users: itemList, next_page_id: NextPage })

/** `GET /users`: pages from 0, without a total; -1 is after the last. Where nothing is said, an empty page is the end. */
export function userList<T>(client: Client, read: (item: unknown) => T): List<T> {
  return {
    maxSize,
    numbered: true,
    async page(request, call) {
      const page = numberOf(request)
      const query = { page_id: page, page_size: request.size }
      const { users, next_page_id } = await client.get(path`/users`, { query, shape: UserPage }, call)
      const guessed = next_page_id === null
      const next = next_page_id ?? (users.length > 0 ? page + 1 : -1)
      return { items: users, next: next > 0 ? String(next) : null, guessed }
    },
    id: idOf,
    read,
  }
}

const ConferencePage = z.object({ conferences: itemList, cnt: number })

/** `GET /conferences`: pages from 1, with the total. */
export function conferenceLists(client: Client) {
  /** The most items that a page has had: the server's own limit is not below it. */
  let most = 0
  return <T>(filter: Query, read: (item: unknown) => T): List<T> => ({
    maxSize,
    numbered: true,
    counted: true,
    async page(request, call) {
      const [page, { size }] = [numberOf(request), request]
      const query = { ...filter, page_id: page + 1, page_size: size }
      const { conferences, cnt } = await client.get(path`/conferences`, { query, shape: ConferencePage }, call)
      const count = conferences.length
      const seen = page * size + count
      // The total may be wrong, and pages smaller than asked for: the last is empty, or both say that it is the last.
      const isShort = count < size && (page === 0 || count < most)
      const isLast = count === 0 || (isShort && seen === cnt)
      most = Math.max(most, count)
      const guessed = cnt === null || seen >= cnt
      return { items: conferences, next: isLast ? null : String(page + 1), guessed, total: cnt }
    },
    id: idOf,
    read,
  })
}

/** A list in which nothing can be, without a call. */
export function emptyList<T>(): List<T> {
  return { maxSize, page: async () => ({ items: [], next: null, previous: null }), id: idOf, read: () => null }
}

import { z } from 'zod'
import { Problem } from '../../errors.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path, type Query } from '../../upstream/path.ts'
import type { Link, List, PageRequest } from '../vendor.ts'
import { idOf, number } from './shapes.ts'

/** The vendor's default page; it is not said what more it would give. */
const maxSize = 200

const numberOf = (request: PageRequest): number => ('number' in request ? request.number : Number(request.link ?? 0))

const UserPage = z.object({ users: z.array(z.unknown()), next_page_id: z.coerce.number().int() })

/** `GET /users`: pages from 0, without a total; -1 is after the last. */
export function userList<T>(client: Client, read: (item: unknown) => T): List<T> {
  return {
    maxSize,
    numbered: true,
    async page(request, call) {
      const query = { page_id: numberOf(request), page_size: request.size }
      const { users, next_page_id } = await client.get(path`/users`, { query, shape: UserPage }, call)
      return { items: users, next: next_page_id > 0 ? String(next_page_id) : null }
    },
    id: idOf,
    read,
  }
}

const ConferencePage = z.object({ conferences: z.array(z.unknown()), cnt: number.catch(null) })

/** `GET /conferences`: pages from 1, with the total. */
export function conferenceList<T>(client: Client, filter: Query, read: (item: unknown) => T): List<T> {
  return {
    maxSize,
    numbered: true,
    counted: true,
    async page(request, call) {
      const page = numberOf(request)
      const query = { ...filter, page_id: page + 1, page_size: request.size }
      const { conferences, cnt } = await client.get(path`/conferences`, { query, shape: ConferencePage }, call)
      const more = hasMore(page, request.size, conferences.length, cnt)
      return { items: conferences, next: more ? String(page + 1) : null, total: cnt }
    },
    id: idOf,
    read,
  }
}

/** Whether a page of `count` items may have one behind it; the total may be wrong, and the size not as it was asked. */
function hasMore(page: number, size: number, count: number, total: number | null): boolean {
  if (count === 0) return false
  const full = count >= size
  if ((full ? (page + 1) * count : page * size + count) === total) return false
  return full || (page + 1) * count < (total ?? 0)
}

/** Every thing of a list, read. Throws PAGING_LOOP. */
export async function* everything<T>(list: List<T>, call: Call): AsyncGenerator<T> {
  const seen = new Set<Link>()
  for (let link: Link | null = null; ;) {
    const page = await list.page({ size: list.maxSize, link }, call)
    for (const item of page.items) {
      const thing = list.id(item) === null ? null : list.read(item)
      if (thing !== null) yield thing
    }
    if (page.next === null) return
    if (seen.has(page.next)) throw new Problem('PAGING_LOOP', "The vendor's pages lead back to one already read.")
    seen.add((link = page.next))
  }
}

/** A list in which nothing can be, without a call. */
export function emptyList<T>(): List<T> {
  return { maxSize, page: async () => ({ items: [], next: null, previous: null }), id: idOf, read: () => null }
}

import type { Call } from '../../upstream/call.ts'
import { asItIs, type Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { List, User, Vendor } from '../vendor.ts'
import { maxSize, numberedList, pageShape } from './lists.ts'
import { nullIfGone } from '../kit/problems.ts'
import { userRef } from './path-values.ts'
import { getUserId, statuses, ZoomUser } from './user.ts'

const userPage = pageShape('users')

/** `GET /users`, which gives those of one status at a time. */
export function usersOfStatus(client: Client, status: string): List<User> {
  return numberedList(client, {
    path: () => path`/users`,
    query: { status },
    shape: userPage,
    limit: 'medium',
    id: (raw) => getUserId(raw, status),
    read: (raw) => new ZoomUser(raw, status),
  })
}

/** `GET /users/{userId}`, by id or e-mail address. Throws NOT_FOUND, INVALID_ID. */
export async function readUserBy(client: Client, ref: string, call: Call): Promise<User> {
  const raw = await client.get(path`/users/${userRef(ref)}`, { shape: asItIs, limit: 'light' }, call)
  return new ZoomUser(raw)
}

export function users(client: Client): Required<Pick<Vendor, 'users' | 'getUser' | 'findUserByEmail'>> {
  const getUser = (id: string, call: Call) => nullIfGone(readUserBy(client, id, call))

  /** The one user with an e-mail address, as a list. */
  const withEmail = (address: string): List<User> => ({
    maxSize,
    numbered: true,
    counted: true,
    async page(request, call) {
      const isFirst = 'link' in request ? request.link === null : request.number === 0
      const options = { shape: asItIs, limit: 'light' }
      const raw = isFirst ? await nullIfGone(client.get(path`/users/${userRef(address)}`, options, call)) : null
      return { items: raw === null ? [] : [raw], next: null, previous: null, total: raw === null ? 0 : 1 }
    },
    id: (raw) => getUserId(raw),
    read: (raw) => new ZoomUser(raw),
  })

  return {
    users({ email, search, status }) {
      if (email !== undefined) return withEmail(email)
      // A status that Zoom words otherwise may stand in any of the lists.
      const wanted = [...statuses.keys()].filter(
        (word) => !status || status.includes('UNKNOWN') || status.includes(statuses.get(word)!),
      )
      const isExact = search === undefined && !status?.includes('UNKNOWN')
      return {
        outer: wanted,
        inner: (word) => usersOfStatus(client, String(word)),
        ...(isExact && { isExact }),
      }
    },
    getUser,
    findUserByEmail: getUser,
  }
}

import { z } from 'zod'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { List, User, UserStatus, Vendor } from '../vendor.ts'
import { withoutCredentials } from '../credentials.ts'
import { maxSize, numberedList, pageShape } from './lists.ts'
import { nullIfGone } from '../problems.ts'
import { userRef } from './refs.ts'
import { text, webAddress } from '../lenient.ts'
import { shortList } from '../short-list.ts'
import { email, field, instant, readItem, timeZone } from './shapes.ts'

const UserPage = pageShape('users')
const Phone = z.object({ code: text, number: text })

const UserItem = z.object({
  email,
  display_name: text,
  first_name: text,
  last_name: text,
  status: text,
  pic_url: webAddress,
  phone_numbers: shortList(Phone),
  phone_number: text,
  dept: text,
  timezone: timeZone,
  user_created_at: instant,
  created_at: instant,
  last_login_time: instant,
})

const statuses: ReadonlyMap<string, UserStatus> = new Map([
  ['active', 'ACTIVE'],
  ['inactive', 'INACTIVE'],
  ['pending', 'PENDING'],
])

/** Who is invited and has not come yet has no id in Zoom's lists and is known by e-mail address. */
function idOf(raw: unknown, status = field(raw, 'status')): string | null {
  return field(raw, status === 'pending' ? 'email' : 'id')
}

/** Items of `GET /users` have none of these. */
const unlisted: ReadonlySet<keyof User> = new Set(['avatarUrl', 'phoneNumbers'] as const)

/** `listed`: the status of the list that it stands in, for Zoom may leave it out. */
function readUser(raw: unknown, listed?: string): User {
  const { id: vendorId, item } = readItem(UserItem, raw, idOf(raw, listed))
  const { first_name, last_name, phone_numbers, phone_number } = item
  const status = statuses.get(item.status ?? listed ?? '') ?? 'UNKNOWN'
  const phones = phone_numbers?.flatMap(({ code, number }) => (number ? `${code ?? ''}${number}` : []))
  return {
    vendorId,
    email: item.email,
    displayName: item.display_name ?? ([first_name, last_name].filter(Boolean).join(' ') || null),
    givenName: first_name,
    familyName: last_name,
    status,
    presence: null,
    avatarUrl: item.pic_url,
    phoneNumbers: phones ?? (phone_number ? [phone_number] : []),
    // Reported by `GET /users/{userId}` only: a list of users would cost a call for each of them.
    company: null,
    department: item.dept,
    timeZone: item.timezone,
    // For the invited, Zoom shows the time of the call.
    createdAt: status === 'PENDING' ? null : (item.user_created_at ?? item.created_at),
    lastSeenAt: item.last_login_time,
    ...(listed !== undefined && { unlisted }),
    get raw() {
      return withoutCredentials(raw)
    },
  }
}

/** `GET /users`, which gives those of one status at a time. */
export function usersOfStatus(client: Client, status: string): List<User> {
  return numberedList(client, {
    path: () => path`/users`,
    query: { status },
    shape: UserPage,
    limit: 'medium',
    id: (raw) => idOf(raw, status),
    read: (raw) => readUser(raw, status),
  })
}

/** `GET /users/{userId}`, by id or e-mail address. Throws NOT_FOUND, INVALID_ID. */
export async function readUserBy(client: Client, ref: string, call: Call): Promise<User> {
  const raw = await client.get(path`/users/${userRef(ref)}`, { shape: z.unknown(), limit: 'light' }, call)
  return readUser(raw)
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
      const options = { shape: z.unknown(), limit: 'light' }
      const raw = isFirst ? await nullIfGone(client.get(path`/users/${userRef(address)}`, options, call)) : null
      return { items: raw === null ? [] : [raw], next: null, previous: null, total: raw === null ? 0 : 1 }
    },
    id: (raw) => idOf(raw),
    read: (raw) => readUser(raw),
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

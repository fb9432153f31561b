import type { Call } from '../../upstream/call.ts'
import { asItIs, type Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { List, User, UserStatus, Vendor } from '../vendor.ts'
import { withoutCredentials } from '../kit/credentials.ts'
import { maxSize, numberedList, pageShape } from './lists.ts'
import { nullIfGone } from '../kit/problems.ts'
import { userRef } from './refs.ts'
import { requireId, toObject, toText, toWebAddress, type Unread } from '../kit/lenient.ts'
import { toShortList } from '../kit/short-list.ts'
import { field, toEmail, toTimeZone } from './shapes.ts'
import { instantOf } from './time.ts'

const userPage = pageShape('users')

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

type UserItem = Unread<
  | 'email'
  | 'display_name'
  | 'first_name'
  | 'last_name'
  | 'status'
  | 'pic_url'
  | 'phone_numbers'
  | 'phone_number'
  | 'dept'
  | 'timezone'
  | 'user_created_at'
  | 'created_at'
  | 'last_login_time'
>

/** A user over what Zoom sent of it. Fields are read when they are asked for. */
class ZoomUser implements User {
  readonly vendorId: string
  readonly #item: UserItem
  /** The status of the list that it stands in, for Zoom may leave it out; undefined outside of lists. */
  readonly #listed: string | undefined

  /** @throws VENDOR_BAD_RESPONSE if there is no ID. */
  constructor(raw: unknown, listed?: string) {
    this.vendorId = requireId(idOf(raw, listed))
    this.#item = raw as UserItem
    this.#listed = listed
  }

  get email() {
    return toEmail(this.#item.email)
  }
  get displayName() {
    return toText(this.#item.display_name) ?? ([this.givenName, this.familyName].filter(Boolean).join(' ') || null)
  }
  get givenName() {
    return toText(this.#item.first_name)
  }
  get familyName() {
    return toText(this.#item.last_name)
  }
  get status() {
    return statuses.get(toText(this.#item.status) ?? this.#listed ?? '') ?? 'UNKNOWN'
  }
  get presence() {
    return null
  }
  get avatarUrl() {
    return toWebAddress(this.#item.pic_url)
  }
  get phoneNumbers() {
    const phone = toText(this.#item.phone_number)
    return toShortList(this.#item.phone_numbers, readPhone) ?? (phone === null ? [] : [phone])
  }
  /** Reported by `GET /users/{userId}` only: a list of users would cost a call for each of them. */
  get company() {
    return null
  }
  get department() {
    return toText(this.#item.dept)
  }
  get timeZone() {
    return toTimeZone(this.#item.timezone)
  }
  get createdAt() {
    // For the invited, Zoom shows the time of the call.
    if (this.status === 'PENDING') return null
    return instantOf(this.#item.user_created_at) ?? instantOf(this.#item.created_at)
  }
  get lastSeenAt() {
    return instantOf(this.#item.last_login_time)
  }
  get unlisted() {
    return this.#listed === undefined ? undefined : unlisted
  }
  get raw() {
    return withoutCredentials(this.#item)
  }
}

function readPhone(value: unknown): string | null {
  const phone = toObject<'code' | 'number'>(value)
  const number = toText(phone?.number)
  return number && `${toText(phone?.code) ?? ''}${number}`
}

/** `GET /users`, which gives those of one status at a time. */
export function usersOfStatus(client: Client, status: string): List<User> {
  return numberedList(client, {
    path: () => path`/users`,
    query: { status },
    shape: userPage,
    limit: 'medium',
    id: (raw) => idOf(raw, status),
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
    id: (raw) => idOf(raw),
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

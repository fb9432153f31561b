import { Problem } from '../../core/errors.ts'
import type { Call } from '../../upstream/call.ts'
import { asItIs, type Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { Presence, User, UserReference, Vendor } from '../vendor.ts'
import { withoutCredentials } from '../kit/credentials.ts'
import { noSuchMethod } from './dialect.ts'
import { emptyList, userList } from './lists.ts'
import { at, nullIfGone, unsupported } from '../kit/problems.ts'
import { iterateItems } from '../kit/iterate-pages.ts'
import { requireId, toFlag, toObject, toText, toWebAddress, type Unread } from '../kit/lenient.ts'
import { idOf } from './shapes.ts'

type UserItem = Unread<
  | 'email'
  | 'display_name'
  | 'first_name'
  | 'last_name'
  | 'company'
  | 'mobile_phone'
  | 'work_phone'
  | 'home_phone'
  | 'avatar'
  | 'is_active'
  | 'status'
>

const readAnswer = (body: unknown): TrueConfUser => new TrueConfUser(toObject<'user'>(body)?.user)

/** 5 is one who is in a conference of its own; of the other codes, below zero, none tells presence. */
const presences = new Map<string, Presence>([
  ['0', 'OFFLINE'],
  ['1', 'ONLINE'],
  ['2', 'BUSY'],
  ['5', 'IN_CONFERENCE'],
])

/** A user over what TrueConf sent of it. Fields are read when they are asked for. */
class TrueConfUser implements User {
  readonly vendorId: string
  readonly #item: UserItem

  /** @throws VENDOR_BAD_RESPONSE if there is no ID. */
  constructor(raw: unknown) {
    this.vendorId = requireId(idOf(raw))
    this.#item = raw as UserItem
  }

  get email() {
    return toText(this.#item.email)
  }
  get displayName() {
    return toText(this.#item.display_name)
  }
  get givenName() {
    return toText(this.#item.first_name)
  }
  get familyName() {
    return toText(this.#item.last_name)
  }
  get status() {
    const isActive = toFlag(this.#item.is_active)
    return isActive === null ? 'UNKNOWN' : isActive ? 'ACTIVE' : 'INACTIVE'
  }
  get presence() {
    const status = toText(this.#item.status)
    return status === null ? null : (presences.get(status) ?? 'UNKNOWN')
  }
  get avatarUrl() {
    return toWebAddress(this.#item.avatar)
  }
  get phoneNumbers() {
    const { mobile_phone, work_phone, home_phone } = this.#item
    return [mobile_phone, work_phone, home_phone].map(toText).filter((phone) => phone !== null)
  }
  get company() {
    return toText(this.#item.company)
  }
  get department() {
    return null
  }
  get timeZone() {
    return null
  }
  get createdAt() {
    return null
  }
  get lastSeenAt() {
    return null
  }
  get raw() {
    return withoutCredentials(this.#item)
  }
}

/** A missing scope is no missing version. Throws VENDOR_BAD_RESPONSE for a version that the server lacks. */
export async function checkVersion(client: Client, call: Call): Promise<void> {
  const query = { page_id: 0, page_size: 1 }
  await client.get(path`/users`, { query, shape: asItIs }, call).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error
    if (error.code === 'NOT_FOUND') throw at(error, [], { code: 'VENDOR_BAD_RESPONSE', message: noSuchMethod })
    if (error.code !== 'VENDOR_FORBIDDEN') throw error
  })
}

export type Users = Required<Pick<Vendor, 'users' | 'getUser' | 'findUserByEmail'>>

/** The server's own users: `GET /users`, `GET /users/{user_id}`. */
export function users(client: Client): Users {
  const all = userList(client, (item) => new TrueConfUser(item))
  return {
    // What the vendor's own filters match is not said, so that they could leave someone out.
    users: ({ status }) => (status?.every((wanted) => wanted === 'PENDING') ? emptyList() : all),

    async getUser(id, call) {
      return nullIfGone(client.get(path`/users/${id}`, { shape: readAnswer }, call))
    },

    async findUserByEmail(email, call) {
      for await (const user of iterateItems(all, call)) {
        if (user.email?.toLowerCase() === email.toLowerCase()) return user
      }
      return null
    },
  }
}

/** The id to send for a user; null where nobody here has the e-mail address. */
export async function idOfUser({ vendorId, email }: UserReference, { findUserByEmail }: Users, call: Call) {
  return vendorId ?? (await findUserByEmail(email ?? '', call))?.vendorId ?? null
}

/** The id to send for someone to invite. Throws UNSUPPORTED_BY_VENDOR at `place` for e-mail addresses of outsiders. */
export async function idOfInvitee(user: UserReference, place: readonly string[], users: Users, call: Call) {
  const id = await idOfUser(user, users, call)
  if (id !== null) return id
  throw unsupported(
    place,
    "TrueConf invites by e-mail address its own users only, and none has this one; send outsiders the conference's joinUrl.",
  )
}

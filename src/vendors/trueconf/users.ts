import { z } from 'zod'
import { Problem } from '../../errors.ts'
import type { Call } from '../../upstream/call.ts'
import type { Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { Presence, User, UserReference, Vendor } from '../vendor.ts'
import { withoutCredentials } from '../credentials.ts'
import { noSuchMethod } from './dialect.ts'
import { emptyList, userList } from './lists.ts'
import { at, nullIfGone, unsupported } from '../problems.ts'
import { iterateItems } from '../iterate-pages.ts'
import { flag, text, webAddress } from '../lenient.ts'
import { readItem } from './shapes.ts'

const UserItem = z.object({
  email: text,
  display_name: text,
  first_name: text,
  last_name: text,
  company: text,
  mobile_phone: text,
  work_phone: text,
  home_phone: text,
  avatar: webAddress,
  is_active: flag,
  status: text,
})
const UserAnswer = z.object({ user: z.unknown() })

/** 5 is one who is in a conference of its own; of the other codes, below zero, none tells presence. */
const presences = new Map<string, Presence>([
  ['0', 'OFFLINE'],
  ['1', 'ONLINE'],
  ['2', 'BUSY'],
  ['5', 'IN_CONFERENCE'],
])

function readUser(raw: unknown): User {
  const { id, item } = readItem(UserItem, raw)
  return {
    vendorId: id,
    email: item.email,
    displayName: item.display_name,
    givenName: item.first_name,
    familyName: item.last_name,
    status: item.is_active === null ? 'UNKNOWN' : item.is_active ? 'ACTIVE' : 'INACTIVE',
    presence: item.status === null ? null : (presences.get(item.status) ?? 'UNKNOWN'),
    avatarUrl: item.avatar,
    phoneNumbers: [item.mobile_phone, item.work_phone, item.home_phone].filter((phone) => phone !== null),
    company: item.company,
    department: null,
    timeZone: null,
    createdAt: null,
    lastSeenAt: null,
    get raw() {
      return withoutCredentials(raw)
    },
  }
}

/** A missing scope is no missing version. Throws VENDOR_BAD_RESPONSE for a version that the server lacks. */
export async function checkVersion(client: Client, call: Call): Promise<void> {
  const query = { page_id: 0, page_size: 1 }
  await client.get(path`/users`, { query, shape: z.unknown() }, call).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error
    if (error.code === 'NOT_FOUND') throw at(error, [], { code: 'VENDOR_BAD_RESPONSE', message: noSuchMethod })
    if (error.code !== 'VENDOR_FORBIDDEN') throw error
  })
}

export type Users = Required<Pick<Vendor, 'users' | 'getUser' | 'findUserByEmail'>>

/** The server's own users: `GET /users`, `GET /users/{user_id}`. */
export function users(client: Client): Users {
  const all = userList(client, readUser)
  return {
    // What the vendor's own filters match is not said, so that they could leave someone out.
    users: ({ status }) => (status?.every((wanted) => wanted === 'PENDING') ? emptyList() : all),

    async getUser(id, call) {
      const answer = await nullIfGone(client.get(path`/users/${id}`, { shape: UserAnswer }, call))
      return answer && readUser(answer.user)
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

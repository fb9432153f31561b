import { Problem } from '../../core/errors.ts'
import type { Call } from '../../upstream/call.ts'
import { asItIs, type Client } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { UserReference, Vendor } from '../vendor.ts'
import { noSuchMethod } from './errors.ts'
import { userList } from './lists.ts'
import { at, nullIfGone, unsupported } from '../kit/problems.ts'
import { findByEmail } from '../kit/iterate-pages.ts'
import { toObject } from '../kit/lenient.ts'
import { createEmptyList } from '../kit/list.ts'
import { TrueConfUser } from './user.ts'

const readAnswer = (body: unknown): TrueConfUser => new TrueConfUser(toObject<'user'>(body)?.user)

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
    users: ({ status }) => (status?.every((wanted) => wanted === 'PENDING') ? createEmptyList() : all),

    async getUser(id, call) {
      return nullIfGone(client.get(path`/users/${id}`, { shape: readAnswer }, call))
    },

    findUserByEmail: (email, call) => findByEmail(all, email, call),
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

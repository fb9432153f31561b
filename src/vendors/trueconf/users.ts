import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { anyJson, type VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { UserReference, Vendor } from '../vendor.ts'
import { unsupportedMethodMessage } from './errors.ts'
import { createUserList } from './lists.ts'
import { withInputPath, nullIfNotFound, createUnsupportedInputProblem } from '../kit/problems.ts'
import { findByEmail } from '../kit/iterate-pages.ts'
import { toObject } from '../kit/lenient.ts'
import { createEmptyList } from '../kit/list.ts'
import { TrueConfUser } from './user.ts'

const readUserResponse = (body: unknown): TrueConfUser => new TrueConfUser(toObject<'user'>(body)?.user)

/** A missing scope is no missing version. Throws VENDOR_BAD_RESPONSE for a version that the server lacks. */
export async function checkVersion(client: VendorClient, call: CallContext): Promise<void> {
  const query = { page_id: 0, page_size: 1 }
  await client.read(path`/users`, { query, schema: anyJson }, call).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error
    if (error.code === 'NOT_FOUND')
      throw withInputPath(error, [], { code: 'VENDOR_BAD_RESPONSE', message: unsupportedMethodMessage })
    if (error.code !== 'VENDOR_FORBIDDEN') throw error
  })
}

export type Users = Required<Pick<Vendor, 'users' | 'getUser' | 'findUserByEmail'>>

/** The server's own users: `GET /users`, `GET /users/{user_id}`. */
export function createUserResource(client: VendorClient): Users {
  const all = createUserList(client, (item) => new TrueConfUser(item))
  return {
    // What the vendor's own filters match is not said, so that they could leave someone out.
    users: ({ status }) => (status?.every((wanted) => wanted === 'PENDING') ? createEmptyList() : all),

    async getUser(id, call) {
      return nullIfNotFound(client.read(path`/users/${id}`, { schema: readUserResponse }, call))
    },

    findUserByEmail: (email, call) => findByEmail(all, email, call),
  }
}

/** The id to send for a user; null where nobody here has the e-mail address. */
export async function findUserId({ vendorId, email }: UserReference, { findUserByEmail }: Users, call: CallContext) {
  return vendorId ?? (await findUserByEmail(email ?? '', call))?.vendorId ?? null
}

/** The id to send for someone to invite. Throws UNSUPPORTED_BY_VENDOR at `place` for e-mail addresses of outsiders. */
export async function findInviteeId(user: UserReference, place: readonly string[], users: Users, call: CallContext) {
  const id = await findUserId(user, users, call)
  if (id !== null) return id
  throw createUnsupportedInputProblem(
    place,
    "TrueConf invites by e-mail address its own users only, and none has this one; send outsiders the conference's joinUrl.",
  )
}

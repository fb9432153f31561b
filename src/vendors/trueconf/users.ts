import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { anyJson, type VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { UserReference } from '../vendor-objects.ts'
import type { Vendor } from '../vendor.ts'
import { unsupportedMethodMessage } from './errors.ts'
import { createUserList } from './lists.ts'
import { withInputPath, nullIfNotFound, createUnsupportedInputProblem } from '../kit/problems.ts'
import { findByEmail } from '../kit/iterate-pages.ts'
import { toObject } from '../kit/lenient.ts'
import { createEmptyList } from '../kit/list.ts'
import { TrueConfUser } from './user.ts'

const readUserResponse = (body: unknown): TrueConfUser => new TrueConfUser(toObject<'user'>(body)?.user)

/**
 * Checks the configured API version (`GET /users`). A missing permission does not mean a missing version.
 *
 * @throws `VENDOR_BAD_RESPONSE` if the server does not serve the version.
 */
export async function checkVersion(client: VendorClient, call: CallContext): Promise<void> {
  const query = { page_id: 0, page_size: 1 }
  await client.read(path`/users`, { query, schema: anyJson }, call).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error
    if (error.code === 'NOT_FOUND')
      throw withInputPath(error, [], { code: 'VENDOR_BAD_RESPONSE', message: unsupportedMethodMessage })
    if (error.code !== 'VENDOR_FORBIDDEN') throw error
  })
}

export type Users = Required<Pick<Vendor, 'users' | 'getUser' | 'findUserByEmail' | 'usersByEmail'>>

const readUser = (item: unknown): TrueConfUser => new TrueConfUser(item)

/** Users of the server: `GET /users`, `GET /users/{user_id}`. */
export function createUserResource(client: VendorClient): Users {
  const all = createUserList(client, readUser)
  return {
    // TrueConf does not document what its filters match, so that they could omit matching users.
    users: ({ status }) => (status?.every((value) => value === 'PENDING') ? createEmptyList() : all),

    getUser: (id, call) =>
      nullIfNotFound(() =>
        client.read(path`/users/${id}`, { schema: readUserResponse, subject: { kind: 'users' } }, call),
      ),

    findUserByEmail: (email, call) => findByEmail(all, email, call),

    usersByEmail: (email) => createUserList(client, readUser, { email: email.toLowerCase() }),
  }
}

/** Returns the ID of a referenced user. Null if no user of the server has the email address. */
export async function findUserId({ vendorId, email }: UserReference, { findUserByEmail }: Users, call: CallContext) {
  return vendorId ?? (await findUserByEmail(email ?? '', call))?.vendorId ?? null
}

/** Returns the ID of an invitee. @throws `UNSUPPORTED_BY_VENDOR` if no user of the server has the email address. */
export async function findInviteeId(user: UserReference, path: readonly string[], users: Users, call: CallContext) {
  const id = await findUserId(user, users, call)
  if (id !== null) return id
  throw createUnsupportedInputProblem(
    path,
    "TrueConf cannot invite people who are not users of the server. Send them the conference's joinUrl instead.",
  )
}

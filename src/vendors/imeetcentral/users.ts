import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { path } from '../../upstream/path.ts'
import type { User } from '../vendor-objects.ts'
import type { Vendor } from '../vendor.ts'
import { findByEmail, findItem } from '../kit/iterate-pages.ts'
import { createEmptyList } from '../kit/list.ts'
import { type EdgeApi, createLinkedList } from './lists.ts'
import { CentralUser } from './user.ts'

const readUser = (raw: unknown): User => new CentralUser(raw)

/** Users of the company: `GET /users`, and `GET /users/{id}`, which the vendor does not document. */
export function createUserResource(edge: EdgeApi): Required<Pick<Vendor, 'users' | 'getUser' | 'findUserByEmail'>> {
  const all = createLinkedList(edge, path`/users`, readUser, 'users')
  let isSupported = false

  async function getUser(id: string, call: CallContext): Promise<User | null> {
    try {
      const user = await edge.client.read(path`/users/${id}`, { schema: readUser, subject: { kind: 'users' } }, call)
      isSupported = true
      return user
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (isSupported && error.code === 'NOT_FOUND') return null
      // If the endpoint has never returned a user, the endpoint can be missing instead of the user.
      if (isSupported || (error.code !== 'NOT_FOUND' && error.code !== 'VENDOR_REJECTED')) throw error
      const isWanted = (user: User): boolean => user.vendorId === id
      // That a user does not exist must not be known only from the cache.
      return (await findItem(all, isWanted, call)) ?? (await findItem(all, isWanted, call.refresh()))
    }
  }

  return {
    users: ({ status }) => (status && !status.includes('UNKNOWN') ? createEmptyList() : all),
    getUser,
    findUserByEmail: (email, call) => findByEmail(all, email, call),
  }
}

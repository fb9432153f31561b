import { Problem } from '../../core/errors.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import { anyJson } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { User, Vendor } from '../vendor.ts'
import { findByEmail, findItem } from '../kit/iterate-pages.ts'
import { createEmptyList } from '../kit/list.ts'
import { type EdgeApi, createLinkedList } from './lists.ts'
import { CentralUser } from './user.ts'

const readUser = (raw: unknown): User => new CentralUser(raw)

/** Users of the company: `GET /users`, and `GET /users/{id}`, which the vendor does not document. */
export function createUserResource(edge: EdgeApi): Required<Pick<Vendor, 'users' | 'getUser' | 'findUserByEmail'>> {
  const all = createLinkedList(edge, path`/users`, readUser)
  let isSupported = false

  async function getUser(id: string, call: CallContext): Promise<User | null> {
    try {
      const user = await edge.client.read(path`/users/${id}`, { schema: anyJson }, call)
      isSupported = true
      return readUser(user)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (isSupported && error.code === 'NOT_FOUND') return null
      // If the endpoint has never returned a user, the endpoint can be missing instead of the user.
      if (isSupported || (error.code !== 'NOT_FOUND' && error.code !== 'VENDOR_REJECTED')) throw error
      return findItem(all, (user) => user.vendorId === id, call)
    }
  }

  return {
    users: ({ status }) => (status && !status.includes('UNKNOWN') ? createEmptyList() : all),
    getUser,
    findUserByEmail: (email, call) => findByEmail(all, email, call),
  }
}

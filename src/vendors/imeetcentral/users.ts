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

/** The company's users: `GET /v1/users`, and `GET /v1/users/{id}`, which the vendor does not document. */
export function createUserResource(edge: EdgeApi): Required<Pick<Vendor, 'users' | 'getUser' | 'findUserByEmail'>> {
  const all = createLinkedList(edge, path`/users`, readUser)
  let servesById = false

  async function getUser(id: string, call: CallContext): Promise<User | null> {
    try {
      const user = await edge.client.read(path`/users/${id}`, { schema: anyJson }, call)
      servesById = true
      return readUser(user)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (servesById && error.code === 'NOT_FOUND') return null
      // Where the vendor has never served a user by id, this may be the endpoint that is missing, not the user.
      if (servesById || (error.code !== 'NOT_FOUND' && error.code !== 'VENDOR_REJECTED')) throw error
      return findItem(all, (user) => user.vendorId === id, call)
    }
  }

  return {
    users: ({ status }) => (status && !status.includes('UNKNOWN') ? createEmptyList() : all),
    getUser,
    findUserByEmail: (email, call) => findByEmail(all, email, call),
  }
}

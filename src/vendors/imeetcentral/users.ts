import { z } from 'zod'
import { Problem } from '../../errors.ts'
import type { Call } from '../../upstream/call.ts'
import { path } from '../../upstream/path.ts'
import type { User, Vendor } from '../vendor.ts'
import { withoutCredentials } from '../credentials.ts'
import { findItem } from '../iterate-pages.ts'
import { type Edge, emptyList, linkedList } from './lists.ts'
import { text } from '../lenient.ts'
import { itemOf, readItem } from './shapes.ts'

const UserItem = itemOf({ fullName: text, email: text })

function readUser(raw: unknown): User {
  const { id, item } = readItem(UserItem, raw)
  return {
    vendorId: id,
    email: item.details?.email ?? null,
    displayName: item.details?.fullName ?? null,
    givenName: null,
    familyName: null,
    status: 'UNKNOWN',
    presence: null,
    avatarUrl: null,
    phoneNumbers: [],
    company: null,
    department: null,
    timeZone: null,
    createdAt: null,
    lastSeenAt: null,
    get raw() {
      return withoutCredentials(raw)
    },
  }
}

/** The company's users: `GET /v1/users`, and `GET /v1/users/{id}`, which the vendor does not document. */
export function users(edge: Edge): Required<Pick<Vendor, 'users' | 'getUser' | 'findUserByEmail'>> {
  const all = linkedList(edge, path`/users`, readUser)
  let servesById = false

  async function getUser(id: string, call: Call): Promise<User | null> {
    try {
      const user = await edge.client.get(path`/users/${id}`, { shape: z.unknown() }, call)
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
    users: ({ status }) => (status && !status.includes('UNKNOWN') ? emptyList() : all),
    getUser,
    findUserByEmail: (email, call) => findItem(all, (user) => user.email?.toLowerCase() === email.toLowerCase(), call),
  }
}

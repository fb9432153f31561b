import { Problem } from '../../core/errors.ts'
import type { Call } from '../../upstream/call.ts'
import { asItIs } from '../../upstream/client.ts'
import { path } from '../../upstream/path.ts'
import type { User, Vendor } from '../vendor.ts'
import { withoutCredentials } from '../kit/credentials.ts'
import { findItem } from '../kit/iterate-pages.ts'
import { type Edge, emptyList, linkedList } from './lists.ts'
import { toText, type Unread } from '../kit/lenient.ts'
import { readItem } from './shapes.ts'

/** A user over what iMeet Central sent of it. Fields are read when they are asked for. */
class CentralUser implements User {
  readonly vendorId: string
  readonly #raw: unknown
  readonly #details: Unread<'fullName' | 'email'>

  /** @throws VENDOR_BAD_RESPONSE if there is no ID. */
  constructor(raw: unknown) {
    const { id, details } = readItem<'fullName' | 'email'>(raw)
    this.vendorId = id
    this.#raw = raw
    this.#details = details
  }

  get email() {
    return toText(this.#details.email)
  }
  get displayName() {
    return toText(this.#details.fullName)
  }
  get givenName() {
    return null
  }
  get familyName() {
    return null
  }
  get status() {
    return 'UNKNOWN' as const
  }
  get presence() {
    return null
  }
  get avatarUrl() {
    return null
  }
  get phoneNumbers() {
    return []
  }
  get company() {
    return null
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
    return withoutCredentials(this.#raw)
  }
}

const readUser = (raw: unknown): User => new CentralUser(raw)

/** The company's users: `GET /v1/users`, and `GET /v1/users/{id}`, which the vendor does not document. */
export function users(edge: Edge): Required<Pick<Vendor, 'users' | 'getUser' | 'findUserByEmail'>> {
  const all = linkedList(edge, path`/users`, readUser)
  let servesById = false

  async function getUser(id: string, call: Call): Promise<User | null> {
    try {
      const user = await edge.client.get(path`/users/${id}`, { shape: asItIs }, call)
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

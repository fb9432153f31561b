import type { CallContext } from '../../upstream/call-context.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { FlatList } from '../vendor-lists.ts'
import type { User } from '../vendor-objects.ts'
import type { Vendor } from '../vendor.ts'
import { maxPageSize, createNumberedList, createPageSchema } from './lists.ts'
import { requireId } from '../kit/lenient.ts'
import { nullIfNotFound } from '../kit/problems.ts'
import { toUserPathValue } from './path-values.ts'
import { getUserId, statuses, ZoomUser } from './user.ts'

const userPage = createPageSchema('users')
const subject = { kind: 'users' } as const
const userOptions = { schema: (raw: unknown): User => new ZoomUser(raw), subject, rateLimit: 'light' }

/** Creates the list of users with one status (`GET /users`). */
export function createUserListByStatus(client: VendorClient, status: string): FlatList<User> {
  return createNumberedList(client, {
    getPath: () => path`/users`,
    query: { status },
    schema: userPage,
    subject,
    rateLimit: 'medium',
    getId: (raw) => getUserId(raw, status),
    parseItem: (raw) => new ZoomUser(raw, status),
  })
}

/** Fetches a user by ID or email address (`GET /users/{userId}`). @throws `NOT_FOUND`, `INVALID_ID` */
export function readUserBy(client: VendorClient, ref: string, call: CallContext): Promise<User> {
  return client.read(path`/users/${toUserPathValue(ref)}`, userOptions, call)
}

/** Returns a user as raw JSON. @throws `VENDOR_BAD_RESPONSE` if it has no ID. */
function requireUser(raw: unknown): unknown {
  requireId(getUserId(raw))
  return raw
}

/** Users of the account: `GET /users`, `GET /users/{userId}`. */
export function createUserResource(
  client: VendorClient,
): Required<Pick<Vendor, 'users' | 'getUser' | 'findUserByEmail'>> {
  const getUser = (id: string, call: CallContext) => nullIfNotFound(() => readUserBy(client, id, call))

  /** Creates a list of the user with an email address (`GET /users/{userId}`). */
  const createUserListByEmail = (email: string): FlatList<User> => ({
    maxSize: maxPageSize,
    supportsPageNumbers: true,
    reportsTotal: true,
    async loadPage(request, call) {
      const isFirst = 'link' in request ? request.link === null : request.number === 0
      const options = { schema: requireUser, subject, rateLimit: 'light' }
      const raw = isFirst
        ? await nullIfNotFound(() => client.read(path`/users/${toUserPathValue(email)}`, options, call))
        : null
      return { items: raw === null ? [] : [raw], next: null, previous: null, total: raw === null ? 0 : 1 }
    },
    getId: (raw) => getUserId(raw),
    parseItem: (raw) => new ZoomUser(raw),
  })

  return {
    users({ email, search, status }) {
      if (email !== undefined) return createUserListByEmail(email)
      // A user with an unknown status can be in any of the lists.
      const partitions = [...statuses.keys()].filter(
        (partition) => !status || status.includes('UNKNOWN') || status.includes(statuses.get(partition)!),
      )
      const isExact = search === undefined && !status?.includes('UNKNOWN')
      return {
        parent: partitions,
        getChildList: (partition) => createUserListByStatus(client, String(partition)),
        ...(isExact && { isExact }),
      }
    },
    getUser,
    findUserByEmail: getUser,
  }
}

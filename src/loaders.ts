import DataLoader from 'dataloader'
import { owned, type Owned } from './owned.ts'
import { createScanLimitProblem } from './paging/scan.ts'
import { walk } from './paging/walk.ts'
import type { Call } from './upstream/call.ts'
import type { Account } from './vendors/accounts.ts'
import type { Conference, User } from './vendors/vendor.ts'

/** Look-ups of one request: batched, deduplicated, gone with it. */
export interface Loaders {
  user(account: Account, vendorId: string): Promise<Owned<User> | null>
  /** A user with the fields that lists leave out: one vendor call each. */
  wholeUser(account: Account, vendorId: string): Promise<User | null>
  /** A user that a list had in hand. */
  knowUser(account: Account, user: User): void
  conference(account: Account, vendorId: string): Promise<Owned<Conference> | null>
  /** An account's users of an e-mail address, letter case ignored. */
  usersByEmail(account: Account, email: string): Promise<Owned<User>[]>
}

/** So many look-ups in one account are worth trying its list first. */
const listWorthwhile = 4
/** So many e-mail addresses are looked for in the whole list instead of one by one. */
const scanWorthwhile = 10

export function createLoaders(call: Call, scanCalls: number): Loaders {
  const perAccount = new Map<Account, ReturnType<typeof accountLoaders>>()
  const of = (account: Account): ReturnType<typeof accountLoaders> => {
    let loaders = perAccount.get(account)
    if (!loaders) perAccount.set(account, (loaders = accountLoaders(account, call, scanCalls)))
    return loaders
  }
  return {
    user: (account, id) => of(account).users.load(id),
    wholeUser: (account, id) => of(account).wholeUsers.load(id),
    knowUser: (account, user) => void of(account).users.prime(user.vendorId, owned(account, user)),
    conference: (account, id) => of(account).conferences.load(id),
    usersByEmail: (account, email) => of(account).usersByEmail.load(email.toLowerCase()),
  }
}

function accountLoaders(account: Account, call: Call, scanCalls: number) {
  const { vendor } = account
  return {
    users: new DataLoader<string, Owned<User> | null>((ids) => loadUsers(account, ids, call, scanCalls)),
    wholeUsers: new DataLoader<string, User | null>((ids) =>
      each(ids, async (id) => (await vendor.getUser?.(id, call)) ?? null),
    ),
    conferences: new DataLoader<string, Owned<Conference> | null>((ids) =>
      each(ids, async (id) => {
        const conference = await vendor.getConference?.(id, call)
        return conference ? owned(account, conference) : null
      }),
    ),
    usersByEmail: new DataLoader<string, Owned<User>[]>((emails) => loadByEmail(account, emails, call, scanCalls)),
  }
}

/** Settles every key by itself, so that one failure fails one. */
async function each<K, V>(keys: readonly K[], load: (key: K) => Promise<V>): Promise<(V | Error)[]> {
  return Promise.all(keys.map((key) => load(key).catch((error: unknown) => error as Error)))
}

async function loadUsers(account: Account, ids: readonly string[], call: Call, scanCalls: number) {
  const found = new Map<string, User>()
  if (ids.length >= listWorthwhile)
    await findInList(account, new Set(ids), found, call, Math.min(scanCalls, ids.length / 2))
  return each(ids, async (id) => {
    const user = found.get(id) ?? (await account.vendor.getUser?.(id, call)) ?? null
    return user && owned(account, user)
  })
}

/** Reads the list, as long as it may be cheaper than asking for each. A failure leaves the rest to single look-ups. */
async function findInList(account: Account, missing: Set<string>, found: Map<string, User>, call: Call, calls: number) {
  const listing = account.vendor.users?.({})
  if (!listing) return
  await walk(listing, 'start', {
    call,
    scan: { left: Math.floor(calls) },
    forward: true,
    sparse: true,
    // Satisfied when all are found, whatever else was passed on the way.
    count: missing.size,
    keep: (user) => {
      if (!missing.has(user.vendorId)) return false
      found.set(user.vendorId, user)
      return true
    },
  })
}

async function loadByEmail(account: Account, emails: readonly string[], call: Call, scanCalls: number) {
  const { vendor } = account
  if (!vendor.users) return emails.map(() => [])
  const matching = async (
    filter: { email?: string },
    wanted: ReadonlySet<string>,
  ): Promise<Map<string, Owned<User>[]>> => {
    const matches = new Map<string, Owned<User>[]>()
    const slice = await walk(vendor.users!(filter), 'start', {
      call,
      scan: { left: scanCalls },
      forward: true,
      sparse: true,
      count: Infinity,
      keep: (user) => user.email !== null && wanted.has(user.email.toLowerCase()),
    })
    if (slice.failure) throw slice.failure
    if (slice.stopped) throw createScanLimitProblem(call)
    for (const { node } of slice.edges) {
      const email = node.email!.toLowerCase()
      matches.set(email, [...(matches.get(email) ?? []), owned(account, node)])
    }
    return matches
  }
  if (emails.length <= scanWorthwhile)
    return each(emails, async (email) => (await matching({ email }, new Set([email]))).get(email) ?? [])
  const all = await matching({}, new Set(emails))
  return emails.map((email) => all.get(email) ?? [])
}

import DataLoader from 'dataloader'
import { Problem } from '../core/errors.ts'
import { withAccount, type WithAccount } from './with-account.ts'
import { createScanLimitProblem } from '../paging/scan-budget.ts'
import { scanList } from '../paging/scan.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { Account } from '../vendors/accounts.ts'
import type { FlatList, VendorList } from '../vendors/vendor-lists.ts'
import type { Conference, Session, User } from '../vendors/vendor-objects.ts'

/** Lookups of one request, batched and deduplicated. A value that is already loaded is returned without a promise. */
export interface Loaders {
  /** Returns null if there is no such user. */
  loadUser(account: Account, vendorId: string): OwnedUser | null | Promise<OwnedUser | null>
  /** Loads users in one batch, so that `loadUser` returns them at once. Never fails: `loadUser` throws the error. */
  prepareUsers(account: Account, vendorIds: readonly string[]): Promise<unknown>
  /**
   * Loads users of whom many can be of other accounts, so that `loadUser` returns them, or null, at once. Reads the whole list
   * of users instead of looking up many. Never fails: `loadUser` throws the error.
   */
  prepareMembers(account: Account, vendorIds: readonly string[]): Promise<unknown>
  /** Loads a user with the fields that lists omit. Takes one vendor call for each user. */
  loadWholeUser(account: Account, vendorId: string): Promise<User | null>
  /** Adds a user that a list has returned. */
  primeUser(account: Account, user: User): void
  /** Returns null if there is no such conference. */
  loadConference(account: Account, vendorId: string): Promise<WithAccount<Conference> | null>
  /** Loads a session with the fields that lists omit. Returns null if there is no such session. */
  loadSession(account: Account, vendorId: string): Promise<WithAccount<Session> | null>
  /** Loads a conference with the fields that lists omit. Takes one vendor call for each conference. */
  loadWholeConference(conference: WithAccount<Conference>): Promise<Conference | null>
  /** Loads the users of an account with this email address, ignoring case. */
  loadUsersByEmail(account: Account, email: string): Promise<OwnedUser[]>
}

type OwnedUser = WithAccount<User>

/** Minimum number of users for which the first page of the list is read before users are looked up one by one. */
const minIdsForListLookup = 4
/** Maximum number of users that are looked up one by one by email address, or by an ID that can be of another account. */
const maxLookups = 10

export function createLoaders(call: CallContext, scanCalls: number): Loaders {
  const perAccount = new Map<Account, AccountLoaders>()
  const getLoaders = (account: Account): AccountLoaders => {
    let loaders = perAccount.get(account)
    if (!loaders) perAccount.set(account, (loaders = new AccountLoaders(account, call, scanCalls)))
    return loaders
  }
  return {
    loadUser: (account, id) => getLoaders(account).findUser(id),
    prepareUsers: (account, ids) => getLoaders(account).users.loadMany(ids),
    prepareMembers: (account, ids) => getLoaders(account).prepareMembers(ids),
    loadWholeUser: (account, id) => getLoaders(account).wholeUsers.load(id),
    primeUser: (account, user) => getLoaders(account).addUser(user),
    loadConference: (account, id) => getLoaders(account).conferences.load(id),
    loadSession: (account, id) => getLoaders(account).sessions.load(id),
    loadWholeConference: (conference) => {
      const { account, vendorId } = conference
      return account.vendor.completeConference?.(conference, call) ?? getLoaders(account).conferences.load(vendorId)
    },
    loadUsersByEmail: (account, email) => getLoaders(account).usersByEmail.load(email.toLowerCase()),
  }
}

class AccountLoaders {
  readonly #account: Account
  readonly #call: CallContext
  readonly #scanCalls: number
  /** Users loaded so far, by vendor ID. Null if there is no such user. */
  readonly #knownUsers = new Map<string, OwnedUser | null>()
  #users: DataLoader<string, OwnedUser | null> | undefined
  #wholeUsers: DataLoader<string, User | null> | undefined
  #conferences: DataLoader<string, WithAccount<Conference> | null> | undefined
  #sessions: DataLoader<string, WithAccount<Session> | null> | undefined
  #usersByEmail: DataLoader<string, OwnedUser[]> | undefined

  constructor(account: Account, call: CallContext, scanCalls: number) {
    this.#account = account
    this.#call = call
    this.#scanCalls = scanCalls
  }

  findUser(id: string): OwnedUser | null | Promise<OwnedUser | null> {
    const user = this.#knownUsers.get(id)
    return user === undefined ? this.users.load(id) : user
  }

  get users() {
    return (this.#users ??= new DataLoader((ids) => this.#loadUsers(ids)))
  }

  addUser(user: User): OwnedUser {
    const ownedUser = withAccount(this.#account, user)
    this.#knownUsers.set(user.vendorId, ownedUser)
    return ownedUser
  }

  async prepareMembers(ids: readonly string[]): Promise<unknown> {
    const unknownIds = new Set(ids.filter((id) => !this.#knownUsers.has(id)))
    const list = unknownIds.size > maxLookups ? this.#account.vendor.users?.({}) : undefined
    if (!list) return this.users.loadMany([...unknownIds])
    const { items, failure, partialProblem, hitScanLimit } = await scanList(list, 'start', {
      call: this.#call,
      budget: { remaining: this.#scanCalls },
      isForward: true,
      expectFewMatches: true,
      count: unknownIds.size,
      matches: ({ vendorId }) => unknownIds.has(vendorId),
    })
    for (const { node } of items) this.addUser(node)
    // Users who are not in the complete list belong to other accounts.
    if (failure || partialProblem || hitScanLimit) return undefined
    for (const id of unknownIds) if (!this.#knownUsers.has(id)) this.#knownUsers.set(id, null)
    return undefined
  }

  get wholeUsers() {
    const { vendor } = this.#account
    return (this.#wholeUsers ??= new DataLoader((ids) =>
      loadEach(ids, async (id) => (await vendor.getUser?.(id, this.#call)) ?? null),
    ))
  }

  get conferences() {
    return (this.#conferences ??= new DataLoader((ids) => loadEach(ids, (id) => this.#loadConference(id))))
  }

  get sessions() {
    return (this.#sessions ??= new DataLoader((ids) => loadEach(ids, (id) => this.#loadSession(id))))
  }

  get usersByEmail() {
    return (this.#usersByEmail ??= new DataLoader((emails) =>
      loadByEmail(this.#account, emails, this.#call, this.#scanCalls),
    ))
  }

  #loadUsers(ids: readonly string[]): Promise<(OwnedUser | null | Error)[]> {
    const load = (): Promise<(OwnedUser | null | Error)[]> =>
      loadEach(ids, (id) => this.#knownUsers.get(id) ?? this.#loadUser(id))
    return ids.length < minIdsForListLookup ? load() : this.#readFirstPage(ids).then(load)
  }

  async #loadUser(id: string): Promise<OwnedUser | null> {
    const user = (await this.#account.vendor.getUser?.(id, this.#call)) ?? null
    const ownedUser = user && withAccount(this.#account, user)
    this.#knownUsers.set(id, ownedUser)
    return ownedUser
  }

  /** Finds users on the first page of the list. If the page cannot be read, all users are looked up by ID. */
  async #readFirstPage(ids: readonly string[]): Promise<void> {
    const missing = new Set(ids.filter((id) => !this.#knownUsers.has(id)))
    const list = missing.size < minIdsForListLookup ? null : getFirstList(this.#account.vendor.users?.({}))
    if (!list) return
    try {
      const position = list.supportsPageNumbers ? { number: 0 } : { link: null }
      const { items } = await list.loadPage({ size: list.maxSize, ...position }, this.#call)
      for (const item of items) {
        const user = missing.has(list.getId(item) ?? '') ? list.parseItem(item) : null
        if (user) this.addUser(user)
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    }
  }

  async #loadConference(id: string): Promise<WithAccount<Conference> | null> {
    const conference = await this.#account.vendor.getConference?.(id, this.#call)
    return conference ? withAccount(this.#account, conference) : null
  }

  async #loadSession(id: string): Promise<WithAccount<Session> | null> {
    const session = await this.#account.vendor.getSession?.(id, this.#call)
    return session ? withAccount(this.#account, session) : null
  }
}

/** Returns the first flat list of a list, or null if a vendor call is needed to learn it. */
function getFirstList(listing: VendorList<User> | undefined): FlatList<User> | null {
  if (!listing) return null
  if (!('parent' in listing)) return listing
  return Array.isArray(listing.parent) && listing.parent.length > 0 ? listing.getChildList(listing.parent[0]) : null
}

/** Loads a value for each key. If a load fails, its error takes the place of the value, and the other keys are unaffected. */
async function loadEach<K, V>(keys: readonly K[], load: (key: K) => V | Promise<V>): Promise<(V | Error)[]> {
  const loadOne = (key: K): V | Promise<V | Error> => {
    const value = load(key)
    return value instanceof Promise ? value.catch((error: unknown) => error as Error) : value
  }
  return keys.length === 1 ? [await loadOne(keys[0]!)] : Promise.all(keys.map(loadOne))
}

async function loadByEmail(account: Account, emails: readonly string[], call: CallContext, scanCalls: number) {
  const { vendor } = account
  if (!vendor.users) return emails.map(() => [])
  const loadMatching = async (
    filter: { email?: string },
    wantedEmails: ReadonlySet<string>,
  ): Promise<Map<string, OwnedUser[]>> => {
    const matches = new Map<string, OwnedUser[]>()
    const slice = await scanList(vendor.users!(filter), 'start', {
      call,
      budget: { remaining: scanCalls },
      isForward: true,
      expectFewMatches: true,
      count: Infinity,
      matches: (user) => user.email !== null && wantedEmails.has(user.email.toLowerCase()),
    })
    if (slice.failure) throw slice.failure
    if (slice.hitScanLimit) throw createScanLimitProblem(call)
    for (const { node } of slice.items) {
      const email = node.email!.toLowerCase()
      matches.set(email, [...(matches.get(email) ?? []), withAccount(account, node)])
    }
    return matches
  }
  if (emails.length <= maxLookups)
    return loadEach(emails, async (email) => (await loadMatching({ email }, new Set([email]))).get(email) ?? [])
  const usersByEmail = await loadMatching({}, new Set(emails))
  return emails.map((email) => usersByEmail.get(email) ?? [])
}

import type { Account } from '../../../src/vendors/accounts.ts'
import type { Conference, Participant, Schedule, User } from '../../../src/vendors/vendor-objects.ts'
import { newCall } from '../../support/account.ts'
import { toPlain } from '../../support/plain.ts'
import { readAll } from '../../vendors/contract/open.ts'

/** All objects of one account, which are read before the tests. */
export interface AccountData {
  key: string
  account: Account
  users: User[]
  conferences: Conference[]
  participants: Map<string, Participant[]>
}

export async function readAccount(key: string, account: Account): Promise<AccountData> {
  const { vendor } = account
  const users = (await readAll(vendor.users!({}))).map(toPlain)
  const conferences = (await readAll(vendor.conferences!({ needsStarts: true }))).map(withOccurrences)
  const participants = new Map<string, Participant[]>()
  for (const { vendorId } of vendor.participants ? conferences : [])
    participants.set(vendorId, (await readAll(vendor.participants!(vendorId))).map(toPlain))
  return { key, account, users, conferences, participants }
}

/** Copies a conference. Its occurrences are those that the vendor lists: they are not computed independently. */
function withOccurrences(conference: Conference): Conference {
  const findOccurrences = conference.findOccurrences!.bind(conference)
  return Object.defineProperty(toPlain(conference), 'findOccurrences', { value: findOccurrences })
}

/** Returns the fields that a vendor reports differently for a single object and in a list. */
export async function findVaryingFields(
  accounts: readonly AccountData[],
): Promise<{ user: Set<string>; conference: Set<string> }> {
  const listDifferences = (listed: object, single: object | null): string[] =>
    Object.entries(listed)
      .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(single?.[name as never]))
      .map(([name]) => name)
  const [user, conference] = [new Set<string>(['raw']), new Set<string>(['raw'])]
  for (const { account, users, conferences } of accounts) {
    for (const listed of users)
      for (const name of listDifferences(listed, await account.vendor.getUser!(listed.vendorId, newCall())))
        user.add(name)
    for (const listed of conferences)
      for (const name of listDifferences(listed, await account.vendor.getConference!(listed.vendorId, newCall())))
        conference.add(name)
  }
  return { user, conference }
}

export const encodeId = (...parts: string[]): string => Buffer.from(parts.join(':')).toString('base64url')
const formatTime = (date: Date | null): string | null => date && date.toISOString().replace('.000Z', 'Z')

type Filter = Record<string, any> | null | undefined
interface ListArguments {
  first?: number
  last?: number
  filter?: Filter
  orderBy?: { field: string; direction?: 'ASC' | 'DESC' }
}

const splitWords = (texts: readonly (string | null)[]): string[] =>
  texts.flatMap((text) => (text ?? '').toLowerCase().split(/[^\p{L}\p{N}\p{M}]+/u))
const hasWordStartingWith = (search: string, texts: readonly (string | null)[]): boolean =>
  splitWords(texts).some((word) => word.startsWith(search.toLowerCase()))
const isSelected = (values: unknown[] | undefined, value: unknown): boolean => !values?.length || values.includes(value)

function matchesUser({ email, search, status }: NonNullable<Filter>, user: User): boolean {
  if (email && user.email?.toLowerCase() !== email.toLowerCase()) return false
  if (search && !hasWordStartingWith(search, [user.displayName, user.givenName, user.familyName, user.email]))
    return false
  return isSelected(status, user.status)
}

function matchesConference(filter: NonNullable<Filter>, { key }: AccountData, conference: Conference): boolean {
  const { ownerId, search, tag, startsFrom, startsBefore } = filter
  if (ownerId && ownerId !== encodeId('User', key, encodeURIComponent(conference.ownerId ?? ''))) return false
  if (search && !hasWordStartingWith(search, [conference.title])) return false
  if (tag && !conference.tags.includes(tag)) return false
  if (!startsFrom && !startsBefore) return true
  return findFirstStart(conference, filter) !== null
}

/** Returns the first start in a window. In a window without an end, starts of a series before now do not count. */
function findFirstStart(conference: Conference, { startsFrom, startsBefore }: NonNullable<Filter>): number | null {
  const before = startsBefore ? new Date(startsBefore) : new Date('2200-01-01')
  const now = conference.schedule?.kind === 'recurring' && !startsBefore ? Date.now() : 0
  const period = { startsFrom: new Date(Math.max(now, +new Date(startsFrom ?? 0))), startsBefore: before }
  for (const { startsAt, cancelled } of conference.findOccurrences!(period)!) if (!cancelled) return startsAt.getTime()
  return null
}

function rejectEmptyWindow(filter: Filter): void {
  const { startsFrom, startsBefore } = filter ?? {}
  if (startsFrom && startsBefore && new Date(startsFrom) >= new Date(startsBefore))
    throw new Error('The window is empty.')
}

const orders: Record<string, (item: any, filter: NonNullable<Filter>) => string | number | null> = {
  DISPLAY_NAME: (user: User) => user.displayName,
  EMAIL: (user: User) => user.email,
  TITLE: (conference: Conference) => conference.title,
  STARTS_AT: (conference: Conference, filter: NonNullable<Filter>) => findFirstStart(conference, filter),
}
const collator = new Intl.Collator('und', { numeric: true })

interface Item<T> {
  data: AccountData
  object: T
}

/** Sorts items. Items without a sort key are last. Items with equal keys are sorted by account key and ID. */
function sort<T extends { vendorId: string }>(items: Item<T>[], { orderBy, filter }: ListArguments): Item<T>[] {
  if (!orderBy) return items
  const getSortKey = orders[orderBy.field]!
  const sign = orderBy.direction === 'DESC' ? -1 : 1
  const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
  return items.toSorted((a, b) => {
    const [keyA, keyB] = [getSortKey(a.object, filter ?? {}), getSortKey(b.object, filter ?? {})]
    if (keyA === null || keyB === null) return keyA === keyB ? compareIds() : keyA === null ? 1 : -1
    const order = typeof keyA === 'number' ? keyA - (keyB as number) : collator.compare(keyA, keyB as string)
    return order * sign || compareIds()
    function compareIds(): number {
      return compareText(a.data.key, b.data.key) || compareText(a.object.vendorId, b.object.vendorId)
    }
  })
}

function createConnection<T>(
  items: Item<T>[],
  createNode: (data: AccountData, object: T) => unknown,
  { first, last }: ListArguments,
) {
  const isBackward = last !== undefined && last !== null
  const size = (isBackward ? last : first) ?? 20
  const page = isBackward ? items.slice(-size) : items.slice(0, size)
  const nodes = page.map(({ data, object }) => createNode(data, object))
  const hasMore = items.length > page.length
  return {
    nodes,
    edges: nodes.map((node) => ({ node })),
    pageInfo: { hasNextPage: !isBackward && hasMore, hasPreviousPage: isBackward && hasMore },
    totalCount: items.length,
  }
}

/** Creates the resolvers of Query, which search all objects. */
export function createNaiveRoot(accounts: readonly AccountData[]) {
  const selectAccounts = (filter: Filter) => accounts.filter(({ key }) => isSelected(filter?.['accounts'], key))
  const listUsers = (selected: readonly AccountData[], args: ListArguments) => {
    const items = selected.flatMap((data) => data.users.map((object) => ({ data, object })))
    const matches = items.filter(({ object }) => matchesUser(args.filter ?? {}, object))
    return createConnection(sort(matches, args), createUserNode, args)
  }
  const listConferences = (selected: readonly AccountData[], args: ListArguments, owner?: User) => {
    rejectEmptyWindow(args.filter)
    const items = selected.flatMap((data) => data.conferences.map((object) => ({ data, object })))
    const owned = items.filter(({ object }) => !owner || object.ownerId === owner.vendorId)
    const matches = owned.filter(({ data, object }) => matchesConference(args.filter ?? {}, data, object))
    return createConnection(sort(matches, args), createConferenceNode, args)
  }

  const createAccountNode = (data: AccountData) => ({
    __typename: 'Account',
    id: encodeId('Account', data.key),
    key: data.key,
    vendor: data.account.vendorName,
    capabilities: data.account.capabilities,
    users: (args: ListArguments) => listUsers([data], args),
    conferences: (args: ListArguments) => listConferences([data], args),
  })
  const findUser = (data: AccountData, vendorId: string | null) => {
    const user = data.users.find((candidate) => candidate.vendorId === vendorId)
    return user ? createUserNode(data, user) : null
  }
  const findConference = (data: AccountData, vendorId: string) => {
    const conference = data.conferences.find((candidate) => candidate.vendorId === vendorId)
    return conference ? createConferenceNode(data, conference) : null
  }
  const createUserNode = (data: AccountData, user: User): object => ({
    ...user,
    __typename: 'User',
    id: encodeId('User', data.key, encodeURIComponent(user.vendorId)),
    account: createAccountNode(data),
    createdAt: formatTime(user.createdAt),
    lastSeenAt: formatTime(user.lastSeenAt),
    sameAs: () =>
      accounts
        .filter((other) => other !== data)
        .flatMap((other) =>
          other.users
            .filter(({ email }) => email !== null && email.toLowerCase() === user.email?.toLowerCase())
            .map((match) => createUserNode(other, match)),
        ),
    conferences: (args: ListArguments) => listConferences([data], args, user),
  })
  const createConferenceNode = (data: AccountData, conference: Conference): object => ({
    ...conference,
    __typename: 'Conference',
    id: encodeId('Conference', data.key, encodeURIComponent(conference.vendorId)),
    account: createAccountNode(data),
    createdAt: formatTime(conference.createdAt),
    schedule: () => createScheduleNode(conference.schedule),
    owner: () => findUser(data, conference.ownerId),
    participants: (args: ListArguments) => {
      const items = (data.participants.get(conference.vendorId) ?? []).map((object) => ({ data, object }))
      return createConnection(
        items.filter(({ object }) => isSelected(args.filter?.['status'], object.status)),
        createParticipantNode,
        args,
      )
    },
  })
  const createParticipantNode = (data: AccountData, participant: Participant): object => ({
    ...participant,
    __typename: 'Participant',
    id: encodeId(
      'Participant',
      data.key,
      encodeURIComponent(participant.conferenceId),
      encodeURIComponent(participant.vendorId),
    ),
    account: createAccountNode(data),
    joinedAt: formatTime(participant.joinedAt),
    leftAt: formatTime(participant.leftAt),
    conference: () => findConference(data, participant.conferenceId),
    user: () => findUser(data, participant.userId),
  })
  const findNode = (id: string) => {
    const [type, key, ...ids] = Buffer.from(id, 'base64url').toString().split(':').map(decodeURIComponent)
    const data = accounts.find((candidate) => candidate.key === key)
    if (!data) return null
    if (type === 'Account') return createAccountNode(data)
    return type === 'User' ? findUser(data, ids[0]!) : findConference(data, ids[0]!)
  }
  return {
    accounts: accounts.map(createAccountNode),
    account: ({ key }: { key: string }) =>
      accounts.filter((data) => data.key === key).map(createAccountNode)[0] ?? null,
    users: (args: ListArguments) => listUsers(selectAccounts(args.filter), args),
    conferences: (args: ListArguments) => listConferences(selectAccounts(args.filter), args),
    user: ({ id }: { id: string }) => findNode(id),
    conference: ({ id }: { id: string }) => findNode(id),
    node: ({ id }: { id: string }) => findNode(id),
    nodes: ({ ids }: { ids: string[] }) => ids.map(findNode),
  }
}

const kinds = { once: 'OneTimeSchedule', recurring: 'RecurringSchedule', permanent: 'PermanentSchedule' }
function createScheduleNode(schedule: Schedule | null): object | null {
  if (!schedule) return null
  const dates = Object.entries(schedule).map(([name, value]) => [
    name,
    value instanceof Date ? formatTime(value) : value,
  ])
  return { ...Object.fromEntries(dates), __typename: kinds[schedule.kind] }
}

import type { Account } from '../../../src/vendors/accounts.ts'
import type { Conference, Participant, Schedule, User } from '../../../src/vendors/vendor-objects.ts'
import { newCall } from '../../support/account.ts'
import { toPlain } from '../../support/plain.ts'
import { readAll } from '../../vendors/contract/open.ts'

/** All that one account has, read to the end beforehand. */
export interface Part {
  key: string
  account: Account
  users: User[]
  conferences: Conference[]
  participants: Map<string, Participant[]>
}

export async function readPart(key: string, account: Account): Promise<Part> {
  const { vendor } = account
  const users = (await readAll(vendor.users!({}))).map(toPlain)
  const conferences = (await readAll(vendor.conferences!({ needsStarts: true }))).map(withOccurrences)
  const participants = new Map<string, Participant[]>()
  for (const { vendorId } of vendor.participants ? conferences : [])
    participants.set(vendorId, (await readAll(vendor.participants!(vendorId))).map(toPlain))
  return { key, account, users, conferences, participants }
}

/** Copies a conference. The occurrences are what the vendor lists, and not part of the independent result. */
function withOccurrences(conference: Conference): Conference {
  const findOccurrences = conference.findOccurrences!.bind(conference)
  return Object.defineProperty(toPlain(conference), 'findOccurrences', { value: findOccurrences })
}

/** Fields that a vendor tells differently alone and in a list. */
export async function varyingFields(parts: readonly Part[]): Promise<{ user: Set<string>; conference: Set<string> }> {
  const differing = (listed: object, alone: object | null): string[] =>
    Object.entries(listed)
      .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(alone?.[name as never]))
      .map(([name]) => name)
  const [user, conference] = [new Set<string>(['raw']), new Set<string>(['raw'])]
  for (const { account, users, conferences } of parts) {
    for (const each of users)
      for (const name of differing(each, await account.vendor.getUser!(each.vendorId, newCall()))) user.add(name)
    for (const each of conferences)
      for (const name of differing(each, await account.vendor.getConference!(each.vendorId, newCall())))
        conference.add(name)
  }
  return { user, conference }
}

export const idOf = (...parts: string[]): string => Buffer.from(parts.join(':')).toString('base64url')
const iso = (date: Date | null): string | null => date && date.toISOString().replace('.000Z', 'Z')

type Filter = Record<string, any> | null | undefined
interface PageOf {
  first?: number
  last?: number
  filter?: Filter
  orderBy?: { field: string; direction?: 'ASC' | 'DESC' }
}

const wordsOf = (texts: readonly (string | null)[]): string[] =>
  texts.flatMap((text) => (text ?? '').toLowerCase().split(/[^\p{L}\p{N}\p{M}]+/u))
const startsWord = (search: string, texts: readonly (string | null)[]): boolean =>
  wordsOf(texts).some((word) => word.startsWith(search.toLowerCase()))
const among = (wanted: unknown[] | undefined, value: unknown): boolean => !wanted?.length || wanted.includes(value)

function keepsUser({ email, search, status }: NonNullable<Filter>, user: User): boolean {
  if (email && user.email?.toLowerCase() !== email.toLowerCase()) return false
  if (search && !startsWord(search, [user.displayName, user.givenName, user.familyName, user.email])) return false
  return among(status, user.status)
}

function keepsConference(filter: NonNullable<Filter>, part: Part, it: Conference): boolean {
  const { ownerId, search, tag, startsFrom, startsBefore } = filter
  if (ownerId && ownerId !== idOf('User', part.key, encodeURIComponent(it.ownerId ?? ''))) return false
  if (search && !startsWord(search, [it.title])) return false
  if (tag && !it.tags.includes(tag)) return false
  if (!startsFrom && !startsBefore) return true
  return firstStart(it, filter) !== null
}

/** First start that matters to a window: of a series without the end of a window, only of the future. */
function firstStart(it: Conference, { startsFrom, startsBefore }: NonNullable<Filter>): number | null {
  const before = startsBefore ? new Date(startsBefore) : new Date('2200-01-01')
  const now = it.schedule?.kind === 'recurring' && !startsBefore ? Date.now() : 0
  const period = { startsFrom: new Date(Math.max(now, +new Date(startsFrom ?? 0))), startsBefore: before }
  for (const { startsAt, cancelled } of it.findOccurrences!(period)!) if (!cancelled) return startsAt.getTime()
  return null
}

function refuseEmptySpan(filter: Filter): void {
  const { startsFrom, startsBefore } = filter ?? {}
  if (startsFrom && startsBefore && new Date(startsFrom) >= new Date(startsBefore))
    throw new Error('Nothing starts then.')
}

const orders: Record<string, (item: any, filter: NonNullable<Filter>) => string | number | null> = {
  DISPLAY_NAME: (user: User) => user.displayName,
  EMAIL: (user: User) => user.email,
  TITLE: (conference: Conference) => conference.title,
  STARTS_AT: (conference: Conference, filter: NonNullable<Filter>) => firstStart(conference, filter),
}
const collator = new Intl.Collator('und', { numeric: true })

interface Item<T> {
  part: Part
  of: T
}

/** What has no key comes last; of equal ones, accounts and ids by their letters. */
function sorted<T extends { vendorId: string }>(items: Item<T>[], { orderBy, filter }: PageOf): Item<T>[] {
  if (!orderBy) return items
  const key = orders[orderBy.field]!
  const sign = orderBy.direction === 'DESC' ? -1 : 1
  const plain = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
  return items.toSorted((a, b) => {
    const [one, other] = [key(a.of, filter ?? {}), key(b.of, filter ?? {})]
    if (one === null || other === null) return one === other ? ties() : one === null ? 1 : -1
    const order = typeof one === 'number' ? one - (other as number) : collator.compare(one, other as string)
    return order * sign || ties()
    function ties(): number {
      return plain(a.part.key, b.part.key) || plain(a.of.vendorId, b.of.vendorId)
    }
  })
}

function connection<T>(items: Item<T>[], node: (part: Part, of: T) => unknown, { first, last }: PageOf) {
  const backwards = last !== undefined && last !== null
  const size = (backwards ? last : first) ?? 20
  const page = backwards ? items.slice(-size) : items.slice(0, size)
  const nodes = page.map(({ part, of }) => node(part, of))
  const more = items.length > page.length
  return {
    nodes,
    edges: nodes.map((each) => ({ node: each })),
    pageInfo: { hasNextPage: !backwards && more, hasPreviousPage: backwards && more },
    totalCount: items.length,
  }
}

/** Every resolver of a Query, by looking at everything. */
export function naiveRoot(parts: readonly Part[]) {
  const chosen = (filter: Filter) => parts.filter(({ key }) => among(filter?.['accounts'], key))
  const users = (of: readonly Part[], args: PageOf) => {
    const all = of.flatMap((part) => part.users.map((user) => ({ part, of: user })))
    const kept = all.filter((each) => keepsUser(args.filter ?? {}, each.of))
    return connection(sorted(kept, args), userNode, args)
  }
  const conferences = (of: readonly Part[], args: PageOf, owner?: User) => {
    refuseEmptySpan(args.filter)
    const all = of.flatMap((part) => part.conferences.map((conference) => ({ part, of: conference })))
    const owned = all.filter((each) => !owner || each.of.ownerId === owner.vendorId)
    const kept = owned.filter(({ part, of }) => keepsConference(args.filter ?? {}, part, of))
    return connection(sorted(kept, args), conferenceNode, args)
  }

  const accountNode = (part: Part) => ({
    __typename: 'Account',
    id: idOf('Account', part.key),
    key: part.key,
    vendor: part.account.vendorName,
    capabilities: part.account.capabilities,
    users: (args: PageOf) => users([part], args),
    conferences: (args: PageOf) => conferences([part], args),
  })
  const findUser = (part: Part, vendorId: string | null) => {
    const user = part.users.find((each) => each.vendorId === vendorId)
    return user ? userNode(part, user) : null
  }
  const findConference = (part: Part, vendorId: string) => {
    const conference = part.conferences.find((each) => each.vendorId === vendorId)
    return conference ? conferenceNode(part, conference) : null
  }
  const userNode = (part: Part, user: User): object => ({
    ...user,
    __typename: 'User',
    id: idOf('User', part.key, encodeURIComponent(user.vendorId)),
    account: accountNode(part),
    createdAt: iso(user.createdAt),
    lastSeenAt: iso(user.lastSeenAt),
    sameAs: () =>
      parts
        .filter((other) => other !== part)
        .flatMap((other) =>
          other.users
            .filter(({ email }) => email !== null && email.toLowerCase() === user.email?.toLowerCase())
            .map((each) => userNode(other, each)),
        ),
    conferences: (args: PageOf) => conferences([part], args, user),
  })
  const conferenceNode = (part: Part, it: Conference): object => ({
    ...it,
    __typename: 'Conference',
    id: idOf('Conference', part.key, encodeURIComponent(it.vendorId)),
    account: accountNode(part),
    createdAt: iso(it.createdAt),
    schedule: () => scheduleNode(it.schedule),
    owner: () => findUser(part, it.ownerId),
    participants: (args: PageOf) => {
      const all = (part.participants.get(it.vendorId) ?? []).map((of) => ({ part, of }))
      return connection(
        all.filter(({ of }) => among(args.filter?.['status'], of.status)),
        participantNode,
        args,
      )
    },
  })
  const participantNode = (part: Part, it: Participant): object => ({
    ...it,
    __typename: 'Participant',
    id: idOf('Participant', part.key, encodeURIComponent(it.conferenceId), encodeURIComponent(it.vendorId)),
    account: accountNode(part),
    joinedAt: iso(it.joinedAt),
    leftAt: iso(it.leftAt),
    conference: () => findConference(part, it.conferenceId),
    user: () => findUser(part, it.userId),
  })
  const node = (id: string) => {
    const [type, key, ...ids] = Buffer.from(id, 'base64url').toString().split(':').map(decodeURIComponent)
    const part = parts.find((each) => each.key === key)
    if (!part) return null
    if (type === 'Account') return accountNode(part)
    return type === 'User' ? findUser(part, ids[0]!) : findConference(part, ids[0]!)
  }
  return {
    accounts: parts.map(accountNode),
    account: ({ key }: { key: string }) => parts.filter((part) => part.key === key).map(accountNode)[0] ?? null,
    users: (args: PageOf) => users(chosen(args.filter), args),
    conferences: (args: PageOf) => conferences(chosen(args.filter), args),
    user: ({ id }: { id: string }) => node(id),
    conference: ({ id }: { id: string }) => node(id),
    node: ({ id }: { id: string }) => node(id),
    nodes: ({ ids }: { ids: string[] }) => ids.map(node),
  }
}

const kinds = { once: 'OneTimeSchedule', recurring: 'RecurringSchedule', permanent: 'PermanentSchedule' }
function scheduleNode(schedule: Schedule | null): object | null {
  if (!schedule) return null
  const dates = Object.entries(schedule).map(([name, value]) => [name, value instanceof Date ? iso(value) : value])
  return { ...Object.fromEntries(dates), __typename: kinds[schedule.kind] }
}

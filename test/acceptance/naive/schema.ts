/**
 * Creates the part of the schema whose results the naive implementation can compute, with scalars for which the tests have
 * literals. It has neither cursors nor fields about vendor calls.
 *
 * @param varying Fields that are omitted because vendors report them differently for a single object and in a list.
 */
export function createComparableSchema(
  page: 'first' | 'last',
  varying: { user: Set<string>; conference: Set<string> },
): string {
  const omitFields = (names: Set<string>, fields: string): string =>
    fields
      .split('\n')
      .filter((line) => !names.has(/\w+/.exec(line)?.[0] ?? ''))
      .join('\n')
  return `
scalar Size
scalar AccountKey
scalar Word
scalar KnownEmail
scalar Moment
scalar Tag
scalar AnyId
scalar UserId
scalar ConferenceId

type Query {
  accounts: [Account!]!
  account(key: AccountKey!): Account
  users(${page}: Size!, filter: UserFilter, orderBy: UserOrder): UserConnection
  conferences(${page}: Size!, filter: ConferenceFilter, orderBy: ConferenceOrder): ConferenceConnection
  user(id: UserId!): User
  conference(id: ConferenceId!): Conference
  node(id: AnyId!): Node
  nodes(ids: [AnyId!]!): [Node]!
}
interface Node { id: ID! }
type Account implements Node {
  id: ID!
  key: String!
  vendor: String!
  capabilities: [String!]!
  users(${page}: Size!, filter: OwnUserFilter): UserConnection
  conferences(${page}: Size!, filter: OwnConferenceFilter): ConferenceConnection
}
type User implements Node {${omitFields(
    varying.user,
    `
  id: ID!
  account: Account!
  vendorId: String!
  email: String
  displayName: String
  givenName: String
  familyName: String
  status: UserStatus!
  presence: String
  avatarUrl: String
  phoneNumbers: [String!]!
  company: String
  department: String
  timeZone: String
  createdAt: String
  lastSeenAt: String
  sameAs: [User!]!
  conferences(${page}: Size!, filter: OwnConferenceFilter): ConferenceConnection`,
  )}
}
type Conference implements Node {${omitFields(
    varying.conference,
    `
  id: ID!
  account: Account!
  vendorId: String!
  kind: String!
  title: String!
  description: String
  mode: String
  schedule: Schedule
  owner: User
  maxParticipants: Int
  allowGuests: Boolean
  tags: [String!]!
  joinUrl: String
  createdAt: String
  participants(${page}: Size!, filter: ParticipantFilter): ParticipantConnection`,
  )}
}
type Participant implements Node {
  id: ID!
  account: Account!
  vendorId: String!
  conference: Conference!
  user: User
  displayName: String
  email: String
  role: String!
  status: String!
  joinedAt: String
  leftAt: String
  joinUrl: String
}
union Schedule = OneTimeSchedule | RecurringSchedule | PermanentSchedule
type OneTimeSchedule { startsAt: String! durationMinutes: Int timeZone: String }
type RecurringSchedule { rrule: String! durationMinutes: Int timeZone: String }
type PermanentSchedule { since: String }

${['User', 'Conference', 'Participant']
  .map(
    (name) => `
type ${name}Connection { nodes: [${name}!]! edges: [${name}Edge!]! pageInfo: PageInfo! totalCount: Int }
type ${name}Edge { node: ${name}! }`,
  )
  .join('')}
type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! }

enum UserStatus { ACTIVE INACTIVE PENDING UNKNOWN }
enum ParticipantStatus { INVITED REGISTERED WAITING JOINED LEFT UNKNOWN }
enum SortDirection { ASC DESC }
enum UserOrderField { DISPLAY_NAME EMAIL }
enum ConferenceOrderField { TITLE STARTS_AT }
input UserFilter { accounts: [AccountKey!] email: KnownEmail search: Word status: [UserStatus!] }
input OwnUserFilter { email: KnownEmail search: Word status: [UserStatus!] }
input ConferenceFilter {
  accounts: [AccountKey!] ownerId: UserId search: Word startsFrom: Moment startsBefore: Moment tag: Tag
}
input OwnConferenceFilter { search: Word startsFrom: Moment startsBefore: Moment tag: Tag }
input ParticipantFilter { status: [ParticipantStatus!] }
input UserOrder { field: UserOrderField! direction: SortDirection! }
input ConferenceOrder { field: ConferenceOrderField! direction: SortDirection! }
`
}

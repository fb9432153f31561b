import type { GraphQLResolveInfo } from 'graphql'
import type { Context } from './context.ts'
import type { WithAccount } from './with-account.ts'
import type { PageArguments } from '../paging/relay.ts'
import type { FlatList } from '../vendors/vendor-lists.ts'
import type { Session, User } from '../vendors/vendor-objects.ts'
import type { Vendor } from '../vendors/vendor.ts'
import { builder } from './builder.ts'
import { defineConnection, pageArguments, resolveList } from './connection.ts'
import { encodeId } from './ids.ts'
import { mergeAttendance, type Attendance, type Join } from './merge-attendance.ts'
import { ParticipantRole } from './participant.ts'
import { selectsNodeField } from './selects-field.ts'
import { SessionRef } from './session.ts'
import { UserRef } from './user.ts'

const JoinRef = builder.objectRef<Join>('Join').implement({
  description: 'One stay of one person in a session.',
  fields: (t) => ({
    displayName: t.exposeString('displayName', {
      description: 'Name that was displayed during this stay. Null if the vendor does not report it.',
    }),
    joinedAt: t.expose('joinedAt', {
      type: 'DateTime',
      description: 'When the stay began. Null if the vendor does not report it.',
    }),
    leftAt: t.expose('leftAt', {
      type: 'DateTime',
      description: 'When the stay ended. Null while the stay continues, or if the vendor does not report it.',
    }),
    seconds: t.exposeInt('seconds', {
      description: 'Time from `joinedAt` to `leftAt`, in seconds. Null if one of them is null.',
    }),
    raw: t.field({
      type: 'JSON',
      nullable: false,
      description:
        "The vendor's JSON object for this row of the report, without credentials. Integers beyond ±2^53 are strings.",
      resolve: (join) => join.raw,
    }),
  }),
})

const AttendanceIdentityEnum = builder.enumType('AttendanceIdentity', {
  description: 'How a person was recognized, most reliable first.',
  values: {
    USER: { description: "By the vendor's user ID." },
    EMAIL: { description: 'By email address, ignoring case.' },
    REGISTRATION: { description: 'By the registration with which the person joined.' },
    NONE: {
      description:
        'Not recognized: one join of a person whom the vendor does not identify. If the same guest joins again, that is another entry.',
    },
  } as const,
})

const AttendanceRef = builder.objectRef<WithAccount<Attendance>>('Attendance').implement({
  description:
    "One person in one session, with all joins combined. Rows of the vendor's report belong to the same person if they share the vendor's user ID, the email address, or the registration. Names are never compared.",
  fields: (t) => ({
    user: t.field({
      type: UserRef,
      description: "User of the account, found by the vendor's ID or by email address. Null for anyone else.",
      resolve: findUser,
    }),
    displayName: t.exposeString('displayName', {
      description:
        'Name as displayed to the other participants in the latest join. Null if the vendor does not report it.',
    }),
    email: t.field({
      type: 'EmailAddress',
      description: 'Email address. Null if the vendor does not report it.',
      resolve: ({ emails }) => emails[0] ?? null,
    }),
    role: t.expose('role', {
      type: ParticipantRole,
      nullable: false,
      description: 'Role of the person in the session.',
    }),
    identifiedBy: t.expose('identifiedBy', {
      type: AttendanceIdentityEnum,
      nullable: false,
      description: 'How the joins were recognized as those of one person.',
    }),
    firstJoinedAt: t.expose('firstJoinedAt', {
      type: 'DateTime',
      description: 'When the person first joined. Null if the vendor does not report it.',
    }),
    lastLeftAt: t.expose('lastLeftAt', {
      type: 'DateTime',
      description:
        'When the person last left. Null while the person or one of their devices is in the session, or if the vendor does not report it.',
    }),
    seconds: t.exposeInt('seconds', {
      description:
        'Time that the person was present, in seconds. Overlapping stays count once. Null if no stay has both a start and an end.',
    }),
    joins: t.field({
      type: [JoinRef],
      nullable: { list: false, items: false },
      description:
        'Stays of the person, earliest first: one for each time that the person or one of their devices joined. Time in a waiting room is not included.',
      resolve: (attendance) => [...attendance.joins],
    }),
  }),
})

async function findUser(
  { account, userIds, emails }: WithAccount<Attendance>,
  _: object,
  { loaders }: Context,
): Promise<WithAccount<User> | null> {
  for (const id of userIds) {
    const user = await loaders.loadUser(account, id)
    if (user) return user
  }
  for (const email of emails) {
    const [user] = await loaders.loadUsersByEmail(account, email)
    if (user) return user
  }
  return null
}

const AttendanceConnection = defineConnection<Attendance>(
  'Attendance',
  AttendanceRef,
  'A page of the people who attended one session.',
)

/** Creates the list of the people who attended a session, which is one page because every row of the report is needed. */
function createAttendanceList(
  read: Required<Vendor>['readAttendance'],
  session: Session,
  maxRows: number,
): FlatList<Attendance> {
  return {
    maxSize: 100,
    reportsTotal: true,
    async loadPage(_, call) {
      const { rows, problem } = await read(session, maxRows, call)
      const items = await mergeAttendance(rows)
      const isUnknown = problem?.code === 'UNSUPPORTED_BY_VENDOR'
      const page = { items, next: null, previous: null, total: isUnknown ? null : items.length }
      return problem ? { ...page, problem } : page
    },
    getId: (person) => (person as Attendance).id,
    parseItem: (person) => person as Attendance,
  }
}

async function listAttendance(
  session: WithAccount<Session>,
  args: PageArguments,
  context: Context,
  info: GraphQLResolveInfo,
) {
  const { account, vendorId } = session
  const read = account.vendor.readAttendance
  const page = await resolveList<Attendance>(
    {
      field: `${encodeId('Session', account.key, vendorId)}.attendance`,
      accounts: [account],
      getList: () => read && createAttendanceList(read, session, context.limits.attendanceRows),
      args,
      filter: null,
      matches: () => true,
    },
    context,
  )
  if (selectsNodeField(info, 'user'))
    await context.loaders.prepareMembers(
      account,
      page.edges.flatMap(({ node }) => node.userIds),
    )
  return page
}

builder.objectField(SessionRef, 'attendance', (t) =>
  t.field({
    type: AttendanceConnection,
    description:
      'People who attended, one entry per person. Null, with the error `NOT_READY`, while the vendor is still preparing its report; null with another error if the report cannot be read.',
    args: pageArguments,
    resolve: listAttendance,
  }),
)

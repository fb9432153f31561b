import type { Context } from '../context.ts'
import type { Owned } from '../owned.ts'
import type { PageArguments } from '../paging/relay.ts'
import type { Account } from '../vendors/accounts.ts'
import type { Conference, User } from '../vendors/vendor.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { connectionOf, pageArguments, resolveList } from './connection.ts'
import { conferenceFilterOf, keepsConference, selectAccounts } from './filters.ts'
import { decodeId, encodeId } from './ids.ts'
import { asNode, findNode, findsNode, Node } from './node.ts'
import { ScheduleUnion } from './schedule.ts'
import { resolveConferenceField } from './unlisted.ts'
import { startOf } from './start-window.ts'
import { SortDirection, UserRef } from './user.ts'
import { wording } from './wording.ts'

const ConferenceKind = builder.enumType('ConferenceKind', {
  description: 'What kind of place it is.',
  values: {
    MEETING: { description: 'It has a time.' },
    ROOM: { description: 'It is always there: a TrueConf virtual room, a Zoom meeting without a fixed time.' },
    WORKSPACE: { description: 'An iMeet Central workspace, where people meet over files.' },
    UNKNOWN: { description: 'The vendor says something new.' },
  } as const,
})

export const ConferenceMode = builder.enumType('ConferenceMode', {
  description: 'Who is seen and heard, where the vendor has such modes (TrueConf).',
  values: {
    ALL_ON_SCREEN: { description: 'Everybody sees everybody.' },
    VIDEO_LECTURE: { description: 'Everybody sees the presenter, who sees all.' },
    MODERATED: { description: 'Roles, given by a moderator.' },
    SMART_MEETING: { description: 'Roles, given to who speaks.' },
  } as const,
})

const ConferenceState = builder.enumType('ConferenceState', {
  description: 'Whether it runs. Zoom tells it of single meetings only; in lists it is taken from the times.',
  values: {
    SCHEDULED: { description: 'It is to come.' },
    RUNNING: { description: 'It is on now.' },
    IDLE: { description: 'A room in which nobody is.' },
    ENDED: { description: 'It is over.' },
    UNKNOWN: { description: 'The vendor does not say.' },
  } as const,
})

export const ConferenceRef = builder.objectRef<Owned<Conference>>('Conference')

ConferenceRef.implement({
  description: 'A meeting, a virtual room or a workspace at one vendor.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.field({
      type: 'ID',
      nullable: false,
      description: wording.id,
      resolve: (it) => encodeId('Conference', it.account.key, it.vendorId),
    }),
    account: t.field({
      type: AccountRef,
      nullable: false,
      description: wording.account,
      resolve: (conference) => conference.account,
    }),
    vendorId: t.exposeString('vendorId', { nullable: false, description: "The vendor's own id." }),
    kind: t.expose('kind', { type: ConferenceKind, nullable: false, description: 'What kind of place it is.' }),
    title: t.exposeString('title', { nullable: false, description: 'Its name for people.' }),
    description: t.string({
      description: 'Description. Null if there is none. Zoom: one vendor call for each long one in a list.',
      resolve: resolveConferenceField('description'),
    }),
    mode: t.expose('mode', {
      type: ConferenceMode,
      description: 'Null where the vendor has no modes (Zoom, iMeet Central).',
    }),
    state: t.expose('state', { type: ConferenceState, nullable: false, description: 'Whether it runs.' }),
    schedule: t.field({
      type: ScheduleUnion,
      description: 'Schedule. Null if the vendor reports no times. Zoom: one vendor call for each series in a list.',
      resolve: resolveConferenceField('schedule'),
    }),
    owner: t.field({
      type: UserRef,
      description:
        'The host. Null where the vendor names none (iMeet Central). Looked up together with the other owners of the page.',
      resolve: ({ account, ownerId }, _, { loaders }) => (ownerId === null ? null : loaders.user(account, ownerId)),
    }),
    maxParticipants: t.exposeInt('maxParticipants', { description: 'How many can be in it at once. TrueConf only.' }),
    allowGuests: t.boolean({
      description:
        'Whether people without a vendor account can join. Null if the vendor does not report it. Zoom: one vendor call for each conference of a list.',
      resolve: resolveConferenceField('allowGuests'),
    }),
    tags: t.field({
      type: ['String'],
      nullable: { list: false, items: false },
      description: 'Words to find it by. TrueConf; empty elsewhere.',
      resolve: (conference) => conference.tags,
    }),
    joinUrl: t.expose('joinUrl', { type: 'URL', description: "Where a participant joins. Never a host's credential." }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made. Not at iMeet Central.' }),
    raw: t.field({
      type: 'JSON',
      nullable: false,
      description: wording.raw,
      resolve: (conference) => conference.raw,
    }),
  }),
})

const ConferenceConnection = connectionOf<Conference>('Conference', ConferenceRef)

const ConferenceFilterInput = builder.inputType('ConferenceFilter', {
  description: 'All that is given must hold.',
  fields: (t) => ({
    accounts: t.stringList({ description: 'Keys of accounts; empty or absent means all.' }),
    ownerId: t.id({ description: 'Those that this user owns.' }),
    search: t.string({ description: 'The start of any word of the title, letter case ignored.' }),
    state: t.field({ type: [ConferenceState], description: 'Any of these; empty or absent means all.' }),
    startsFrom: t.field({
      type: 'DateTime',
      description: 'Earliest start. A series matches if any of its occurrences does.',
    }),
    startsBefore: t.field({
      type: 'DateTime',
      description: 'End of the window, exclusive. A series matches if any of its occurrences does.',
    }),
    tag: t.string({ description: 'Those with this tag, exactly so.' }),
  }),
})

const ConferenceOrderField = builder.enumType('ConferenceOrderField', {
  description: 'What conferences can be ordered by.',
  values: {
    STARTS_AT: { description: 'When it starts, or starts next.' },
    TITLE: { description: 'Its title.' },
    CREATED_AT: { description: 'When it was made.' },
  } as const,
})

const ConferenceOrder = builder.inputType('ConferenceOrder', {
  description: wording.order,
  fields: (t) => ({
    field: t.field({
      type: ConferenceOrderField,
      required: true,
      description: 'By what; objects without it stand at the end.',
    }),
    direction: t.field({
      type: SortDirection,
      required: true,
      defaultValue: 'ASC',
      description: 'Which end comes first.',
    }),
  }),
})

const orderKeys = {
  STARTS_AT: (conference: Conference) => startOf(conference)?.getTime() ?? null,
  TITLE: (conference: Conference) => conference.title,
  CREATED_AT: (conference: Conference) => conference.createdAt?.getTime() ?? null,
}

interface ConferenceListArguments extends PageArguments {
  filter?: typeof ConferenceFilterInput.$inferInput | null | undefined
  orderBy?: typeof ConferenceOrder.$inferInput | null | undefined
}

interface Owner {
  account: Account
  vendorId: string
}

/** `owner`: whose conferences they are; from the field's parent, or the filter. */
function listConferences(
  available: readonly Account[],
  field: string,
  args: ConferenceListArguments,
  context: Context,
  owner?: Owner,
) {
  const { accounts: keys, ...given } = args.filter ?? {}
  const selected = selectAccounts(available, keys)
  const owners = [owner, given.ownerId == null ? undefined : ownerOf(given.ownerId, context)].filter(
    (one) => one !== undefined,
  )
  const filter = conferenceFilterOf(given, owners[0]?.vendorId)
  // An owner has conferences in its own account only; two different owners have none together.
  const accounts = selected.filter((account) => owners.every((one) => one?.account === account))
  const nobody =
    owners.some((one) => one?.vendorId !== owners[0]?.vendorId) || (owners.length > 0 && accounts.length === 0)
  const order = args.orderBy
  return resolveList<Conference>(
    {
      field,
      accounts,
      accountKeys: keys,
      listing: ({ vendor }) => vendor.conferences?.({ ...filter, needsStarts: order?.field === 'STARTS_AT' }),
      args,
      filter,
      isEmpty: nobody,
      keep: nobody ? () => false : keepsConference(filter),
      onOuter: (account, host) => context.loaders.knowUser(account, host as User),
      order: order && {
        by: order.field,
        descending: order.direction === 'DESC',
        key: orderKeys[order.field],
        id: (conference) => conference.vendorId,
      },
    },
    context,
  )
}

function ownerOf(id: string, context: Context): Owner | null {
  const { account, parts } = decodeId(id, 'filter.ownerId', 'User')
  const known = context.accounts.find((one) => one.key === account)
  return known ? { account: known, vendorId: parts[0]! } : null
}

builder.queryFields((t) => ({
  conferences: t.field({
    type: ConferenceConnection,
    description:
      'The conferences of all accounts as one list. Null, with an error, only where every account asked failed.',
    args: {
      ...pageArguments,
      filter: t.arg({ type: ConferenceFilterInput, description: wording.filter }),
      orderBy: t.arg({ type: ConferenceOrder, description: wording.orderBy }),
    },
    resolve: (_, args, context) => listConferences(context.accounts, 'conferences', args, context),
  }),
  conference: t.field({
    type: ConferenceRef,
    description: 'One conference by id; null where it is gone.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of a conference.' }) },
    resolve: async (_, { id }, context) =>
      (await findNode(id, 'id', context, 'Conference')) as Owned<Conference> | null,
  }),
}))

builder.objectField(AccountRef, 'conferences', (t) =>
  t.field({
    type: ConferenceConnection,
    description: 'The conferences of this account. Null, with an error, where it failed.',
    args: { ...pageArguments, filter: t.arg({ type: ConferenceFilterInput, description: wording.filter }) },
    resolve: (account, args, context) => listConferences([account], `${account.key}.conferences`, args, context),
  }),
)

builder.objectField(UserRef, 'conferences', (t) =>
  t.field({
    type: ConferenceConnection,
    description: 'Conferences that this user owns.',
    args: { ...pageArguments, filter: t.arg({ type: ConferenceFilterInput, description: wording.filter }) },
    resolve: (user, args, context) =>
      listConferences(
        [user.account],
        `${encodeId('User', user.account.key, user.vendorId)}.conferences`,
        args,
        context,
        user,
      ),
  }),
)

findsNode('Conference', async ({ parts }, account, { loaders }) => {
  const conference = await loaders.conference(account!, parts[0]!)
  return conference && conference.vendorId === parts[0] ? asNode('Conference', conference) : null
})

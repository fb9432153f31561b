import type { GraphQLResolveInfo } from 'graphql'
import type { Context } from './context.ts'
import type { WithAccount } from './with-account.ts'
import type { Connection, PageArguments } from '../paging/relay.ts'
import type { Account } from '../vendors/accounts.ts'
import type { Conference, User } from '../vendors/vendor.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { ConferenceRef, ConferenceState } from './conference.ts'
import { defineConnection, pageArguments, resolveList } from './connection.ts'
import { toConferenceFilter, createConferencePredicate, selectAccounts } from './filters.ts'
import { decodeId, encodeId } from './ids.ts'
import { findNode } from './node.ts'
import { selectsNodeField } from './selects-field.ts'
import { getStart } from './start-window.ts'
import { SortDirection, UserRef } from './user.ts'
import { sharedDescriptions } from './shared-descriptions.ts'

const ConferenceConnection = defineConnection<Conference>('Conference', ConferenceRef)

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
  description: sharedDescriptions.order,
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
  STARTS_AT: (conference: Conference) => getStart(conference)?.getTime() ?? null,
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
async function listConferences(
  available: readonly Account[],
  field: string,
  args: ConferenceListArguments,
  context: Context,
  info: GraphQLResolveInfo,
  owner?: Owner,
) {
  const { accounts: keys, ...given } = args.filter ?? {}
  const selected = selectAccounts(available, keys)
  const owners = [owner, given.ownerId == null ? undefined : findOwner(given.ownerId, context)].filter(
    (one) => one !== undefined,
  )
  const filter = toConferenceFilter(given, owners[0]?.vendorId)
  // An owner has conferences in its own account only; two different owners have none together.
  const accounts = selected.filter((account) => owners.every((one) => one?.account === account))
  const nobody =
    owners.some((one) => one?.vendorId !== owners[0]?.vendorId) || (owners.length > 0 && accounts.length === 0)
  const order = args.orderBy
  const page = await resolveList<Conference>(
    {
      field,
      accounts,
      accountKeys: keys,
      getList: ({ vendor }) => vendor.conferences?.({ ...filter, needsStarts: order?.field === 'STARTS_AT' }),
      args,
      filter,
      isEmpty: nobody,
      matches: nobody ? () => false : createConferencePredicate(filter),
      onOuter: (account, host) => context.loaders.primeUser(account, host as User),
      order: order && {
        by: order.field,
        descending: order.direction === 'DESC',
        key: orderKeys[order.field],
        id: (conference) => conference.vendorId,
      },
    },
    context,
  )
  if (selectsNodeField(info, 'owner')) await lookUpOwners(page, context)
  return page
}

/** Looks the owners of a page up together, so that none of its conferences has to wait for its own. */
async function lookUpOwners({ edges }: Connection<WithAccount<Conference>>, { loaders }: Context): Promise<void> {
  const byAccount = Map.groupBy(edges, ({ account }) => account)
  const lookUps = [...byAccount].map(([account, own]) =>
    loaders.prepareUsers(
      account,
      own.map(({ node }) => node.ownerId).filter((id) => id !== null),
    ),
  )
  await Promise.all(lookUps)
}

function findOwner(id: string, context: Context): Owner | null {
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
      filter: t.arg({ type: ConferenceFilterInput, description: sharedDescriptions.filter }),
      orderBy: t.arg({ type: ConferenceOrder, description: sharedDescriptions.orderBy }),
    },
    resolve: (_, args, context, info) => listConferences(context.accounts, 'conferences', args, context, info),
  }),
  conference: t.field({
    type: ConferenceRef,
    description: 'One conference by id; null where it is gone.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of a conference.' }) },
    resolve: async (_, { id }, context) =>
      (await findNode(id, 'id', context, 'Conference')) as WithAccount<Conference> | null,
  }),
}))

builder.objectField(AccountRef, 'conferences', (t) =>
  t.field({
    type: ConferenceConnection,
    description: 'The conferences of this account. Null, with an error, where it failed.',
    args: { ...pageArguments, filter: t.arg({ type: ConferenceFilterInput, description: sharedDescriptions.filter }) },
    resolve: (account, args, context, info) =>
      listConferences([account], `${account.key}.conferences`, args, context, info),
  }),
)

builder.objectField(UserRef, 'conferences', (t) =>
  t.field({
    type: ConferenceConnection,
    description: 'Conferences that this user owns.',
    args: { ...pageArguments, filter: t.arg({ type: ConferenceFilterInput, description: sharedDescriptions.filter }) },
    resolve: (user, args, context, info) =>
      listConferences(
        [user.account],
        `${encodeId('User', user.account.key, user.vendorId)}.conferences`,
        args,
        context,
        info,
        user,
      ),
  }),
)

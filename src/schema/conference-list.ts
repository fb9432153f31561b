import type { GraphQLResolveInfo } from 'graphql'
import type { Context } from './context.ts'
import type { WithAccount } from './with-account.ts'
import type { Connection, PageArguments } from '../paging/relay.ts'
import type { Account } from '../vendors/accounts.ts'
import type { Conference, User } from '../vendors/vendor-objects.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { ConferenceRef, ConferenceState } from './conference.ts'
import { defineConnection, pageArguments, resolveList } from './connection.ts'
import { toConferenceFilter, createConferencePredicate, selectAccounts } from './filters.ts'
import { decodeId, encodeId } from './ids.ts'
import { findNode } from './node.ts'
import { selectsNodeField } from './selects-field.ts'
import { findStart, type StartWindow } from './start-window.ts'
import { SortDirection, UserRef } from './user.ts'
import { semanticNonNull } from './semantic-non-null.ts'
import { nullIfAccountFails, nullIfMissing, sharedDescriptions } from './shared-descriptions.ts'

const ConferenceConnection = defineConnection<Conference>(
  'Conference',
  ConferenceRef,
  'A page of conferences, account by account in configuration order, or in the order of `orderBy`.',
)

const ConferenceFilterInput = builder.inputType('ConferenceFilter', {
  description: 'Filter for conferences. If several fields are set, all of them must match.',
  fields: (t) => ({
    accounts: t.stringList({ description: sharedDescriptions.accounts }),
    ownerId: t.id({ description: 'ID of the user who owns the conferences.' }),
    search: t.string({
      description: 'Text at the beginning of any word of the title, ignoring case. 1 to 200 characters.',
    }),
    state: t.field({ type: [ConferenceState], description: 'States to include. If omitted or empty, all states.' }),
    startsFrom: t.field({
      type: 'DateTime',
      description:
        'Includes only conferences that start at or after this time. A series matches with any occurrence that is not canceled.',
    }),
    startsBefore: t.field({
      type: 'DateTime',
      description:
        'Includes only conferences that start before this time. With `startsFrom`, one occurrence must start between the two times.',
    }),
    tag: t.string({ description: 'Tag that the conferences have. The case must match. At most 200 characters.' }),
  }),
})

const ConferenceOrderField = builder.enumType('ConferenceOrderField', {
  description: 'A field by which conferences can be sorted.',
  values: {
    STARTS_AT: {
      description:
        'Start time. For a series: its first occurrence in the period of the filter, or its next occurrence if the filter has no period.',
    },
    TITLE: { description: 'Title.' },
    CREATED_AT: { description: 'Time of creation.' },
  } as const,
})

const ConferenceOrder = builder.inputType('ConferenceOrder', {
  description: sharedDescriptions.order,
  fields: (t) => ({
    field: t.field({
      type: ConferenceOrderField,
      required: true,
      description: 'Field to sort by. Items without a value come last.',
    }),
    direction: t.field({
      type: SortDirection,
      required: true,
      defaultValue: 'ASC',
      description: 'Sort direction.',
    }),
  }),
})

const sortKeyGetters = {
  STARTS_AT: (conference: Conference, window: StartWindow) => findStart(conference, window)?.getTime() ?? null,
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

/**
 * Lists conferences of accounts, or of one owner.
 *
 * @param owner User whose conferences are listed, if the field's parent is a user. The filter can have an owner, too.
 */
async function listConferences(
  available: readonly Account[],
  field: string,
  args: ConferenceListArguments,
  context: Context,
  info: GraphQLResolveInfo,
  owner?: Owner,
) {
  const { accounts: keys, ...conditions } = args.filter ?? {}
  const selected = selectAccounts(available, keys)
  const owners = [owner, conditions.ownerId == null ? undefined : findOwner(conditions.ownerId, context)].filter(
    (candidate) => candidate !== undefined,
  )
  const filter = toConferenceFilter(conditions, owners[0]?.vendorId)
  // A user owns conferences in one account only, and no conference has two owners.
  const accounts = selected.filter((account) => owners.every((candidate) => candidate?.account === account))
  const isEmpty =
    owners.some((candidate) => candidate?.vendorId !== owners[0]?.vendorId) ||
    (owners.length > 0 && accounts.length === 0)
  const order = args.orderBy
  const page = await resolveList<Conference>(
    {
      field,
      accounts,
      accountKeys: keys,
      getList: ({ vendor }) => vendor.conferences?.({ ...filter, needsStarts: order?.field === 'STARTS_AT' }),
      args,
      filter,
      isEmpty,
      matches: isEmpty ? () => false : createConferencePredicate(filter),
      onParentItem: (account, host) => context.loaders.primeUser(account, host as User),
      order: order && {
        by: order.field,
        isDescending: order.direction === 'DESC',
        getSortKey: (conference) => sortKeyGetters[order.field](conference, filter),
        getId: (conference) => conference.vendorId,
      },
    },
    context,
  )
  if (selectsNodeField(info, 'owner')) await lookUpOwners(page, context)
  return page
}

/** Looks up the owners of a page in one batch, so that no conference waits for a vendor call of its own. */
async function lookUpOwners({ edges }: Connection<WithAccount<Conference>>, { loaders }: Context): Promise<void> {
  const edgesByAccount = Map.groupBy(edges, ({ account }) => account)
  const lookUps = [...edgesByAccount].map(([account, accountEdges]) =>
    loaders.prepareUsers(
      account,
      accountEdges.map(({ node }) => node.ownerId).filter((id) => id !== null),
    ),
  )
  await Promise.all(lookUps)
}

function findOwner(id: string, context: Context): Owner | null {
  const { account: key, parts } = decodeId(id, 'filter.ownerId', 'User')
  const account = context.accounts.find((candidate) => candidate.key === key)
  return account ? { account, vendorId: parts[0]! } : null
}

builder.queryFields((t) => ({
  conferences: t.field({
    type: ConferenceConnection,
    ...semanticNonNull,
    description:
      'Returns the conferences of all accounts as one list. If some accounts fail, the items of the others are returned. Null, with an error in `errors`, if every queried account fails or an argument is rejected.',
    args: {
      ...pageArguments,
      filter: t.arg({ type: ConferenceFilterInput, description: sharedDescriptions.conferenceFilter }),
      orderBy: t.arg({ type: ConferenceOrder, description: sharedDescriptions.orderBy }),
    },
    resolve: (_, args, context, info) => listConferences(context.accounts, 'conferences', args, context, info),
  }),
  conference: t.field({
    type: ConferenceRef,
    description: `Returns a conference by ID. ${nullIfMissing}`,
    args: { id: t.arg.id({ required: true, description: 'ID of the conference.' }) },
    resolve: (_, { id }, context) =>
      findNode(id, 'id', context, 'Conference') as Promise<WithAccount<Conference> | null>,
  }),
}))

builder.objectField(AccountRef, 'conferences', (t) =>
  t.field({
    type: ConferenceConnection,
    ...semanticNonNull,
    description: `Conferences of this account. ${nullIfAccountFails}`,
    args: {
      ...pageArguments,
      filter: t.arg({ type: ConferenceFilterInput, description: sharedDescriptions.conferenceFilter }),
    },
    resolve: (account, args, context, info) =>
      listConferences([account], `${account.key}.conferences`, args, context, info),
  }),
)

builder.objectField(UserRef, 'conferences', (t) =>
  t.field({
    type: ConferenceConnection,
    ...semanticNonNull,
    description: `Conferences that this user owns. ${nullIfAccountFails}`,
    args: {
      ...pageArguments,
      filter: t.arg({ type: ConferenceFilterInput, description: sharedDescriptions.conferenceFilter }),
    },
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

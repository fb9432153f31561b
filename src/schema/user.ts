import type { WithAccount } from './with-account.ts'
import type { PageArguments } from '../paging/relay.ts'
import type { UserFilter } from '../vendors/vendor-inputs.ts'
import type { User } from '../vendors/vendor-objects.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { defineConnection, pageArguments, resolveList } from './connection.ts'
import { validateSearch, createUserPredicate, selectAccounts } from './filters.ts'
import { encodeId } from './ids.ts'
import { findNode, registerNodeFinder, Node } from './node.ts'
import type { Context } from './context.ts'
import type { Account } from '../vendors/accounts.ts'
import { resolveUserField } from './unlisted.ts'
import { semanticNonNull } from './semantic-non-null.ts'
import { nullIfAccountFails, nullIfMissing, sharedDescriptions } from './shared-descriptions.ts'

const UserStatus = builder.enumType('UserStatus', {
  description: 'Whether a user can sign in at the vendor.',
  values: {
    ACTIVE: { description: 'Can sign in.' },
    INACTIVE: { description: 'Deactivated.' },
    PENDING: { description: 'Invited, but has not activated the vendor account.' },
    UNKNOWN: { description: 'Not reported by the vendor, or not recognized by Parley.' },
  } as const,
})

const Presence = builder.enumType('Presence', {
  description: 'Whether a user is signed in and available.',
  values: {
    OFFLINE: { description: 'Not signed in.' },
    ONLINE: { description: 'Signed in and available.' },
    BUSY: { description: 'Signed in and busy.' },
    IN_CONFERENCE: { description: 'In a conference that the user hosts.' },
    UNKNOWN: { description: 'Not recognized by Parley.' },
  } as const,
})

export const UserRef = builder.objectRef<WithAccount<User>>('User')

UserRef.implement({
  description: 'A user of one account. The same person at two vendors is two users: see `sameAs`.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.field({
      type: 'ID',
      nullable: false,
      description: sharedDescriptions.id,
      resolve: (user) => encodeId('User', user.account.key, user.vendorId),
    }),
    account: t.field({
      type: AccountRef,
      nullable: false,
      description: sharedDescriptions.account,
      resolve: (user) => user.account,
    }),
    vendorId: t.exposeString('vendorId', {
      nullable: false,
      description: sharedDescriptions.vendorId,
    }),
    email: t.expose('email', {
      type: 'EmailAddress',
      description: 'Email address. Null if the vendor does not report it.',
    }),
    displayName: t.exposeString('displayName', { description: 'Display name. Null if the vendor does not report it.' }),
    givenName: t.exposeString('givenName', { description: 'Given name. Null if the vendor does not report it.' }),
    familyName: t.exposeString('familyName', { description: 'Family name. Null if the vendor does not report it.' }),
    status: t.expose('status', {
      type: UserStatus,
      nullable: false,
      description: 'Whether the user can sign in at the vendor.',
    }),
    presence: t.expose('presence', {
      type: Presence,
      description: 'Whether the user is signed in and available. Null if the vendor does not report it.',
    }),
    avatarUrl: t.field({
      type: 'URL',
      description: 'URL of the avatar. Null if there is none, or if the vendor does not report it.',
      resolve: resolveUserField('avatarUrl'),
    }),
    phoneNumbers: t.field({
      type: ['String'],
      nullable: { list: false, items: false },
      description: 'Phone numbers in the format of the vendor. Empty if the vendor reports none.',
      resolve: resolveUserField('phoneNumbers'),
    }),
    company: t.exposeString('company', {
      description: 'Name of the company. Null if the vendor does not report it.',
    }),
    department: t.exposeString('department', { description: 'Department. Null if the vendor does not report it.' }),
    timeZone: t.expose('timeZone', {
      type: 'TimeZone',
      description: 'Time zone. Null if the vendor does not report it.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When the user was created. Null if the vendor does not report it.',
    }),
    lastSeenAt: t.expose('lastSeenAt', {
      type: 'DateTime',
      description:
        'When the user last signed in. Null if the user has never signed in, or if the vendor does not report it.',
    }),
    sameAs: t.field({
      type: [UserRef],
      nullable: { list: false, items: false },
      description: 'Users in your other accounts with the same email address, ignoring case. Names are never compared.',
      resolve: async (user, _, { accounts, loaders }) => {
        const { email } = user
        if (email === null) return []
        const others = accounts.filter((account) => account !== user.account)
        return (await Promise.all(others.map((account) => loaders.loadUsersByEmail(account, email)))).flat()
      },
    }),
    raw: t.field({
      type: 'JSON',
      nullable: false,
      description: sharedDescriptions.raw,
      resolve: (user) => user.raw,
    }),
  }),
})

export const UserConnection = defineConnection<User>(
  'User',
  UserRef,
  'A page of users, account by account in configuration order, or in the order of `orderBy`.',
)

const UserFilterInput = builder.inputType('UserFilter', {
  description: 'Filter for users. If several fields are set, all of them must match.',
  fields: (t) => ({
    accounts: t.stringList({ description: sharedDescriptions.accounts }),
    email: t.field({ type: 'EmailAddress', description: 'Complete email address, ignoring case.' }),
    search: t.string({
      description:
        'Text at the beginning of any word of a name or the email address, ignoring case. 1 to 200 characters.',
    }),
    status: t.field({ type: [UserStatus], description: 'Statuses to include. If omitted or empty, all statuses.' }),
  }),
})

export const SortDirection = builder.enumType('SortDirection', {
  description: 'A sort direction.',
  values: {
    ASC: { description: 'Earliest first, or in alphabetical order.' },
    DESC: { description: 'Latest first, or in reverse alphabetical order.' },
  } as const,
})

const UserOrderField = builder.enumType('UserOrderField', {
  description: 'A field by which users can be sorted.',
  values: {
    DISPLAY_NAME: { description: 'Display name.' },
    EMAIL: { description: 'Email address.' },
    CREATED_AT: { description: 'Time of creation.' },
  } as const,
})

const UserOrder = builder.inputType('UserOrder', {
  description: sharedDescriptions.order,
  fields: (t) => ({
    field: t.field({
      type: UserOrderField,
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
  DISPLAY_NAME: (user: User) => user.displayName,
  EMAIL: (user: User) => user.email,
  CREATED_AT: (user: User) => user.createdAt?.getTime() ?? null,
}

interface UserListArguments extends PageArguments {
  filter?: typeof UserFilterInput.$inferInput | null | undefined
  orderBy?: typeof UserOrder.$inferInput | null | undefined
}

function listUsers(available: readonly Account[], field: string, args: UserListArguments, context: Context) {
  const { accounts, ...conditions } = args.filter ?? {}
  const filter = toUserFilter(conditions)
  const order = args.orderBy
  return resolveList<User>(
    {
      field,
      accounts: selectAccounts(available, accounts),
      accountKeys: accounts,
      getList: ({ vendor }) => vendor.users?.(filter),
      args,
      filter,
      matches: createUserPredicate(filter),
      order: order && {
        by: order.field,
        isDescending: order.direction === 'DESC',
        getSortKey: sortKeyGetters[order.field],
        getId: (user) => user.vendorId,
      },
    },
    context,
  )
}

function toUserFilter({ email, search, status }: Omit<typeof UserFilterInput.$inferInput, 'accounts'>): UserFilter {
  validateSearch(search)
  return {
    ...(email == null ? {} : { email }),
    ...(search == null ? {} : { search }),
    ...(status == null || status.length === 0 ? {} : { status }),
  }
}

builder.queryFields((t) => ({
  users: t.field({
    type: UserConnection,
    ...semanticNonNull,
    description:
      'Returns the users of all accounts as one list. If some accounts fail, the items of the others are returned. Null, with an error in `errors`, if every queried account fails or an argument is rejected.',
    args: {
      ...pageArguments,
      filter: t.arg({ type: UserFilterInput, description: sharedDescriptions.userFilter }),
      orderBy: t.arg({ type: UserOrder, description: sharedDescriptions.orderBy }),
    },
    resolve: (_, args, context) => listUsers(context.accounts, 'users', args, context),
  }),
  user: t.field({
    type: UserRef,
    description: `Returns a user by ID. ${nullIfMissing}`,
    args: { id: t.arg.id({ required: true, description: 'ID of the user.' }) },
    resolve: (_, { id }, context) => findNode(id, 'id', context, 'User') as Promise<WithAccount<User> | null>,
  }),
}))

builder.objectField(AccountRef, 'users', (t) =>
  t.field({
    type: UserConnection,
    ...semanticNonNull,
    description: `Users of this account. ${nullIfAccountFails}`,
    args: { ...pageArguments, filter: t.arg({ type: UserFilterInput, description: sharedDescriptions.userFilter }) },
    resolve: (account, args, context) => listUsers([account], `${account.key}.users`, args, context),
  }),
)

registerNodeFinder('User', ({ parts }, account, { loaders }) => loaders.loadUser(account!, parts[0]!))

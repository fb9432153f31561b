import type { WithAccount } from './with-account.ts'
import type { PageArguments } from '../paging/relay.ts'
import type { User, UserFilter } from '../vendors/vendor.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { defineConnection, pageArguments, resolveList } from './connection.ts'
import { checkSearch, createUserPredicate, selectAccounts } from './filters.ts'
import { encodeId } from './ids.ts'
import { markAsNode, findNode, registerNodeFinder, Node } from './node.ts'
import type { Context } from './context.ts'
import type { Account } from '../vendors/accounts.ts'
import { resolveUserField } from './unlisted.ts'
import { sharedDescriptions } from './shared-descriptions.ts'

const UserStatus = builder.enumType('UserStatus', {
  description: 'Whether a user can sign in at the vendor.',
  values: {
    ACTIVE: { description: 'Can sign in.' },
    INACTIVE: { description: 'Switched off.' },
    PENDING: { description: 'Invited, not yet there.' },
    UNKNOWN: { description: 'The vendor does not report it, or reports a status that Parley does not know.' },
  } as const,
})

const Presence = builder.enumType('Presence', {
  description: 'What a user is doing.',
  values: {
    OFFLINE: { description: 'Not signed in.' },
    ONLINE: { description: 'Signed in and free.' },
    BUSY: { description: 'Signed in and busy.' },
    IN_CONFERENCE: { description: 'In a conference of its own.' },
    UNKNOWN: { description: 'The vendor says something else.' },
  } as const,
})

export const UserRef = builder.objectRef<WithAccount<User>>('User')

UserRef.implement({
  description: 'A person with an account at one vendor. The same person at two vendors is two users: see `sameAs`.',
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
      description: "The vendor's ID.",
    }),
    email: t.expose('email', { type: 'EmailAddress', description: 'The address, where the vendor shows one.' }),
    displayName: t.exposeString('displayName', { description: 'The name as people see it.' }),
    givenName: t.exposeString('givenName', { description: 'Given name. Null if the vendor does not report it.' }),
    familyName: t.exposeString('familyName', { description: 'Family name. Null if the vendor does not report it.' }),
    status: t.expose('status', {
      type: UserStatus,
      nullable: false,
      description: 'Whether the user can sign in at the vendor.',
    }),
    presence: t.expose('presence', { type: Presence, description: 'Null where the vendor tells no presence.' }),
    avatarUrl: t.field({
      type: 'URL',
      description: 'URL of the avatar. Null if there is none, or the vendor does not report it.',
      resolve: resolveUserField('avatarUrl'),
    }),
    phoneNumbers: t.field({
      type: ['String'],
      nullable: { list: false, items: false },
      description: 'Phone numbers as the vendor reports them. Empty if it reports none.',
      resolve: resolveUserField('phoneNumbers'),
    }),
    company: t.exposeString('company', {
      description: 'Company name. Null if the vendor does not report it in lists.',
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
      description: 'When the user last signed in. Null if the user never did, or the vendor does not report it.',
    }),
    sameAs: t.field({
      type: [UserRef],
      nullable: { list: false, items: false },
      description: "The same person's users in other accounts: equal e-mail address, never name alone.",
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

export const UserConnection = defineConnection<User>('User', UserRef)

const UserFilterInput = builder.inputType('UserFilter', {
  description: 'All that is given must hold.',
  fields: (t) => ({
    accounts: t.stringList({ description: 'Keys of accounts; empty or absent means all.' }),
    email: t.field({ type: 'EmailAddress', description: 'The whole address, letter case ignored.' }),
    search: t.string({ description: 'The start of any word of name or e-mail, letter case ignored.' }),
    status: t.field({ type: [UserStatus], description: 'Any of these; empty or absent means all.' }),
  }),
})

export const SortDirection = builder.enumType('SortDirection', {
  description: 'Which end of an order comes first.',
  values: {
    ASC: { description: 'Earliest, or first in the alphabet.' },
    DESC: { description: 'Latest, or last in the alphabet.' },
  } as const,
})

const UserOrderField = builder.enumType('UserOrderField', {
  description: 'What users can be ordered by.',
  values: {
    DISPLAY_NAME: { description: 'The name as people see it.' },
    EMAIL: { description: 'The address.' },
    CREATED_AT: { description: 'When the user was created. Users without this time come last.' },
  } as const,
})

const UserOrder = builder.inputType('UserOrder', {
  description: sharedDescriptions.order,
  fields: (t) => ({
    field: t.field({
      type: UserOrderField,
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
  DISPLAY_NAME: (user: User) => user.displayName,
  EMAIL: (user: User) => user.email,
  CREATED_AT: (user: User) => user.createdAt?.getTime() ?? null,
}

interface UserListArguments extends PageArguments {
  filter?: typeof UserFilterInput.$inferInput | null | undefined
  orderBy?: typeof UserOrder.$inferInput | null | undefined
}

function listUsers(available: readonly Account[], field: string, args: UserListArguments, context: Context) {
  const { accounts, ...given } = args.filter ?? {}
  const filter = toUserFilter(given)
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
        descending: order.direction === 'DESC',
        key: orderKeys[order.field],
        id: (user) => user.vendorId,
      },
    },
    context,
  )
}

function toUserFilter({ email, search, status }: Omit<typeof UserFilterInput.$inferInput, 'accounts'>): UserFilter {
  checkSearch(search)
  return {
    ...(email == null ? {} : { email }),
    ...(search == null ? {} : { search }),
    ...(status == null || status.length === 0 ? {} : { status }),
  }
}

builder.queryFields((t) => ({
  users: t.field({
    type: UserConnection,
    description: 'The users of all accounts as one list. Null, with an error, only where every account asked failed.',
    args: {
      ...pageArguments,
      filter: t.arg({ type: UserFilterInput, description: sharedDescriptions.filter }),
      orderBy: t.arg({ type: UserOrder, description: sharedDescriptions.orderBy }),
    },
    resolve: (_, args, context) => listUsers(context.accounts, 'users', args, context),
  }),
  user: t.field({
    type: UserRef,
    description: 'One user by id; null where it is gone.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of a user.' }) },
    resolve: async (_, { id }, context) => (await findNode(id, 'id', context, 'User')) as WithAccount<User> | null,
  }),
}))

builder.objectField(AccountRef, 'users', (t) =>
  t.field({
    type: UserConnection,
    description: 'The users of this account. Null, with an error, where it failed.',
    args: { ...pageArguments, filter: t.arg({ type: UserFilterInput, description: sharedDescriptions.filter }) },
    resolve: (account, args, context) => listUsers([account], `${account.key}.users`, args, context),
  }),
)

registerNodeFinder('User', async ({ parts }, account, { loaders }) => {
  const user = await loaders.loadUser(account!, parts[0]!)
  // A vendor can find a user by a former name, such as the email address of an accepted invitation.
  return user && user.vendorId === parts[0] ? markAsNode('User', user) : null
})

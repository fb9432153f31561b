import { scanList } from '../paging/scan.ts'
import { createScanLimitProblem } from '../paging/scan-budget.ts'
import type { Account } from '../vendors/accounts.ts'
import type { User } from '../vendors/vendor-objects.ts'
import { builder } from './builder.ts'
import type { Context } from './context.ts'
import { createUserPredicate } from './filters.ts'
import { getAccount, toUserReference, UserRefInput } from './input.ts'
import { rejectUnusableId } from './reference.ts'
import { UserRef } from './user.ts'
import { withAccount, type WithAccount } from './with-account.ts'

/** Finds a user by email address, ignoring case. @throws OPERATION_TOO_EXPENSIVE if the scan limit is reached before. */
async function findByEmail(
  account: Account,
  email: string,
  { call, limits }: Context,
): Promise<WithAccount<User> | null> {
  const { vendor } = account
  const users = vendor.usersByEmail?.(email) ?? vendor.users?.({ email })
  if (!users) return null
  const { items, failure, hitScanLimit } = await scanList(users, 'start', {
    call,
    budget: { remaining: limits.scanCalls },
    isForward: true,
    expectFewMatches: true,
    count: 1,
    matches: createUserPredicate({ email }),
  })
  if (items[0]) return withAccount(account, items[0].node)
  if (failure) {
    failure.account ??= account.key
    throw failure
  }
  if (hitScanLimit) throw createScanLimitProblem(call)
  return null
}

builder.queryFields((t) => ({
  userBy: t.field({
    type: UserRef,
    description: 'Returns one user of an account by email address or by ID. Null if the account has no such user.',
    args: {
      account: t.arg.string({ required: true, description: 'Key of the account.' }),
      ref: t.arg({ type: UserRefInput, required: true, description: 'Reference to the user.' }),
    },
    resolve: (_, { account: key, ref }, context) => {
      const account = getAccount(key, ['account'], context)
      const { vendorId, email } = toUserReference(ref, account, 'ref')
      if (vendorId === null) return findByEmail(account, email!, context)
      return rejectUnusableId(context.loaders.loadUser(account, vendorId))
    },
  }),
}))

import type { Account } from '../vendors/accounts.ts'
import { builder } from './builder.ts'

/** Apart from its fields, because what it is part of is part of it. */
export const AccountRef = builder.objectRef<Account>('Account')

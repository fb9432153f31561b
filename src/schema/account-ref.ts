import type { Account } from '../vendors/accounts.ts'
import { builder } from './builder.ts'

/** Defined apart from its fields, because the types of these fields refer to accounts. */
export const AccountRef = builder.objectRef<Account>('Account')

import type { Account } from './vendors/accounts.ts'

/** A vendor's object with the account that it came from. */
export type Owned<T> = T & { account: Account }

export function owned<T extends object>(account: Account, object: T): Owned<T> {
  return Object.assign(object, { account })
}

import type { Account } from '../vendors/accounts.ts'

/** A vendor's object with the account that it came from. */
export type Owned<T> = T & { account: Account }

export function owned<T extends object>(account: Account, object: T): Owned<T> {
  const node = object as Owned<T>
  node.account = account
  return node
}

import type { Account } from '../vendors/accounts.ts'

/** A vendor's object with the account that it came from. */
export type WithAccount<T> = T & { account: Account }

export function withAccount<T extends object>(account: Account, object: T): WithAccount<T> {
  const node = object as WithAccount<T>
  node.account = account
  return node
}

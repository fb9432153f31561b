import type { Account } from '../vendors/accounts.ts'

/** A vendor's object with the account that it belongs to. */
export type WithAccount<T> = T & { account: Account }

/** Sets the account of an object. Changes the object and returns it. */
export function withAccount<T extends object>(account: Account, object: T): WithAccount<T> {
  const node = object as WithAccount<T>
  node.account = account
  return node
}

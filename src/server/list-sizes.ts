import type { ListSizes } from '../http/guard/cost.ts'

/** Number of joins per person that the cost of an operation assumes. */
const joinsPerPerson = 2

/** Returns the sizes of lists for a caller with this number of accounts. */
export const createListSizes = (accounts: number): ListSizes => ({
  accounts,
  sources: accounts,
  sameAs: accounts,
  gaps: accounts,
  joins: joinsPerPerson,
})

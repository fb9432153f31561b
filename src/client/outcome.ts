import type { Outcome } from './gql/graphql.ts'

/** What every mutation's payload has, as far as it was selected. */
export interface Settled {
  outcome: Outcome
}

/** The vendor did it. */
export const isDone = ({ outcome }: Settled): boolean => outcome === 'SUCCEEDED'

/** Nothing was done, and the same again would be refused again. */
export const isRejected = ({ outcome }: Settled): boolean => outcome === 'REJECTED'

/** Nothing was done; it is safe to send again, with the same idempotency key too. */
export const isNotSent = ({ outcome }: Settled): boolean => outcome === 'NOT_SENT'

/** It may have been done: look its operation up before sending it again without its idempotency key. */
export const isUnknown = ({ outcome }: Settled): boolean => outcome === 'UNKNOWN' || outcome === 'PENDING'

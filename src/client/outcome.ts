import type { Outcome } from './gql/graphql.ts'

/** Payload of a mutation for which `outcome` was selected. */
export interface PayloadWithOutcome {
  outcome: Outcome
}

/** Whether the mutation succeeded. */
export const isDone = ({ outcome }: PayloadWithOutcome): boolean => outcome === 'SUCCEEDED'

/** Whether the mutation was rejected. Nothing was changed, and the same input would be rejected again. */
export const isRejected = ({ outcome }: PayloadWithOutcome): boolean => outcome === 'REJECTED'

/**
 * Whether the request did not reach the vendor, or was later found to have had no effect. You can send the mutation again,
 * with the same idempotency key.
 */
export const isNotSent = ({ outcome }: PayloadWithOutcome): boolean => outcome === 'NOT_SENT'

/**
 * Whether the mutation may have taken effect (`UNKNOWN` or `PENDING`). Query its operation before you send it again without
 * its idempotency key.
 */
export const isUnknown = ({ outcome }: PayloadWithOutcome): boolean => outcome === 'UNKNOWN' || outcome === 'PENDING'

import { z } from 'zod'

const perMinute = z.int().min(1).max(1_000_000).optional()

/** Schema of `limits` of an API client, or of each JWT subject. */
export const callerLimits = z
  .strictObject({ operationsPerMinute: perMinute, vendorCallsPerMinute: perMinute })
  .refine(
    (limits) => Object.keys(limits).length > 0,
    'must not be empty. Set operationsPerMinute, vendorCallsPerMinute, or both.',
  )
  .optional()

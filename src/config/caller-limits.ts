import { z } from 'zod'

const perMinute = z.int().min(1).max(1_000_000).optional()

/** `limits` of an API client, or of each subject of JWTs. */
export const callerLimits = z
  .strictObject({ operationsPerMinute: perMinute, vendorCallsPerMinute: perMinute })
  .refine((limits) => Object.keys(limits).length > 0, 'empty; set operationsPerMinute, vendorCallsPerMinute, or both')
  .optional()

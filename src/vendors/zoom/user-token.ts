import { formatCount } from '../../core/format-count.ts'
import { z } from 'zod'
import { Problem } from '../../core/errors.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { path } from '../../upstream/path.ts'
import type { Vendor } from '../vendor.ts'
import { createInputProblem } from '../kit/problems.ts'
import { toUserPathValue } from './path-values.ts'
import { text } from '../kit/lenient.ts'

const defaultTtlSeconds = 7200
/** Maximum of GraphQL's `Int`. Zoom accepts more than the year in its OpenAPI document: 68,423,085 in its own example. */
const maxTtlSeconds = 2_147_483_647
/** Longest TTL that Zoom documents. */
const maxKnownTtlSeconds = 365 * 24 * 3600

/** Issues Zoom access keys (`GET /users/{userId}/token?type=zak`), with which an app starts meetings as the user. */
export function createUserTokenResource(client: VendorClient): Required<Pick<Vendor, 'issueUserToken'>> {
  return {
    async issueUserToken(userId, ttlSeconds, call) {
      const ttl = ttlSeconds ?? defaultTtlSeconds
      if (!(Number.isInteger(ttl) && ttl >= 1 && ttl <= maxTtlSeconds))
        throw createInputProblem(['ttlSeconds'], `must be 1 to ${formatCount(maxTtlSeconds)} seconds`)
      const expiresAt = new Date(Date.now() + Math.min(ttl, maxKnownTtlSeconds) * 1000)
      const options = {
        query: { type: 'zak', ttl },
        schema: z.object({ token: text }),
        rateLimit: 'light',
        singleUse: true,
      } as const
      const { token } = await client.read(path`/users/${toUserPathValue(userId)}/token`, options, call)
      // If Zoom issues no token, the field contains a sentence.
      if (token !== null && !/\s/.test(token)) return { token, expiresAt }
      throw new Problem(
        'VENDOR_REJECTED',
        'Zoom does not issue a token for this user. Users who sign in with Google or Facebook need an email address and password.',
        { path: ['input', 'userId'], delivery: 'rejected' },
      )
    },
  }
}

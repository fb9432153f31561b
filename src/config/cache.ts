import { z } from 'zod'

/** Longest time for which a response is cached, in seconds. */
const maxSeconds = 3_600
/** Longest time for which an expired response replaces one that cannot be read, in seconds. */
const maxStaleSeconds = 86_400

const seconds = (max: number) => z.int().min(0).max(max).default(0)

/** Schema of `cache`. 0 seconds: this kind of response is not cached. */
export const cache = z.strictObject({
  users: seconds(maxSeconds),
  conferences: seconds(maxSeconds),
  participants: seconds(maxSeconds),
  staleFor: seconds(maxStaleSeconds),
  shared: z.boolean().default(false),
})

/** How long vendor responses are cached, in seconds, and whether processes share them. */
export type CacheSettings = z.output<typeof cache>

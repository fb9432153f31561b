import { getDefaults, upstreamLimitTable, type LimitsOf } from '../core/limits.ts'

/** Times in milliseconds, sizes in bytes. */
export type UpstreamLimits = LimitsOf<typeof upstreamLimitTable>

export const upstreamLimits: UpstreamLimits = getDefaults(upstreamLimitTable)

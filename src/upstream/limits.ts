import { getDefaults, upstreamLimitTable, type LimitsOf } from '../core/limits.ts'

/** Limits of one account's vendor calls. Times in milliseconds, sizes in bytes. */
export type UpstreamLimits = LimitsOf<typeof upstreamLimitTable>

export const upstreamLimits: UpstreamLimits = getDefaults(upstreamLimitTable)

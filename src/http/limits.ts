import { getDefaults, serverLimitTable, type LimitsOf } from '../core/limits.ts'

/** Times in milliseconds, sizes in bytes. */
export type HttpLimits = LimitsOf<typeof serverLimitTable>

const defaults = getDefaults(serverLimitTable)

/** Limits of a server with one caller, who can have every operation that the server can run. */
export const httpLimits: HttpLimits = { ...defaults, operationsPerCaller: defaults.operationsInFlight }

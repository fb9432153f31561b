import { getDefaults, serverLimitTable, type LimitsOf } from '../core/limits.ts'

/** Limits of the HTTP server. Times are in milliseconds, sizes in bytes. */
export type HttpLimits = LimitsOf<typeof serverLimitTable>

const defaults = getDefaults(serverLimitTable)

/** Default limits of a server with one caller, which can use all operations in progress. */
export const httpLimits: HttpLimits = { ...defaults, operationsPerCaller: defaults.operationsInFlight }

import type { Configuration } from '../config/configuration.ts'
import { httpLimits, type HttpLimits } from '../http/limits.ts'

/** Returns the limits of the HTTP server. A single caller can use all operation slots, because it competes with nobody. */
export function toHttpLimits({ limits, clients, jwt }: Configuration): HttpLimits {
  const isShared = clients.length > 1 || jwt !== null
  return {
    ...httpLimits,
    ...limits,
    operationsPerCaller: isShared ? limits.operationsPerCaller : httpLimits.operationsInFlight,
    shutdownGrace: Math.max(0, limits.shutdownGrace - httpLimits.deadlineGrace),
  }
}

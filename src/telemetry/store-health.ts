import type { Logger } from 'pino'
import type { Metrics } from './metrics.ts'
import type { StoreWatcher } from '../operations/watched-store.ts'
import { isStoreFailure } from '../operations/store.ts'

/** Minimum time between two log lines while the store fails, so that an attack cannot fill the log. */
const summaryIntervalMs = 60_000

/**
 * Creates a watcher that counts the failures of the operation store, and logs the first one, a summary each minute, and
 * the recovery.
 */
export function createStoreHealth(log: Logger, metrics: Metrics, now: () => number = Date.now): StoreWatcher {
  let failedSince: number | null = null
  let loggedAt = 0
  let failures = 0
  metrics.registerStoreGauge(() => failedSince === null)
  return {
    onFailure: (error) => {
      if (!isStoreFailure(error)) return
      metrics.countStoreFailure()
      failures++
      const isFirst = failedSince === null
      if (!isFirst && now() < loggedAt + summaryIntervalMs) return
      failedSince ??= now()
      loggedAt = now()
      const message = isFirst ? 'store failed: mutations are rejected' : 'store still failing: mutations are rejected'
      log.error({ count: failures, err: error.cause }, message)
    },
    onSuccess: () => {
      if (failedSince === null) return
      log.warn({ count: failures, duration: now() - failedSince }, 'store recovered')
      failedSince = null
      failures = 0
    },
  }
}

import type { Clock } from '../upstream/clock.ts'
import type { OperationRecord, Store } from './store.ts'

/** How often the store is checked for the result of another process, in milliseconds. */
const pollIntervalMs = 250

interface WaitOptions {
  store: Store
  clock: Clock
  /** Operations that run in this process, by ID. */
  running: ReadonlyMap<string, Promise<OperationRecord>>
  /** Ends the wait. */
  signal: AbortSignal
}

/** Waits until an operation that runs in this or another process has ended, and returns it. Its outcome is still `PENDING` if the signal aborts first. */
export async function waitForOperation(record: OperationRecord, { store, clock, running, signal }: WaitOptions) {
  const aborted = Promise.withResolvers<OperationRecord>()
  const onAbort = (): void => aborted.resolve(record)
  if (signal.aborted) return record
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    let latest = record
    while (latest.outcome === 'PENDING' && !signal.aborted) {
      const local = running.get(record.id)
      if (local) latest = await Promise.race([local, aborted.promise])
      else {
        await clock.sleep(pollIntervalMs, signal).catch(() => {})
        latest = (await store.find(record.id)) ?? latest
      }
    }
    return latest
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

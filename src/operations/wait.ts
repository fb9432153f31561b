import type { Clock } from '../upstream/clock.ts'
import type { OperationRecord, Store } from './store.ts'

/** How often in ms another process's answer is looked for in the store. */
const pollIntervalMs = 250

interface WaitOptions {
  store: Store
  clock: Clock
  /** What runs in this process, by id. */
  running: ReadonlyMap<string, Promise<OperationRecord>>
  /** Aborts when the time is up. */
  signal: AbortSignal
}

/** What became of an operation that runs here or in another process; still PENDING where the time is up before. */
export async function waitForOperation(record: OperationRecord, { store, clock, running, signal }: WaitOptions) {
  const up = Promise.withResolvers<OperationRecord>()
  const onAbort = (): void => up.resolve(record)
  if (signal.aborted) return record
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    let latest = record
    while (latest.outcome === 'PENDING' && !signal.aborted) {
      const here = running.get(record.id)
      if (here) latest = await Promise.race([here, up.promise])
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

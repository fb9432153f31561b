import { randomUUID } from 'node:crypto'
import { EventLog, type EventLogOptions } from './event-log.ts'
import { repetitionMs, type NewEntry } from './log-entry.ts'
import { toEpoch } from './log-position.ts'

/** Records the entries of the event log, in memory or for several processes. */
export interface EventStore {
  /** This process's copy of the log. Recorded entries are appended to it. */
  readonly log: EventLog
  /**
   * Records entries in order, except repetitions. Resolves when they are recorded: then they reach every stream.
   *
   * @returns The entries that were recorded.
   * @throws STORE_UNAVAILABLE
   */
  record(entries: readonly NewEntry[]): Promise<readonly NewEntry[]>
}

/** Maximum number of identities that are remembered. Each takes about 150 bytes. */
const maxIdentities = 200_000

/** Keeps the log in the memory of this process. */
export class MemoryEventStore implements EventStore {
  readonly log: EventLog
  readonly #now: () => number
  /** Time at which each identity was recorded, oldest first. */
  readonly #recordedAt = new Map<string, number>()

  constructor(options: EventLogOptions) {
    this.log = new EventLog(toEpoch(randomUUID()), options)
    this.#now = options.now
  }

  async record(entries: readonly NewEntry[]): Promise<readonly NewEntry[]> {
    const recorded = entries.filter((entry) => this.#isNew(entry))
    for (const { entry } of recorded) {
      const bytes = Buffer.byteLength(JSON.stringify(entry))
      this.log.append([{ position: this.log.createPosition(), entry, bytes }])
    }
    return recorded
  }

  #isNew({ entry, identity }: NewEntry): boolean {
    if (identity === null) return true
    const key = `${entry.account} ${identity}`
    const now = this.#now()
    const earlier = this.#recordedAt.get(key)
    if (earlier !== undefined && now - earlier < repetitionMs) return false
    this.#recordedAt.delete(key)
    this.#recordedAt.set(key, now)
    for (const [oldest, recordedAt] of this.#recordedAt) {
      if (this.#recordedAt.size <= maxIdentities && now - recordedAt < repetitionMs) break
      this.#recordedAt.delete(oldest)
    }
    return true
  }
}

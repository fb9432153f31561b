import { comparePositions, type EventCursor, type LogPosition } from './log-position.ts'
import type { LogEntry } from './log-entry.ts'

/** An entry with its position. */
export interface RecordedEntry {
  position: LogPosition
  entry: LogEntry
  /** Size of the entry as JSON, in bytes. */
  bytes: number
}

/** Bounds of the entries that a log keeps. */
export interface EventLogLimits {
  /** Maximum number of entries. */
  eventLog: number
  /** Maximum age of an entry, in milliseconds. */
  eventLogTime: number
}

/** Maximum size of all entries as JSON, in bytes. Parsed, they take up to 4 times as much memory. */
export const maxLogBytes = 32 * 1024 ** 2
/** Number of removed entries after which the array is shortened. */
const compactionSize = 1_024

/**
 * Maximum time between this process's copy of the log and a newer position in another process's copy, in milliseconds. Also
 * allows for clocks that differ.
 */
const maxLagMs = 60_000

export interface EventLogOptions {
  getLimits(): EventLogLimits
  /** Returns the time in milliseconds since the epoch. */
  now(): number
}

/**
 * The event log of this process: the newest entries, in order. Streams are positions in it, so that a slow reader needs no
 * queue. If several processes share a log, this is this process's copy of it.
 */
export class EventLog {
  readonly #options: EventLogOptions
  readonly #listeners = new Set<() => void>()
  #epoch: string
  #isLoaded: boolean
  /** Removed entries, then the kept entries. */
  #entries: (RecordedEntry | undefined)[] = []
  #first = 0
  #bytes = 0
  /** Every entry after this position is kept. */
  #start: LogPosition
  #end: LogPosition

  /**
   * @param epoch See `toEpoch`.
   * @param isLoaded Whether the log begins now. If false, it belongs to several processes, and `restart` begins it.
   */
  constructor(epoch: string, options: EventLogOptions, isLoaded = true) {
    this.#options = options
    this.#epoch = epoch
    this.#isLoaded = isLoaded
    this.#start = this.#end = { ms: options.now(), index: 0 }
  }

  get epoch(): string {
    return this.#epoch
  }

  /** Whether the life of the log is known. Until then, `epoch`, `start`, and `end` are preliminary. */
  get isLoaded(): boolean {
    return this.#isLoaded
  }

  /** Position after the newest entry. */
  get end(): LogPosition {
    return this.#end
  }

  /** Position after which every entry is kept. */
  get start(): LogPosition {
    return this.#start
  }

  /** Returns the position of a new entry: the current time, or later if an entry already has a later one. */
  createPosition(): LogPosition {
    const ms = this.#options.now()
    return ms > this.#end.ms ? { ms, index: 0 } : { ms: this.#end.ms, index: this.#end.index + 1 }
  }

  /** Appends entries whose positions are after `end`, in order. Entries at or before `end` are known, and ignored. */
  append(entries: readonly RecordedEntry[]): void {
    for (const entry of entries) {
      if (comparePositions(entry.position, this.#end) <= 0) continue
      this.#entries.push(entry)
      this.#bytes += entry.bytes
      this.#end = entry.position
    }
    this.#trim()
    this.#notify()
  }

  /** Begins another life of the log. @param start Position after which all of its entries will be appended. */
  restart(epoch: string, start: LogPosition): void {
    this.#epoch = epoch
    this.#isLoaded = true
    this.#entries = []
    this.#first = this.#bytes = 0
    this.#start = this.#end = start
    this.#notify()
  }

  /** Whether every entry after a cursor is kept. */
  isComplete({ epoch, position }: Pick<EventCursor, 'epoch' | 'position'>): boolean {
    this.#trim()
    // Another process can have sent a cursor that this copy has not reached yet.
    const lastMs = Math.max(this.#end.ms, this.#options.now() + maxLagMs)
    return epoch === this.#epoch && comparePositions(position, this.#start) >= 0 && position.ms <= lastMs
  }

  /** Returns the first entry after a position. Undefined if there is none. */
  findAfter(position: LogPosition): RecordedEntry | undefined {
    // Nearly every stream has read everything but the newest entry.
    if (comparePositions(position, this.#end) >= 0) return undefined
    let low = this.#first
    let high = this.#entries.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (comparePositions(this.#entries[middle]!.position, position) > 0) high = middle
      else low = middle + 1
    }
    return this.#entries[low]
  }

  /** Calls `listener` after entries were appended. Returns a function that removes it. */
  addListener(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #notify(): void {
    for (const listener of this.#listeners) listener()
  }

  #trim(): void {
    const { eventLog, eventLogTime } = this.#options.getLimits()
    const oldestMs = this.#options.now() - eventLogTime
    for (let first = this.#entries[this.#first]; first; first = this.#entries[this.#first]) {
      const count = this.#entries.length - this.#first
      if (count <= eventLog && this.#bytes <= maxLogBytes && first.position.ms >= oldestMs) break
      this.#bytes -= first.bytes
      this.#start = first.position
      this.#entries[this.#first++] = undefined
    }
    if (this.#first < compactionSize) return
    this.#entries = this.#entries.slice(this.#first)
    this.#first = 0
  }
}

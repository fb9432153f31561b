import { hash, randomUUID } from 'node:crypto'
import { Problem } from '../core/errors.ts'
import { EventLog, maxLogBytes, type EventLogOptions, type RecordedEntry } from '../events/log/event-log.ts'
import type { EventStore } from '../events/log/event-store.ts'
import type { NewEntry } from '../events/log/log-entry.ts'
import { comparePositions, toEpoch, type LogPosition } from '../events/log/log-position.ts'
import type { RedisConnection, RedisReply, RedisValue } from './connection.ts'
import { eventLogKeys, loadScript, maxEntryAgeMs, recordScript } from './event-log-scripts.ts'
import { formatEntryId, parseEntryId, parsePublication, parseStoredEntry } from './publication.ts'

export interface RedisEventStoreOptions extends EventLogOptions {
  /** Called when the log becomes available (null) or unavailable (STORE_UNAVAILABLE). */
  onChange(problem: Problem | null): void
}

/** A batch of the log, and where the log begins and ends. */
interface LoadedBatch {
  epoch: string
  start: LogPosition
  last: LogPosition
  entries: readonly RecordedEntry[]
  /** Position after the batch, also if its last entries could not be read. */
  end: LogPosition
}

/** Keeps the log in Redis, and in this process a copy of it, to which every process publishes what it records. */
export class RedisEventStore implements EventStore {
  readonly log: EventLog
  readonly #connection: RedisConnection
  readonly #options: RedisEventStoreOptions
  #synchronization: Promise<void> | null = null
  /** Whether entries were published that do not follow the copy. */
  #isBehind = false
  #isAvailable: boolean | null = null
  /** Time of Redis, of which positions consist, minus that of this process. */
  #clockDifferenceMs = 0

  constructor(connection: RedisConnection, options: RedisEventStoreOptions) {
    this.#connection = connection
    this.#options = options
    const now = (): number => options.now() + this.#clockDifferenceMs
    this.log = new EventLog(toEpoch(randomUUID()), { ...options, now }, false)
  }

  async record(entries: readonly NewEntry[]): Promise<readonly NewEntry[]> {
    if (entries.length === 0) return []
    const values = entries.flatMap(({ entry, identity }) => [
      identity === null ? '' : createIdentityKey(entry.account, identity),
      JSON.stringify(entry),
    ])
    const { channel } = this.#connection
    const results = await this.#evalScript(recordScript, this.log.epoch, this.log.end, channel, ...values).catch(
      (error: unknown) => {
        throw createLogUnavailableProblem(error)
      },
    )
    return entries.filter((_, index) => (results as readonly number[])[index] === 1)
  }

  /** Handles a message of any process. Returns whether it concerns the log. */
  handleMessage(text: string): boolean {
    const publication = parsePublication(text)
    if (!publication) return false
    const { epoch, after, entries } = publication
    const isNext = epoch === this.log.epoch && comparePositions(after, this.log.end) === 0
    if (isNext && entries && this.log.isLoaded) this.log.append(entries)
    else {
      this.#isBehind = true
      void this.synchronize()
    }
    return true
  }

  /** Loads what the copy does not contain, and reports whether the log is available. Never rejects. */
  synchronize(): Promise<void> {
    this.#synchronization ??= this.#synchronize()
      .then(
        () => this.#setAvailable(null),
        (error: unknown) => this.setUnavailable(error),
      )
      .finally(() => (this.#synchronization = null))
    return this.#synchronization
  }

  /** Reports that the log is unavailable. @param cause Error of Redis. */
  setUnavailable(cause: unknown): void {
    this.#setAvailable(createLogUnavailableProblem(cause))
  }

  #setAvailable(problem: Problem | null): void {
    const isAvailable = problem === null
    if (isAvailable === this.#isAvailable) return
    this.#isAvailable = isAvailable
    this.#options.onChange(problem)
  }

  async #synchronize(): Promise<void> {
    do {
      this.#isBehind = false
      const first = await this.#load(this.log.epoch, this.log.end)
      if (this.log.isLoaded && isContinuation(first, this.log)) await this.#continue(first)
      else await this.#restart(first)
    } while (this.#isBehind)
  }

  /** Appends what follows the copy. */
  async #continue(first: LoadedBatch): Promise<void> {
    for (let batch = first; ; batch = await this.#load(this.log.epoch, batch.end)) {
      if (!isContinuation(batch, this.log)) return this.#restart(batch)
      if (batch.entries.length > 0) this.log.append(batch.entries)
      if (comparePositions(batch.end, batch.last) >= 0) return
    }
  }

  /** Loads the whole log. The copy changes when all of it is loaded, so that no stream begins in the middle. */
  async #restart(first: LoadedBatch): Promise<void> {
    const entries = [...first.entries]
    let batch = first
    let { start } = first
    while (comparePositions(batch.end, batch.last) < 0) {
      const end = batch.end
      batch = await this.#load(batch.epoch, end)
      if (!isContinuation(batch, { epoch: first.epoch, end })) {
        // Began again while it was loaded.
        first = batch
        start = batch.start
        entries.length = 0
      }
      entries.push(...batch.entries)
    }
    this.log.restart(batch.epoch, start)
    this.log.append(entries)
  }

  async #load(knownEpoch: string, knownEnd: LogPosition): Promise<LoadedBatch> {
    const reply = await this.#evalScript(loadScript, knownEpoch, knownEnd)
    const [epoch, start, last, now, texts] = reply as [Buffer, Buffer, Buffer, number, readonly Buffer[]]
    this.#clockDifferenceMs = now - this.#options.now()
    const batch = { epoch: String(epoch), start: parseEntryId(String(start)), last: parseEntryId(String(last)) }
    const isContinued = isContinuation(batch, { epoch: knownEpoch, end: knownEnd })
    let end = isContinued ? knownEnd : batch.start
    const entries: RecordedEntry[] = []
    for (let index = 0; index < texts.length; index += 2) {
      const id = String(texts[index])
      const entry = parseStoredEntry(id, texts[index + 1]!)
      if (entry) entries.push(entry)
      end = parseEntryId(id)
    }
    // Entries at the end were removed if nothing is left to load.
    return { ...batch, entries, end: texts.length === 0 ? batch.last : end }
  }

  #evalScript(script: string, epoch: string, end: LogPosition, ...values: readonly RedisValue[]): Promise<RedisReply> {
    const { eventLog, eventLogTime } = this.#options.getLimits()
    const maxAge = Math.min(eventLogTime, maxEntryAgeMs)
    const bounds = [eventLog, maxAge, maxLogBytes, toEpoch(randomUUID()), epoch, formatEntryId(end)]
    return this.#connection.evalScript(script, eventLogKeys, [...bounds, ...values])
  }
}

/** Whether every entry between a position and a batch is in the batch. */
const isContinuation = (
  { epoch, start }: Pick<LoadedBatch, 'epoch' | 'start'>,
  known: Pick<EventLog, 'epoch' | 'end'>,
): boolean => epoch === known.epoch && comparePositions(known.end, start) >= 0

/** Hashed, because accounts and identities can be long. */
const createIdentityKey = (account: string, identity: string): string =>
  `parley:event:${hash('sha256', `${account} ${identity}`, 'base64url')}`

const createLogUnavailableProblem = (cause: unknown): Problem =>
  new Problem('STORE_UNAVAILABLE', 'The event log is unavailable. Events are recorded again after it has recovered.', {
    cause,
  })

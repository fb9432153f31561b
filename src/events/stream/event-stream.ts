import type { Account } from '../../vendors/accounts.ts'
import type { EventLog, RecordedEntry } from '../log/event-log.ts'
import type { AccountGap, EventGapReason, EventMessage } from './event-message.ts'
import { comparePositions, getLaterPosition, type EventCursor, type LogPosition } from '../log/log-position.ts'
import { selectsEvent } from './selection.ts'
import { needsWatcher, type SourceStates } from '../watch/source-states.ts'
import type { StreamGroup } from './stream-group.ts'

export interface EventStreamOptions {
  log: EventLog
  states: SourceStates
  group: StreamGroup
  /** Cursor after which the stream continues. Null: it begins now. */
  after: EventCursor | null
  /** Milliseconds after the last message until a message without an event. Null: never. */
  heartbeatMs: number | null
  /** Returns the accounts that the caller can use now, in configuration order. */
  listAccounts(): readonly Account[]
  /** Returns the time in milliseconds since the epoch. */
  now(): number
  /** Adds the interest of the stream to the watch of an account. Returns a function that removes it. */
  addInterest(account: string): (() => void) | undefined
  /** Called for each gap that the stream reports because of its cursor or its reader. */
  onGap?: ((account: string, reason: EventGapReason) => void) | undefined
  /** Called once, when the stream ends. */
  onEnd(): void
}

/**
 * Messages of one subscription. The stream is a position in the event log, and keeps no queue: a slow reader finds at its
 * next read what the log still contains.
 */
export class EventStream implements AsyncIterableIterator<EventMessage, undefined> {
  readonly #options: EventStreamOptions
  #position: LogPosition
  #epoch: string
  /** Whether `#position` is a position of the log. False while the log has never been loaded. */
  #hasBegun = false
  #gaps: AccountGap[] = []
  /** Version of the sources in the last message. -1 before the first message, and after the accounts have changed. */
  #sourcesVersion = -1
  /** Accounts that the last message covers. */
  #reportedAccounts: readonly Account[] = []
  #isHeartbeatDue = false
  #heartbeat: NodeJS.Timeout | undefined
  #wake: (() => void) | null = null
  #hasEnded = false
  readonly #removeListeners: readonly (() => void)[]
  #removeInterests: readonly (() => void)[] = []

  constructor(options: EventStreamOptions) {
    const { log, states, after, now } = options
    this.#options = options
    this.#epoch = after?.epoch ?? log.epoch
    this.#position = after?.position ?? (log.isLoaded ? log.end : { ms: now(), index: 0 })
    this.#begin()
    const wake = (): void => this.#wake?.()
    this.#removeListeners = [log.addListener(wake), states.addListener(wake)]
    this.renewInterests()
  }

  /** Adds the interest of the stream to the watches of the accounts that are selected now. Call it after the accounts have changed. */
  renewInterests(): void {
    const before = this.#removeInterests
    const { addInterest } = this.#options
    const accounts = this.#listAccounts()
    this.#removeInterests = accounts.flatMap(({ key }) => addInterest(key) ?? [])
    for (const remove of before) remove()
    const reported = this.#reportedAccounts
    const isReported = accounts.length === reported.length && accounts.every((account, i) => account === reported[i])
    if (!isReported) this.#sourcesVersion = -1
    this.#wake?.()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<EventMessage, undefined>> {
    while (!this.#hasEnded) {
      const message = this.#findMessage()
      if (message) {
        this.#restartHeartbeat()
        return { done: false, value: message }
      }
      await new Promise<void>((resolve) => (this.#wake = resolve))
      this.#wake = null
    }
    return { done: true, value: undefined }
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    if (!this.#hasEnded) {
      this.#hasEnded = true
      clearTimeout(this.#heartbeat)
      for (const remove of [...this.#removeListeners, ...this.#removeInterests]) remove()
      this.#wake?.()
      this.#options.onEnd()
    }
    return { done: true, value: undefined }
  }

  #findMessage(): EventMessage | null {
    const { states } = this.#options
    // This message reports the sources, and has no event.
    if (this.#sourcesVersion === -1) return this.#createMessage(null)
    const entry = this.#findEvent()
    const isDue = entry !== null || this.#gaps.length > 0 || this.#isHeartbeatDue
    return isDue || this.#sourcesVersion !== states.version ? this.#createMessage(entry) : null
  }

  /** Finds the next event that is selected, and collects the gaps before it. */
  #findEvent(): RecordedEntry | null {
    const { log, group } = this.#options
    this.#checkPosition()
    const accounts = this.#listAccounts()
    for (let next = log.findAfter(this.#position); next; next = log.findAfter(this.#position)) {
      this.#position = next.position
      const { entry } = next
      const account = accounts.find(({ key }) => key === entry.account)
      if (!account) continue
      if (entry.kind === 'gap')
        this.#gaps.push({ account, reason: 'INTERRUPTED', since: entry.since, until: entry.until })
      else if (selectsEvent(group.selection, entry)) return next
    }
    return null
  }

  #begin(): void {
    const { log, after } = this.#options
    if (!log.isLoaded) return
    this.#hasBegun = true
    this.#epoch = log.epoch
    if (!after) this.#position = getLaterPosition(this.#position, log.start)
    else if (log.isComplete(after)) this.#addUnobservedGaps(after)
    else {
      this.#addGaps('NOT_KEPT', after.sentAt)
      this.#position = log.start
    }
  }

  #addUnobservedGaps({ sentAt }: EventCursor): void {
    for (const account of this.#listAccounts()) {
      const until = this.#getObservedSince(account)
      if (sentAt < until) this.#gaps.push({ account, reason: 'INTERRUPTED', since: sentAt, until })
    }
  }

  /** Without a stream, an account is not polled. So nothing before this time is in the log. */
  #getObservedSince(account: Account): number {
    const { now, states } = this.#options
    return needsWatcher(account) ? (states.getObservedSince(account) ?? now()) : -Infinity
  }

  /** Continues at the start of the log, with a gap, if the log does not contain the position anymore. */
  #checkPosition(): void {
    const { log } = this.#options
    if (!this.#hasBegun) return this.#begin()
    if (log.epoch === this.#epoch && comparePositions(this.#position, log.start) >= 0) return
    this.#addGaps(log.epoch === this.#epoch ? 'TOO_SLOW' : 'NOT_KEPT', this.#position.ms)
    this.#epoch = log.epoch
    this.#position = log.start
  }

  #addGaps(reason: EventGapReason, from: number): void {
    const { log, now, states, onGap } = this.#options
    const since = Math.min(from, now())
    for (const account of this.#listAccounts()) {
      if (states.find(account).status === 'UNSUPPORTED') continue
      const until = Math.max(since, log.start.ms, this.#getObservedSince(account))
      this.#gaps.push({ account, reason, since, until })
      onGap?.(account.key, reason)
    }
  }

  #listAccounts(): readonly Account[] {
    const { group, listAccounts } = this.#options
    return group.selectAccounts(listAccounts())
  }

  #createMessage(entry: RecordedEntry | null): EventMessage {
    const { states, after, now, group } = this.#options
    const position = this.#position
    const gaps = this.#gaps
    this.#gaps = []
    this.#sourcesVersion = states.version
    const sentAt = entry ? position.ms : Math.max(position.ms, now())
    const cursor = after && !this.#hasBegun ? after : { epoch: this.#epoch, position, sentAt }
    const accounts = (this.#reportedAccounts = this.#listAccounts())
    return group.shareMessage({ cursor, entry, gaps, accounts }, states.version)
  }

  #restartHeartbeat(): void {
    const { heartbeatMs } = this.#options
    this.#isHeartbeatDue = false
    if (heartbeatMs === null) return
    clearTimeout(this.#heartbeat)
    this.#heartbeat = setTimeout(() => {
      this.#isHeartbeatDue = true
      this.#wake?.()
    }, heartbeatMs)
  }
}

import { randomUUID } from 'node:crypto'
import type { PeerListener } from '../events/watch/event-peers.ts'
import { includesInterest, mergeInterests, type EventInterest } from '../events/stream/selection.ts'
import type { SourceState } from '../events/watch/source.ts'
import { isStateChanged } from '../events/watch/source-states.ts'
import type { LeaseHolder, WatchLease } from '../events/watch/watch-lease.ts'
import type { RedisConnection, RedisReply } from './connection.ts'
import { formatInterest, formatPeerMessage, parseInterest, parseState, toStoredState } from './peer-message.ts'
import { createWatchKeys, leaseTtlMs, releaseScript, synchronizeScript } from './watch-lease-scripts.ts'

export interface RedisWatchLeaseOptions {
  account: string
  connection: RedisConnection
  holder: LeaseHolder
  getListener(): PeerListener | null
  onClosed(): void
}

/**
 * The lease of an account in Redis. Each heartbeat renews it. If that fails, this process stops watching before the lease
 * expires in Redis, also if it was paused meanwhile.
 */
export class RedisWatchLease implements WatchLease {
  readonly account: string
  /** Identifies the lease: the same account can be opened again in this process. */
  readonly id = randomUUID()
  readonly #options: RedisWatchLeaseOptions
  readonly #keys: readonly string[]
  #interest: EventInterest | null = null
  /** Interest as it is announced. Empty if there is none. */
  #interestText = ''
  #others: readonly EventInterest[] = []
  /** Interest of all processes when this one last exchanged it with them. */
  #watchedInterest: EventInterest = { participantsOf: 'none' }
  /** Time at which the lease ends unless it is renewed, by `performance.now`. Null if it is not held. */
  #heldUntil: number | null = null
  #state: SourceState | null = null
  #isStateNew = false
  #heardAt: number | null = null
  #timer: NodeJS.Timeout | undefined
  #synchronization: Promise<void> | null = null
  #isOutdated = false
  #isClosed = false

  constructor(options: RedisWatchLeaseOptions) {
    this.account = options.account
    this.#options = options
    this.#keys = createWatchKeys(options.account)
  }

  get isHeld(): boolean {
    this.#checkExpiry()
    return this.#heldUntil !== null
  }

  request(interest: EventInterest | null): void {
    const text = interest ? formatInterest(interest) : ''
    this.#interest = interest
    if (text === this.#interestText) return
    this.#interestText = text
    void this.synchronize()
  }

  getInterest(): EventInterest {
    return mergeInterests(this.#interest ? [this.#interest, ...this.#others] : this.#others)
  }

  pollSoon(): void {
    if (this.isHeld) return this.#options.holder.onPollRequested()
    const { connection } = this.#options
    const message = formatPeerMessage({ account: this.account, from: this.id, isPollRequested: true })
    void connection.sendCommand('PUBLISH', connection.channel, message).catch(() => {})
  }

  /** Shares a change of the status at once, and other changes with the next heartbeat. */
  shareState(state: SourceState): void {
    const before = this.#state
    this.#state = state
    if (before && !isStateChanged(before, state)) return
    this.#isStateNew = true
    void this.synchronize()
  }

  /** Shares the time of a webhook with the next heartbeat. */
  shareHeard(heardAt: number): void {
    this.#heardAt = heardAt
  }

  /** Exchanges interests and states with the other processes. Never rejects. */
  synchronize(): Promise<void> {
    this.#isOutdated = true
    this.#synchronization ??= this.#synchronize()
      .catch(() => {})
      .finally(() => (this.#synchronization = null))
    return this.#synchronization
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#synchronization
    this.#heldUntil = null
    const { connection, onClosed } = this.#options
    onClosed()
    await connection
      .evalScript(releaseScript, this.#keys, [this.id, connection.channel, this.#watchMessage])
      .catch(() => {})
  }

  get #watchMessage(): string {
    return formatPeerMessage({ account: this.account, from: this.id, isWatchChanged: true })
  }

  async #synchronize(): Promise<void> {
    while (this.#isOutdated && !this.#isClosed) {
      this.#isOutdated = false
      const { connection } = this.#options
      const common = { account: this.account, from: this.id }
      // A state that was observed under an earlier lease is not that of the account anymore.
      const state = this.isHeld && this.#state ? toStoredState(this.#state) : null
      const isStateNew = state !== null && this.#isStateNew
      if (isStateNew) this.#isStateNew = false
      const requestedAt = performance.now()
      const reply = await connection.evalScript(synchronizeScript, this.#keys, [
        this.id,
        this.#interestText,
        state ? JSON.stringify(state) : '',
        isStateNew ? formatPeerMessage({ ...common, state }) : '',
        this.#heardAt ?? '',
        connection.channel,
        this.#watchMessage,
        formatPeerMessage({ ...common, state: null }),
      ])
      if (this.#isClosed) return
      const [isHeld, ttl, source, heard, ...others] = reply as readonly RedisReply[]
      this.#others = others.map((text) => parseInterest(String(text))).filter((interest) => interest !== null)
      this.#applyLease(isHeld === 1, Number(ttl), parseState(String(source)), requestedAt)
      // A webhook can be newer than the state.
      const heardAt = Number(String(heard))
      if (heardAt > 0) this.#options.getListener()?.onHeard(this.account, heardAt)
    }
  }

  #applyLease(isHeld: boolean, ttl: number, state: SourceState | null, requestedAt: number): void {
    const { holder, getListener } = this.#options
    const listener = getListener()
    const wasHeld = this.isHeld
    const interestBefore = this.#watchedInterest
    clearTimeout(this.#timer)
    if (isHeld) {
      this.#heldUntil = requestedAt + leaseTtlMs
      this.#watchExpiry()
      // Participants that another process selects are polled for the first time.
      this.#watchedInterest = this.getInterest()
      if (wasHeld && !includesInterest(interestBefore, this.#watchedInterest)) holder.onPollRequested()
      if (wasHeld) return
      listener?.onState(this.account, state)
      this.#state = null
      holder.onAcquired()
      return
    }
    this.#heldUntil = null
    if (wasHeld && ttl === 0) holder.onUnneeded()
    else if (wasHeld) holder.onLost()
    listener?.onState(this.account, state)
    // Takes over when the lease of a process that has ended expires.
    if (ttl !== 0 && this.#interest) this.#timer = setTimeout(() => void this.synchronize(), ttl + 1)
  }

  /** Calls `onLost` when the lease ends. A timer can fire before the clock shows its time. */
  #watchExpiry(): void {
    this.#checkExpiry()
    if (this.#heldUntil === null) return
    this.#timer = setTimeout(() => this.#watchExpiry(), Math.ceil(this.#heldUntil - performance.now()))
  }

  #checkExpiry(): void {
    if (this.#heldUntil === null || performance.now() < this.#heldUntil) return
    this.#heldUntil = null
    this.#options.holder.onLost()
  }
}

import { randomUUID } from 'node:crypto'
import type { EventPeers, PeerListener } from '../events/watch/event-peers.ts'
import type { Outdated } from '../events/outdated.ts'
import type { LeaseHolder, WatchLease } from '../events/watch/watch-lease.ts'
import type { RedisConnection } from './connection.ts'
import { formatPeerMessage, fromStoredState, parsePeerMessage, type PeerMessage } from './peer-message.ts'
import { RedisWatchLease } from './watch-lease.ts'

/** The processes that use the same Redis. */
export class RedisEventPeers implements EventPeers {
  readonly #connection: () => RedisConnection
  readonly #id = randomUUID()
  /** An account that was opened again has two leases until the earlier one is closed. */
  readonly #leases = new Set<RedisWatchLease>()
  #listener: PeerListener | null = null

  constructor(connection: () => RedisConnection) {
    this.#connection = connection
  }

  setListener(listener: PeerListener): void {
    this.#listener = listener
  }

  openLease(account: string, holder: LeaseHolder): WatchLease {
    const lease: RedisWatchLease = new RedisWatchLease({
      account,
      connection: this.#connection(),
      holder,
      getListener: () => this.#listener,
      onClosed: () => this.#leases.delete(lease),
    })
    this.#leases.add(lease)
    return lease
  }

  shareHeard(account: string, heardAt: number): void {
    for (const lease of this.#leases) if (lease.account === account) lease.shareHeard(heardAt)
  }

  shareOutdated(account: string, outdated: Outdated): void {
    const message = formatPeerMessage({ account, from: this.#id, outdated })
    const connection = this.#connection()
    void connection.sendCommand('PUBLISH', connection.channel, message).catch(() => {})
  }

  /** Renews the leases, and exchanges interests and states with the other processes. Never rejects. */
  async synchronize(): Promise<void> {
    await Promise.all([...this.#leases].map((lease) => lease.synchronize()))
  }

  /** Handles a message of any process. Returns whether it concerns live events. */
  handleMessage(text: string): boolean {
    const message = parsePeerMessage(text)
    if (!message) return false
    const { account, from, outdated } = message
    if (outdated && from !== this.#id) this.#listener?.onOutdated(account, outdated)
    for (const lease of this.#leases) if (lease.account === account && lease.id !== from) this.#apply(lease, message)
    return true
  }

  #apply(lease: RedisWatchLease, { isWatchChanged, isPollRequested, state }: PeerMessage): void {
    if (isWatchChanged) void lease.synchronize()
    if (isPollRequested && lease.isHeld) lease.pollSoon()
    if (state !== undefined && !lease.isHeld)
      this.#listener?.onState(lease.account, state === null ? null : fromStoredState(state))
  }
}

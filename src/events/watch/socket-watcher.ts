import type { Problem } from '../../core/errors.ts'
import type { Clock } from '../../upstream/clock.ts'
import { toCallProblem } from '../../upstream/failure.ts'
import { VendorResponseError } from '../../upstream/vendor-error.ts'
import type { WebSocketListener, WebSocketProtocol } from '../../upstream/web-socket.ts'
import type { Account } from '../../vendors/accounts.ts'
import type { VendorMessage } from '../../vendors/vendor-events.ts'
import { MessageRecorder } from './message-recorder.ts'
import type { SourceSink, Watcher } from './source.ts'

/** Wait before the first reconnection. Doubled for each further one. */
const firstWaitMs = 1_000
const maxWaitMs = 60_000
/** A connection that ends earlier counts as a failure, so that a vendor that closes it at once gets no flood. */
const minStableMs = 10_000
/** Time between two renewals of a token that the vendor rejects although it is new. */
const minRenewalIntervalMs = 60_000

export interface SocketWatcherOptions {
  account: Pick<Account, 'key' | 'upstream'>
  socket: WebSocketProtocol<VendorMessage>
  sink: SourceSink
  clock: Clock
  /** Default: `Math.random`. */
  random?: () => number
  /** Returns the time until which an earlier watcher has recorded every event. See `SourceState`. Default: null, never. */
  getObservedUntil?(): number | null
}

/** Watches an account over an event connection, and connects again whenever the connection is lost. */
export class SocketWatcher implements Watcher {
  readonly #options: SocketWatcherOptions
  /** After this time, events can have been missed, in milliseconds since the epoch. Null if the vendor was never heard. */
  #heardAt: number | null = null
  /** When the vendor accepted the current or the last connection, in milliseconds since the epoch. Null if it did not. */
  #acceptedAt: number | null = null
  /** When a rejected token is renewed again, in milliseconds since the epoch. */
  #renewableAt = 0

  constructor(options: SocketWatcherOptions) {
    this.#options = options
  }

  async run(signal: AbortSignal): Promise<void> {
    const { sink, clock, random = Math.random, getObservedUntil } = this.#options
    this.#heardAt = getObservedUntil?.() ?? null
    const startedAt = clock.now()
    const recorder = new MessageRecorder(sink, clock, signal)
    for (let failures = 0; !signal.aborted;) {
      const problem = await this.#connect(recorder, signal)
      if (signal.aborted) return
      sink.reportInterrupted(problem)
      // Without an earlier message, the gap begins with the first attempt.
      this.#heardAt ??= startedAt
      const isStable = this.#acceptedAt !== null && clock.now() - this.#acceptedAt >= minStableMs
      failures = isStable ? 1 : failures + 1
      const backoffMs = random() * Math.min(maxWaitMs, firstWaitMs * 2 ** (failures - 1))
      const waitMs = Math.max(backoffMs, (problem.retryAt ?? 0) - clock.now())
      await clock.sleep(waitMs, signal).catch(() => {})
    }
  }

  /** Keeps one connection until it ends, and returns the reason. Renews a rejected token once. */
  async #connect(recorder: MessageRecorder, signal: AbortSignal): Promise<Problem> {
    const { account, socket, clock } = this.#options
    const { upstream } = account
    try {
      for (let isRenewed = false; ; isRenewed = true) {
        this.#acceptedAt = null
        const token = await upstream.getToken(signal)
        const problem = await upstream.runWebSocket(socket, token, this.#createListener(recorder), signal)
        const isTokenRejected = problem instanceof VendorResponseError && problem.isTokenRejected
        if (!isTokenRejected || isRenewed || clock.now() < this.#renewableAt) return problem
        this.#renewableAt = clock.now() + minRenewalIntervalMs
        upstream.discardToken(token)
      }
    } catch (error) {
      const problem = toCallProblem(error, signal)
      problem.account ??= account.key
      return problem
    }
  }

  /** Creates the listener of one connection. */
  #createListener(recorder: MessageRecorder): WebSocketListener<VendorMessage> {
    const { sink, clock } = this.#options
    const reportLive = (): void => {
      const heardAt = this.#heardAt!
      sink.reportLive(heardAt, null, recorder.waitingSince ?? heardAt)
    }
    return {
      onAccepted: () => {
        if (this.#acceptedAt !== null) return
        const now = clock.now()
        // The vendor keeps no events while the connection is closed.
        if (this.#heardAt !== null) recorder.addGap({ since: this.#heardAt, until: now })
        this.#acceptedAt = this.#heardAt = now
        this.#renewableAt = 0
        reportLive()
      },
      onMessage: (message) => {
        if (message) recorder.addMessage(message)
        if (this.#acceptedAt === null) return
        this.#heardAt = clock.now()
        reportLive()
      },
    }
  }
}

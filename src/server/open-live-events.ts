import type { Logger } from 'pino'
import type { Problem } from '../core/errors.ts'
import { LiveEvents, type LiveEventsLimits, type LiveEventsOptions } from '../events/live-events.ts'
import { MemoryEventStore } from '../events/log/event-store.ts'
import type { EventLogLimits } from '../events/log/event-log.ts'
import { Poller } from '../events/poll/poller.ts'
import type { PollLimits } from '../events/poll/poll-pace.ts'
import { createHookReceiver } from '../events/receive-hook.ts'
import { SocketWatcher } from '../events/watch/socket-watcher.ts'
import type { ReceiveHook } from '../http/hook-endpoint.ts'
import type { SharedState } from '../redis/index.ts'
import { systemClock } from '../upstream/clock.ts'
import type { Account } from '../vendors/accounts.ts'

export interface OpenLiveEventsOptions extends Pick<LiveEventsOptions, 'onOutdated' | 'onRecorded' | 'onStreamGap'> {
  getLimits(): EventLogLimits & LiveEventsLimits & Pick<PollLimits, 'eventPoll'>
  /** State that processes share, with the event log. If omitted or null, the log is in the memory of this process. */
  sharing?: Pick<SharedState, 'openEventStore' | 'eventPeers'> | null
  log?: Pick<Logger, 'info' | 'warn'>
}

/** Opens the event log, and prepares to watch accounts. */
export function openLiveEvents({ sharing, log, ...options }: OpenLiveEventsOptions): LiveEvents {
  const clock = systemClock
  const { getLimits } = options
  const storeOptions = { getLimits, now: clock.now }
  const onChange = (problem: Problem | null): void => {
    events.states.setStoreProblem(problem)
    if (problem) log?.warn({ err: problem.cause }, 'event log unavailable')
    else log?.info('event log loaded')
  }
  const store = sharing?.openEventStore({ ...storeOptions, onChange }) ?? new MemoryEventStore(storeOptions)
  const events = new LiveEvents({
    ...options,
    store,
    peers: sharing?.eventPeers ?? null,
    clock,
    createWatcher: (account, options) => {
      const { vendor, upstream } = account
      const socket = vendor.pushedEvents?.socket
      if (socket) return new SocketWatcher({ ...options, account, socket, clock })
      if (!vendor.polledEvents) return null
      const getPollLimits = (): PollLimits => ({
        eventPoll: getLimits().eventPoll,
        eventPollCalls: upstream.limits.eventPollCalls,
      })
      return new Poller({ ...options, account, clock, random: Math.random, getLimits: getPollLimits })
    },
  })
  return events
}

interface HookFinderOptions {
  /** Accounts in use. A reload changes the list in place. */
  accounts: readonly Account[]
  events: LiveEvents
  /** Maximum difference between a webhook's timestamp and the clock, in milliseconds. */
  getMaxAgeMs(): number
}

/** Creates a function that finds what receives the webhooks of an account. */
export const createHookFinder =
  ({ accounts, events, getMaxAgeMs }: HookFinderOptions) =>
  (key: string): ReceiveHook | null => {
    const account = accounts.find((account) => account.key === key)
    const readHook = account?.vendor.pushedEvents?.readHook
    if (!account || !readHook) return null
    return createHookReceiver({ readHook, sink: events.createHookSink(account), clock: systemClock, getMaxAgeMs })
  }

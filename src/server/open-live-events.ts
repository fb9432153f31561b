import { LiveEvents, type LiveEventsLimits, type LiveEventsOptions } from '../events/live-events.ts'
import { MemoryEventStore } from '../events/event-store.ts'
import type { EventLogLimits } from '../events/event-log.ts'
import { SocketWatcher } from '../events/socket-watcher.ts'
import { systemClock } from '../upstream/clock.ts'

export interface OpenLiveEventsOptions extends Pick<LiveEventsOptions, 'onOutdated' | 'onRecorded' | 'onStreamGap'> {
  getLimits(): EventLogLimits & LiveEventsLimits
}

/** Opens the event log, and prepares to watch accounts. */
export function openLiveEvents(options: OpenLiveEventsOptions): LiveEvents {
  const clock = systemClock
  return new LiveEvents({
    ...options,
    store: new MemoryEventStore({ getLimits: options.getLimits, now: clock.now }),
    clock,
    createWatcher: (account, sink) => {
      const socket = account.vendor.pushedEvents?.socket
      return socket ? new SocketWatcher({ account, socket, sink, clock }) : null
    },
  })
}

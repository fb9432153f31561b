import { LiveEvents, type LiveEventsLimits } from '../events/live-events.ts'
import { MemoryEventStore } from '../events/event-store.ts'
import type { EventLogLimits } from '../events/event-log.ts'
import { systemClock } from '../upstream/clock.ts'

/** Opens the event log, and prepares to watch accounts. */
export function openLiveEvents(getLimits: () => EventLogLimits & LiveEventsLimits): LiveEvents {
  const clock = systemClock
  return new LiveEvents({
    store: new MemoryEventStore({ getLimits, now: clock.now }),
    clock,
    getLimits,
    createWatcher: () => null,
  })
}

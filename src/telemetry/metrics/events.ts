import { Counter, type Registry } from '../prometheus.ts'
import type { EventGapReason } from '../../events/stream/event-message.ts'
import type { LogEntry } from '../../events/log/log-entry.ts'

/** Registers the metrics of conference events. */
export function registerEventMetrics(registry: Registry) {
  const registers = [registry]
  const events = new Counter({
    name: 'parley_events_total',
    help: 'Conference events that this process has observed, without repetitions.',
    labelNames: ['account', 'type', 'origin'],
    registers,
  })
  const gaps = new Counter({
    name: 'parley_event_gaps_total',
    help: 'Periods in which events may have been missed. INTERRUPTED is counted once, other reasons for each stream.',
    labelNames: ['account', 'reason'],
    registers,
  })
  return {
    countEntry: (entry: LogEntry): void => {
      const { account } = entry
      if (entry.kind === 'event') events.inc({ account, type: entry.event.type, origin: entry.origin })
      else gaps.inc({ account, reason: 'INTERRUPTED' })
    },
    countGap: (account: string, reason: EventGapReason): void => gaps.inc({ account, reason }),
  }
}

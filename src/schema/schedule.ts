import type { Schedule } from '../vendors/vendor.ts'
import { builder } from './builder.ts'

const OneTimeSchedule = builder.objectRef<Extract<Schedule, { kind: 'once' }>>('OneTimeSchedule').implement({
  description: 'Once, at a set time.',
  fields: (t) => ({
    startsAt: t.expose('startsAt', { type: 'DateTime', nullable: false, description: 'When it starts.' }),
    durationMinutes: t.exposeInt('durationMinutes', {
      description: 'Planned duration, in minutes. Null if the vendor reports none.',
    }),
    timeZone: t.expose('timeZone', {
      type: 'TimeZone',
      description: 'Time zone of the schedule. Null if the vendor reports none that has a name.',
    }),
  }),
})

const RecurringSchedule = builder.objectRef<Extract<Schedule, { kind: 'recurring' }>>('RecurringSchedule').implement({
  description: 'Again and again.',
  fields: (t) => ({
    rrule: t.exposeString('rrule', { nullable: false, description: 'RFC 5545, e.g. FREQ=WEEKLY;BYDAY=MO,WE' }),
    nextStartsAt: t.expose('nextStartsAt', {
      type: 'DateTime',
      description: 'When it starts next, where the vendor tells.',
    }),
    durationMinutes: t.exposeInt('durationMinutes', {
      description: 'Planned duration of each occurrence, in minutes. Null if the vendor reports none.',
    }),
    timeZone: t.expose('timeZone', {
      type: 'TimeZone',
      description: 'Time zone of the schedule. Null if the vendor reports none that has a name.',
    }),
  }),
})

const PermanentSchedule = builder.objectRef<Extract<Schedule, { kind: 'permanent' }>>('PermanentSchedule').implement({
  description: 'Schedule of a room that is always open.',
  fields: (t) => ({
    since: t.expose('since', { type: 'DateTime', description: 'When it was made, where that is known.' }),
  }),
})

export const ScheduleUnion = builder.unionType('Schedule', {
  description: 'When a conference is.',
  types: [OneTimeSchedule, RecurringSchedule, PermanentSchedule],
  resolveType: (schedule) =>
    ({ once: 'OneTimeSchedule', recurring: 'RecurringSchedule', permanent: 'PermanentSchedule' })[schedule.kind],
})

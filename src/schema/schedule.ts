import type { Schedule } from '../vendors/vendor-objects.ts'
import { builder } from './builder.ts'

const OneTimeSchedule = builder.objectRef<Extract<Schedule, { kind: 'once' }>>('OneTimeSchedule').implement({
  description: 'A schedule of a conference that takes place once.',
  fields: (t) => ({
    startsAt: t.expose('startsAt', { type: 'DateTime', nullable: false, description: 'When the conference starts.' }),
    durationMinutes: t.int({
      nullable: false,
      description: 'Planned duration in minutes. 0 if the vendor does not report a duration.',
      resolve: ({ durationMinutes }) => durationMinutes ?? 0,
    }),
    timeZone: t.expose('timeZone', {
      type: 'TimeZone',
      description: 'Time zone of the schedule. Null if the vendor does not report a time zone with an IANA name.',
    }),
  }),
})

const RecurringSchedule = builder.objectRef<Extract<Schedule, { kind: 'recurring' }>>('RecurringSchedule').implement({
  description: 'A schedule of a conference that takes place repeatedly.',
  fields: (t) => ({
    rrule: t.exposeString('rrule', {
      nullable: false,
      description:
        'Recurrence rule in RFC 5545 format, such as `FREQ=WEEKLY;BYDAY=MO,WE`. Valid as the input of `updateConference`.',
    }),
    nextStartsAt: t.expose('nextStartsAt', {
      type: 'DateTime',
      description: 'When the next occurrence that is not canceled starts. Null if there is none.',
    }),
    durationMinutes: t.int({
      nullable: false,
      description: 'Planned duration of each occurrence, in minutes. 0 if the vendor does not report a duration.',
      resolve: ({ durationMinutes }) => durationMinutes ?? 0,
    }),
    timeZone: t.expose('timeZone', {
      type: 'TimeZone',
      description: 'Time zone of the schedule. Null if the vendor does not report a time zone with an IANA name.',
    }),
  }),
})

const PermanentSchedule = builder.objectRef<Extract<Schedule, { kind: 'permanent' }>>('PermanentSchedule').implement({
  description: 'A schedule without times: the conference is always available.',
  fields: (t) => ({
    since: t.expose('since', {
      type: 'DateTime',
      description: 'When the conference was created. Null if the vendor does not report it.',
    }),
  }),
})

export const ScheduleUnion = builder.unionType('Schedule', {
  description: 'A schedule of a conference: once, repeatedly, or always.',
  types: [OneTimeSchedule, RecurringSchedule, PermanentSchedule],
  resolveType: (schedule) =>
    ({ once: 'OneTimeSchedule', recurring: 'RecurringSchedule', permanent: 'PermanentSchedule' })[schedule.kind],
})

import { z } from 'zod'
import { parseBody, createNumericSchema } from './parse-body.ts'
import { invalidFields } from './errors.ts'
import { isTimeZone, parseStartTime } from './time.ts'

const flag = z.boolean().optional()
const text = z.string().optional()

const settings = z.object({
  host_video: flag,
  participant_video: flag,
  cn_meeting: flag,
  in_meeting: flag,
  join_before_host: flag,
  jbh_time: createNumericSchema(z.literal([0, 5, 10, 15])).optional(),
  mute_upon_entry: flag,
  waiting_room: flag,
  watermark: flag,
  use_pmi: flag,
  approval_type: createNumericSchema(z.literal([0, 1, 2])).optional(),
  registration_type: createNumericSchema(z.literal([1, 2, 3])).optional(),
  audio: z.enum(['both', 'telephony', 'voip', 'thirdParty']).optional(),
  auto_recording: z.enum(['local', 'cloud', 'none']).optional(),
  alternative_hosts: text,
  alternative_hosts_email_notification: flag,
  meeting_authentication: flag,
  authentication_option: text,
  authentication_domains: text,
  enforce_login: flag,
  enforce_login_domains: text,
  meeting_invitees: z.array(z.object({ email: z.email() })).optional(),
  breakout_room: z
    .object({
      enable: flag,
      rooms: z.array(z.object({ name: z.string(), participants: z.array(z.string()).optional() })).optional(),
    })
    .optional(),
  contact_name: text,
  contact_email: text,
  close_registration: flag,
  registrants_confirmation_email: flag,
  registrants_email_notification: flag,
  show_share_button: flag,
  allow_multiple_devices: flag,
  email_notification: flag,
  encryption_type: z.enum(['enhanced_encryption', 'e2ee']).optional(),
  focus_mode: flag,
  private_meeting: flag,
  calendar_type: createNumericSchema(z.literal([1, 2])).optional(),
  global_dial_in_countries: z.array(z.string()).optional(),
  continuous_meeting_chat: z.object({ enable: flag }).optional(),
  internal_meeting: flag,
  push_change_to_calendar: flag,
})

const recurrence = z.object({
  type: createNumericSchema(z.literal([1, 2, 3])),
  repeat_interval: createNumericSchema(z.number().int().min(1).max(99)).optional(),
  weekly_days: z
    .union([z.string(), z.number().transform(String)])
    .pipe(z.string().regex(/^[1-7](,[1-7])*$/))
    .optional(),
  monthly_day: createNumericSchema(z.number().int().min(1).max(31)).optional(),
  monthly_week: createNumericSchema(z.literal([-1, 1, 2, 3, 4])).optional(),
  monthly_week_day: createNumericSchema(z.number().int().min(1).max(7)).optional(),
  end_times: createNumericSchema(z.number().int().min(0).max(60)).optional(),
  end_date_time: z.iso.datetime().optional(),
})

/** Fields of a create or change. Other fields are ignored, as Zoom does. */
const input = z.object({
  topic: z.string().max(200).optional(),
  type: createNumericSchema(z.literal([1, 2, 3, 8, 10])).optional(),
  start_time: z.string().optional(),
  duration: createNumericSchema(z.number().int().min(1).max(1440)).optional(),
  timezone: z.string().refine(isTimeZone).optional(),
  agenda: z.string().max(2000).optional(),
  password: z
    .string()
    .max(10)
    .regex(/^[\w@*!-]*$/)
    .optional(),
  schedule_for: text,
  tracking_fields: z.array(z.object({ field: z.string(), value: z.string().optional().default('') })).optional(),
  recurrence: recurrence.optional(),
  settings: settings.optional(),
})

export type MeetingInput = z.infer<typeof input>

/** Parses the body of a create or change. Removes the settings in `unavailable` without an error. */
export function readMeeting(body: unknown, unavailable: string[]): MeetingInput {
  const fields = parseBody(input, body)
  const { settings, recurrence, start_time } = fields
  if (start_time !== undefined && parseStartTime(start_time, 'UTC') === null) throw invalidFields('start_time')
  if (recurrence?.end_times !== undefined && recurrence.end_date_time !== undefined)
    throw invalidFields('recurrence.end_date_time')
  if (!settings) return fields
  const kept = Object.entries(settings).filter(([name]) => !unavailable.includes(name))
  return { ...fields, settings: Object.fromEntries(kept) }
}

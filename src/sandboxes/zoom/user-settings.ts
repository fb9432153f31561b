import { invalidFields } from './errors.ts'
import { pathUser, type Service } from './service.ts'
import type { User } from './world.ts'

/** Serves the settings of a user: all of them, or the part that `option` selects. */
export function serveUserSettings(service: Service): void {
  const { route } = service
  const classic = 'user:read(:admin)'

  route('GET', '/users/:userId/settings', 'Medium', `user:read:settings(:admin) ${classic}`, (c) => {
    const user = pathUser(service, c)
    const option = c.req.query('option')
    if (!option) return c.json(allSettings(user))
    if (option === 'meeting_security') return c.json({ meeting_security: security })
    if (option !== 'meeting_authentication' && option !== 'recording_authentication') throw invalidFields('option')
    return c.json({ authentication_options: { [option]: { [option]: false, authentication_options: [] } } })
  })

  /** Serves the users who can schedule for the user. The sandbox has none. */
  route('GET', '/users/:userId/schedulers', 'Medium', `user:read:list_schedulers(:admin) ${classic}`, (c) => {
    pathUser(service, c)
    return c.json({ schedulers: [] })
  })
}

const allSettings = ({ type }: User) => ({
  schedule_meeting: {
    host_video: true,
    participants_video: true,
    join_before_host: true,
    use_pmi_for_instant_meetings: false,
  },
  in_meeting: { chat: true, file_transfer: true, breakout_room: false, waiting_room: true, polling: true },
  email_notification: { jbh_reminder: true, cancel_meeting_reminder: true },
  recording: { cloud_recording: type === 2, local_recording: true, auto_recording: 'none' },
  feature: { meeting_capacity: type === 2 ? 300 : 100, large_meeting: false, webinar: false },
})

const security = {
  auto_security: true,
  block_user_domain: false,
  block_user_domain_list: [],
  embed_password_in_join_link: true,
  encryption_type: 'enhanced_encryption',
  end_to_end_encrypted_meetings: false,
  meeting_password: true,
  meeting_password_requirement: {
    length: 0,
    consecutive_characters_length: 0,
    have_letter: false,
    have_number: false,
    have_upper_and_lower_characters: false,
    have_special_character: false,
    only_allow_numeric: false,
    weak_enhance_detection: false,
  },
  only_authenticated_can_join_from_webclient: false,
  phone_password: true,
  pmi_password: true,
  require_password_for_scheduled_meeting: false,
  require_password_for_scheduled_webinar: false,
  waiting_room: true,
  waiting_room_settings: {
    participants_to_place_in_waiting_room: 0,
    users_who_can_admit_participants_from_waiting_room: 0,
    whitelisted_domains_for_waiting_room: '',
  },
  webinar_password: true,
}

import { getOrigin } from '../origin.ts'
import type { ZoomContext } from './context.ts'
import { invalidFields, ZoomError } from './errors.ts'
import type { Found } from './instances.ts'
import { getRecorded } from './recorded-session.ts'
import { formatRecordedSession, getListedFiles } from './recording-view.ts'
import { pathUser, type Service } from './service.ts'
import { day, formatDate, readDate, subtractMonth } from './time.ts'
import type { Instance } from './world.ts'

/** TTL of a download token, in seconds. */
const maxTtl = 604_800

/**
 * Serves lists of cloud recordings.
 *
 * @param issueToken Issues a token that downloads the recordings of a session for `ttl` seconds.
 */
export function serveRecordings(service: Service, issueToken: (uuid: string, ttl: number) => string): void {
  const { route, world, pager, switches, now } = service

  const format = (c: ZoomContext, found: Found, files = getListedFiles(found.instance)) =>
    formatRecordedSession(service.accountId, found, files, getOrigin(c), switches.bareFiles)

  const one = 'cloud_recording:read:list_recording_files(:admin) recording:read(:admin)'
  route('GET', '/meetings/:meetingId/recordings', 'Light', one, (c) => {
    const found = getRecorded(service, c)
    const ttl = Number(c.req.query('ttl') ?? day / 1000)
    if (!Number.isInteger(ttl) || ttl < 0 || ttl > maxTtl) throw invalidFields('ttl')
    const withToken = switches.downloadTokens && c.req.query('include_fields') === 'download_access_token'
    return c.json({
      ...format(c, found),
      ...(withToken && { download_access_token: issueToken(found.instance.uuid, ttl) }),
    })
  })

  /** Responds with a page of recorded sessions. A period that is longer than one month is shortened without an error. */
  function list(c: ZoomContext, isListed: (found: Found) => boolean, more: (found: Found) => object): Response {
    const { from = formatDate(now() - day), to = formatDate(now()), trash } = c.req.query()
    const until = readDate('to', to)
    const since = Math.max(readDate('from', from), subtractMonth(until))
    const isInTrash = trash === 'true'
    const filesOf = ({ recordings }: Instance) => recordings.filter(({ trashed }) => (trashed !== null) === isInTrash)
    const within = ({ start }: Instance) => isInTrash || (start >= since && start < until + day)
    const sessions = [...world.meetings.values()]
      .flatMap((meeting) => meeting.past.map((instance) => ({ meeting, instance })))
      .filter((found) => filesOf(found.instance).length > 0 && within(found.instance) && isListed(found))
    const keyOf = ({ instance }: Found) => instance.uuid
    const { items, envelope } = pager.page(c, sessions, { keyOf, numbered: false })
    const meetings = items.map((found) => ({ ...format(c, found, filesOf(found.instance)), ...more(found) }))
    return c.json({ from: formatDate(since), to, ...envelope, meetings })
  }

  const ofUser = 'cloud_recording:read:list_user_recordings(:admin) recording:read:admin'
  route('GET', '/users/:userId/recordings', 'Medium', ofUser, (c) => {
    const { id } = pathUser(service, c)
    const number = c.req.query('meeting_id')
    return list(
      c,
      ({ meeting }) => meeting.host_id === id && (!number || String(meeting.id) === number),
      () => ({}),
    )
  })

  const ofAccount = 'cloud_recording:read:list_account_recordings(:admin) recording:read:admin'
  route('GET', '/accounts/:accountId/recordings', 'Medium', ofAccount, (c) => {
    if (c.req.param('accountId') !== 'me') {
      const master = 'cloud_recording:read:list_account_recordings:master'
      throw new ZoomError(400, 4711, `Invalid access token, does not contain scopes:[${master}].`)
    }
    const mailOf = ({ meeting }: Found) => world.users.find(({ id }) => id === meeting.host_id)?.email ?? ''
    return list(
      c,
      () => true,
      (found) => ({ host_email: mailOf(found) }),
    )
  })

  const settings = 'cloud_recording:read:recording_settings(:admin) recording:read(:admin)'
  route('GET', '/meetings/:meetingId/recordings/settings', 'Light', settings, (c) => {
    const { topic, password } = getRecorded(service, c).meeting
    return c.json({
      topic,
      password,
      share_recording: 'publicly',
      recording_authentication: false,
      viewer_download: true,
      on_demand: false,
      approval_type: 2,
      send_email_to_host: false,
      show_social_share_buttons: false,
    })
  })
}

import { getOrigin } from '../origin.ts'
import type { ZoomContext } from './context.ts'
import { invalidFields, ZoomError } from './errors.ts'
import { getEndedInstance, type Found } from './instances.ts'
import { formatRecordedSession, getListedFiles } from './recording-view.ts'
import { pathUser, type Service } from './service.ts'
import { day, formatDate, readDate, subtractMonth } from './time.ts'
import type { Instance, RecordingFile } from './world.ts'

const noRecording = () => new ZoomError(404, 3301, 'There is no recording for this meeting.')
const maxTtl = 604_800

/**
 * Serves cloud recordings.
 *
 * @param issueToken Issues a token that downloads the recordings of a session for `ttl` seconds.
 */
export function serveRecordings(service: Service, issueToken: (uuid: string, ttl: number) => string): void {
  const { route, world, pager, switches, now, effect } = service

  const format = (c: ZoomContext, found: Found, files = getListedFiles(found.instance)) =>
    formatRecordedSession(service.accountId, found, files, getOrigin(c), switches.bareFiles)

  /** Returns the session in the path, and its files that are not in the trash. */
  function getRecorded(c: ZoomContext): Found & { files: RecordingFile[] } {
    const found = findEnded(c)
    const files = found ? getListedFiles(found.instance) : []
    if (!found || files.length === 0) throw noRecording()
    return { ...found, files }
  }

  function findEnded(c: ZoomContext): Found | null {
    try {
      return getEndedInstance(service, c)
    } catch {
      return null
    }
  }

  const one = 'cloud_recording:read:list_recording_files(:admin) recording:read(:admin)'
  route('GET', '/meetings/:meetingId/recordings', 'Light', one, (c) => {
    const found = getRecorded(c)
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

  /** Deletes files of a session, permanently or into the trash. */
  function remove(c: ZoomContext, { instance }: Found, files: RecordingFile[]): Response {
    const { action = 'trash' } = c.req.query()
    if (action !== 'trash' && action !== 'delete') throw invalidFields('action')
    if (files.some(({ status }) => status === 'processing'))
      throw new ZoomError(400, 3303, 'You can not delete an uncompleted meeting.')
    for (const file of files) {
      if (action === 'trash') file.trashed = now()
      else instance.recordings.splice(instance.recordings.indexOf(file), 1)
      effect('deleteRecording', file.id, { uuid: instance.uuid, action })
    }
    return c.body(null, 204)
  }

  const deleteAll = 'cloud_recording:delete:meeting_recording(:admin) recording:write(:admin)'
  route('DELETE', '/meetings/:meetingId/recordings', 'Light', deleteAll, (c) => {
    const found = getRecorded(c)
    return remove(c, found, found.files)
  })

  const deleteFile = 'cloud_recording:delete:recording_file(:admin) recording:write(:admin)'
  route('DELETE', '/meetings/:meetingId/recordings/:fileId', 'Light', deleteFile, (c) => {
    const found = getRecorded(c)
    const file = found.files.find(({ id }) => id === c.req.param('fileId'))
    if (!file) throw noRecording()
    return remove(c, found, [file])
  })
}

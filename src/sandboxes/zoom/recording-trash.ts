import type { ZoomContext } from './context.ts'
import { invalidFields, ZoomError } from './errors.ts'
import type { Found } from './instances.ts'
import { getRecorded, noRecording } from './recorded-session.ts'
import { readJson, type Service } from './service.ts'
import type { RecordingFile } from './world.ts'

/** Serves the deletion of cloud recordings, and their recovery from the trash: one file, or all files of a session. */
export function serveRecordingTrash(service: Service): void {
  const { route, now, effect } = service

  function getFileInPath(c: ZoomContext, files: RecordingFile[]): RecordingFile {
    const file = files.find(({ id }) => id === c.req.param('fileId'))
    if (!file) throw noRecording()
    return file
  }

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
    const found = getRecorded(service, c)
    return remove(c, found, found.files)
  })

  const deleteFile = 'cloud_recording:delete:recording_file(:admin) recording:write(:admin)'
  route('DELETE', '/meetings/:meetingId/recordings/:fileId', 'Light', deleteFile, (c) => {
    const found = getRecorded(service, c)
    return remove(c, found, [getFileInPath(c, found.files)])
  })

  async function recover(c: ZoomContext, { instance }: Found, files: RecordingFile[]): Promise<void> {
    const { action } = await readJson(c)
    if (action !== 'recover') throw invalidFields('action')
    for (const file of files) {
      file.trashed = null
      effect('recoverRecording', file.id, { uuid: instance.uuid })
    }
  }

  const recoverAll = 'cloud_recording:update:recover_meeting_recordings(:admin) recording:write(:admin)'
  route('PUT', '/meetings/:meetingId/recordings/status', 'Light', recoverAll, async (c) => {
    const found = getRecorded(service, c, true)
    await recover(c, found, found.files)
    return c.body(null, 200)
  })

  const recoverFile = 'cloud_recording:update:recover_single_recording(:admin) recording:write(:admin)'
  route('PUT', '/meetings/:meetingId/recordings/:fileId/status', 'Light', recoverFile, async (c) => {
    const found = getRecorded(service, c, true)
    await recover(c, found, [getFileInPath(c, found.files)])
    return c.body(null, 204)
  })
}

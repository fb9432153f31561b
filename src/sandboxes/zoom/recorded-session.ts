import type { ZoomContext } from './context.ts'
import { ZoomError } from './errors.ts'
import { getEndedInstance, type Found } from './instances.ts'
import type { Service } from './service.ts'
import type { RecordingFile } from './world.ts'

export const noRecording = () => new ZoomError(404, 3301, 'There is no recording for this meeting.')

/**
 * Returns the session in the path, and its files that are not in the trash.
 *
 * @param isInTrash Returns the files in the trash instead. Default: false.
 * @throws ZoomError 404/3301 if there are no such files.
 */
export function getRecorded(service: Service, c: ZoomContext, isInTrash = false): Found & { files: RecordingFile[] } {
  const found = findEnded(service, c)
  const files = found?.instance.recordings.filter(({ trashed }) => (trashed !== null) === isInTrash) ?? []
  if (!found || files.length === 0) throw noRecording()
  return { ...found, files }
}

function findEnded(service: Service, c: ZoomContext): Found | null {
  try {
    return getEndedInstance(service, c)
  } catch {
    return null
  }
}

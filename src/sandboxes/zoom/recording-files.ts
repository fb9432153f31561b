import { createHash } from 'node:crypto'
import type { Instance, RecordingFile } from './world.ts'

/** Creates an ID in the format of Zoom's recording files. */
function createFileId(seed: string): string {
  const hex = createHash('md5').update(seed).digest('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/**
 * Creates a file that was recorded in a session. It is not added to the session.
 *
 * @param seed Two files with the same seed have the same ID.
 * @param fields Default: a completed video of 1 MiB, as long as the session.
 */
export function createRecordingFile(
  seed: string,
  { start, end }: Instance,
  fields: Partial<RecordingFile> = {},
): RecordingFile {
  const size = fields.content?.length ?? fields.size ?? 1_048_576
  return {
    id: createFileId(seed),
    file_type: 'MP4',
    file_extension: 'MP4',
    recording_type: 'shared_screen_with_speaker_view',
    start,
    end: end ?? start,
    listedSize: size,
    content: null,
    status: 'completed',
    trashed: null,
    ...fields,
    size,
  }
}

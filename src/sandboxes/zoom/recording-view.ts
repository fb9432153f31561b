import type { Found } from './instances.ts'
import { formatTime, minute } from './time.ts'
import { createId, type Instance, type RecordingFile } from './world.ts'

/** Returns the part of a file's links that identifies the file. */
export const createFileKey = ({ id }: RecordingFile): string => createId(`recording:${id}`)

export const getListedFiles = ({ recordings }: Instance): RecordingFile[] =>
  recordings.filter(({ trashed }) => trashed === null)

/** Formats a session with these files of its cloud recording. @param bare Whether TIMELINE and CC have no ID, size, and status. */
export function formatRecordedSession(
  accountId: string,
  { meeting, instance: { uuid, start, end } }: Found,
  files: RecordingFile[],
  origin: string,
  bare = false,
): Record<string, unknown> {
  return {
    uuid,
    id: meeting.id,
    account_id: accountId,
    host_id: meeting.host_id,
    topic: meeting.topic,
    type: meeting.type,
    start_time: formatTime(start),
    timezone: meeting.timezone,
    duration: Math.ceil(((end ?? start) - start) / minute),
    total_size: files.reduce((total, { listedSize }) => total + listedSize, 0),
    recording_count: files.length,
    share_url: `${origin}/rec/share/${createId(`share:${uuid}`)}`,
    password: meeting.password,
    recording_play_passcode: createId(`passcode:${uuid}`),
    recording_files: files.map((file) => formatFile(file, uuid, origin, bare)),
  }
}

function formatFile(file: RecordingFile, uuid: string, origin: string, bare: boolean): Record<string, unknown> {
  const { id, file_type, file_extension, recording_type, status } = file
  const isReady = status === 'completed'
  const key = createFileKey(file)
  const [play_url, download_url] = [`${origin}/rec/play/${key}`, `${origin}/rec/download/${key}`]
  const described = {
    id,
    file_size: isReady ? file.listedSize : 0,
    status,
    recording_type,
    ...(isReady && { play_url }),
  }
  return {
    ...(bare && ['TIMELINE', 'CC'].includes(file_type) ? {} : described),
    meeting_id: uuid,
    file_type,
    file_extension,
    recording_start: formatTime(file.start),
    recording_end: isReady ? formatTime(file.end) : '',
    ...(isReady && { download_url }),
    ...(file.trashed !== null && { deleted_time: formatTime(file.trashed) }),
  }
}

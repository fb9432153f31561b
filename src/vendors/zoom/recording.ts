import { BaseRecording } from '../kit/base-recording.ts'
import { createFileName } from '../kit/file-name.ts'
import { readField, toCount, toNumber, toText, toWebUrl, type UnreadFields } from '../kit/lenient.ts'
import { removePasscode } from '../kit/links.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import type { RecordingKind, RecordingState } from '../vendor-objects.ts'

type FileItem = UnreadFields<
  | 'file_type'
  | 'file_extension'
  | 'file_size'
  | 'file_name'
  | 'recording_start'
  | 'recording_end'
  | 'recording_type'
  | 'status'
  | 'deleted_time'
  | 'download_url'
  | 'play_url'
>

/** The recorded session that a file belongs to. */
export interface RecordedSession {
  uuid: string
  meetingId: string | null
  topic: string
  startedAt: Date | null
}

interface FileType {
  kind: RecordingKind
  contentType: string
  extension: string
}

const vtt = { contentType: 'text/vtt', extension: 'vtt' }
const txt = { contentType: 'text/plain', extension: 'txt' }
const json = { contentType: 'application/json', extension: 'json' }

/** Zoom's file types. */
const fileTypes: ReadonlyMap<string, FileType> = new Map<string, FileType>([
  ['MP4', { kind: 'VIDEO', contentType: 'video/mp4', extension: 'mp4' }],
  ['M4A', { kind: 'AUDIO', contentType: 'audio/mp4', extension: 'm4a' }],
  ['TRANSCRIPT', { kind: 'TRANSCRIPT', ...vtt }],
  ['CC', { kind: 'CAPTIONS', ...vtt }],
  ['CHAT', { kind: 'CHAT', ...txt }],
  ['CHAT_MESSAGE', { kind: 'CHAT', ...txt }],
  ['TIMELINE', { kind: 'OTHER', ...json }],
  ['SUMMARY', { kind: 'OTHER', ...json }],
  ['CSV', { kind: 'OTHER', contentType: 'text/csv', extension: 'csv' }],
  ['TB', { kind: 'OTHER', contentType: 'image/jpeg', extension: 'jpg' }],
])
const unknownType: FileType = { kind: 'OTHER', contentType: 'application/octet-stream', extension: 'bin' }

/** Values of `status` for a file that will never be available. */
const unavailableStatuses: ReadonlySet<string> = new Set(['deleted', 'trashed', 'failed', 'error'])

/** A file of a session as raw JSON, with its ID. */
export interface IdentifiedFile {
  /** Null if the file cannot be identified. */
  id: string | null
  file: unknown
}

/**
 * Adds their IDs to the files of a session. Zoom's timelines and captions have none: they are identified by their type and
 * start, and by a number if these are not unique.
 */
export function identifyFiles(files: readonly unknown[]): IdentifiedFile[] {
  const counts = new Map<string, number>()
  return files.map((file) => {
    const id = readField(file, 'id')
    const type = readField(file, 'file_type') ?? readField(file, 'recording_type')
    if (id !== null || type === null) return { id, file }
    const created = `${type.toLowerCase()}:${readField(file, 'recording_start') ?? ''}`
    const count = (counts.get(created) ?? 0) + 1
    counts.set(created, count)
    return { id: count === 1 ? created : `${created}:${count}`, file }
  })
}

/** Whether an ID is Zoom's, not one that was created by `identifyFiles`. */
export const isZoomFileId = (id: string): boolean => !id.includes(':')

/** A file of a cloud recording. */
export class ZoomRecording extends BaseRecording<FileItem> {
  readonly #session: RecordedSession

  /** @throws `VENDOR_BAD_RESPONSE` if there is no ID. */
  constructor(session: RecordedSession, { id, file }: IdentifiedFile) {
    super(id, session.uuid, file)
    this.#session = session
  }

  override get sessionId() {
    return this.#session.uuid
  }
  override get conferenceId() {
    return this.#session.meetingId
  }
  override get title() {
    return this.#session.topic
  }
  override get kind() {
    return this.#type.kind
  }
  override get state(): RecordingState {
    const status = toText(this.item.status)?.toLowerCase() ?? 'completed'
    if (toText(this.item.deleted_time) !== null || unavailableStatuses.has(status)) return 'UNAVAILABLE'
    if (status !== 'completed') return 'PROCESSING'
    return toWebUrl(this.item.download_url) === null ? 'UNAVAILABLE' : 'READY'
  }
  override get name() {
    const extension = toText(this.item.file_extension)?.toLowerCase() ?? ''
    return createFileName(
      [this.title, formatStart(this.startedAt ?? this.#session.startedAt), this.#label],
      /^[a-z0-9]{1,8}$/.test(extension) ? extension : this.#type.extension,
    )
  }
  override get contentType() {
    return this.#type.contentType
  }
  override get size() {
    const size = toNumber(this.item.file_size)
    return size === null || size < 0 || this.state === 'PROCESSING' ? null : size
  }
  override get startedAt() {
    return parseTimestamp(this.item.recording_start)
  }
  override get durationSeconds() {
    const endedAt = parseTimestamp(this.item.recording_end)
    return this.startedAt && endedAt && toCount((endedAt.getTime() - this.startedAt.getTime()) / 1_000)
  }
  /** URL at which Zoom's file host serves the file with a token. Null if the file is not available. */
  get hostUrl(): URL | null {
    return this.state === 'READY' ? URL.parse(toWebUrl(this.item.download_url) ?? '') : null
  }
  override get playUrl() {
    const url = toWebUrl(this.item.play_url)
    return url === null ? null : removePasscode(url)
  }

  get #type(): FileType {
    return fileTypes.get(toText(this.item.file_type)?.toUpperCase() ?? '') ?? unknownType
  }

  /** What distinguishes the file from the others of its session: a participant's own audio has a name, other files have a type. */
  get #label(): string | null {
    const fileName = toText(this.item.file_name)?.replace(/\.\w{1,8}$/, '')
    return fileName ?? toText(this.item.recording_type) ?? toText(this.item.file_type)
  }
}

/** Returns a UTC time such as `2026-11-30 0905`. */
const formatStart = (startedAt: Date | null): string | null =>
  startedAt && startedAt.toISOString().slice(0, 16).replace('T', ' ').replace(':', '')

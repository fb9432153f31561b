import { BaseRecording } from '../kit/base-recording.ts'
import { createFileName } from '../kit/file-name.ts'
import { readField, toNumber, toText, type UnreadFields } from '../kit/lenient.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import type { RecordingKind } from '../vendor-objects.ts'
import type { TrueConfSession } from './session.ts'

type RecordItem = UnreadFields<'name' | 'size' | 'created'>

interface FileType {
  kind: RecordingKind
  contentType: string
}

/** File types by the extension of the name, because TrueConf reports no type. */
const fileTypes: ReadonlyMap<string, FileType> = new Map<string, FileType>([
  ['mkv', { kind: 'VIDEO', contentType: 'video/x-matroska' }],
  ['mp4', { kind: 'VIDEO', contentType: 'video/mp4' }],
  ['webm', { kind: 'VIDEO', contentType: 'video/webm' }],
  ['mka', { kind: 'AUDIO', contentType: 'audio/x-matroska' }],
  ['m4a', { kind: 'AUDIO', contentType: 'audio/mp4' }],
  ['mp3', { kind: 'AUDIO', contentType: 'audio/mpeg' }],
  ['ogg', { kind: 'AUDIO', contentType: 'audio/ogg' }],
])
const unknownType: FileType = { kind: 'OTHER', contentType: 'application/octet-stream' }

/** Returns the name of a record, which is unique in its conference. Null if the item has none. */
export const getRecordName = (raw: unknown): string | null => readField(raw, 'name')

/** Returns when the file of a record was created. */
export const getCreated = (raw: unknown): Date | null => parseTimestamp((raw as RecordItem | null)?.created)

/** A record of a conference and the session in which it was made, if that is known. */
export interface RecordOfSession {
  conferenceId: string
  session: TrueConfSession | null
  /** Title of the conference, if there is no session. */
  title: string
  record: unknown
}

/** A record from `GET /conferences/{conference_id}/records`. */
export class TrueConfRecording extends BaseRecording<RecordItem> {
  readonly #session: TrueConfSession | null
  readonly #title: string

  /** @throws `VENDOR_BAD_RESPONSE` if there is no name. */
  constructor({ conferenceId, session, title, record }: RecordOfSession) {
    super(getRecordName(record), conferenceId, record)
    this.#session = session
    this.#title = title
  }

  override get sessionId() {
    return this.#session?.vendorId ?? null
  }
  override get conferenceId() {
    return this.parentId
  }
  override get title() {
    return this.#session?.title || this.#title
  }
  override get kind() {
    return this.#type.kind
  }
  override get name() {
    return createFileName([this.vendorId.replace(/\.[^.]*$/, '')], this.#extension ?? 'bin')
  }
  override get contentType() {
    return this.#type.contentType
  }
  override get size() {
    const size = toNumber(this.item.size)
    return size === null || size < 0 ? null : size
  }
  /** The file is created when the recording begins. A file that was created after the session does not show when that was. */
  override get startedAt() {
    const created = getCreated(this.item)
    const endedAt = this.#session?.endedAt ?? null
    return created && endedAt && created > endedAt ? null : created
  }

  get #extension(): string | null {
    return /\.([a-z0-9]{1,8})$/.exec(toText(this.item.name)?.slice(-10).toLowerCase() ?? '')?.[1] ?? null
  }
  get #type(): FileType {
    return fileTypes.get(this.#extension ?? '') ?? unknownType
  }
}

import type { Recording, RecordingKind, RecordingState } from '../vendor-objects.ts'
import { BaseObject } from './base-object.ts'
import { removeLinks } from './links.ts'

/**
 * A recording for which the vendor reports only an ID. A vendor's class overrides the getters of the fields that the vendor
 * reports.
 */
export abstract class BaseRecording<Item> extends BaseObject<Item> implements Recording {
  readonly parentId: string

  /** See `BaseObject`. */
  constructor(vendorId: string | null, parentId: string, item: unknown) {
    super(vendorId, item)
    this.parentId = parentId
  }

  get sessionId(): string | null {
    return null
  }
  get conferenceId(): string | null {
    return null
  }
  get title(): string {
    return ''
  }
  get kind(): RecordingKind {
    return 'OTHER'
  }
  get state(): RecordingState {
    return 'READY'
  }
  abstract get name(): string
  get contentType(): string {
    return 'application/octet-stream'
  }
  get size(): number | null {
    return null
  }
  get startedAt(): Date | null {
    return null
  }
  get durationSeconds(): number | null {
    return null
  }
  get playUrl(): string | null {
    return null
  }
  override get raw(): unknown {
    return removeLinks(super.raw)
  }
}

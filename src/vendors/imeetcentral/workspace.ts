import type { Conference } from '../vendor.ts'
import { withoutCredentials } from '../kit/credentials.ts'
import { toText, type Unread } from '../kit/lenient.ts'
import { readItem } from './shapes.ts'

export interface Workspace {
  shortName: string | null
  conference: Conference
}

/** The short name of a deleted workspace begins so. */
export const deletedPrefix = 'deleted'

type WorkspaceDetails = Unread<'workspaceName' | 'urlShortName' | 'description'>

/** A workspace as a conference, over what iMeet Central sent of it. Fields are read when they are asked for. */
class CentralConference implements Conference {
  readonly vendorId: string
  readonly #raw: unknown
  readonly #details: WorkspaceDetails

  constructor(id: string, details: WorkspaceDetails, raw: unknown) {
    this.vendorId = id
    this.#raw = raw
    this.#details = details
  }

  get kind() {
    return 'WORKSPACE' as const
  }
  get title() {
    return toText(this.#details.workspaceName) ?? ''
  }
  get description() {
    return toText(this.#details.description)
  }
  get mode() {
    return null
  }
  get state() {
    return 'UNKNOWN' as const
  }
  get schedule() {
    return null
  }
  get ownerId() {
    return null
  }
  get maxParticipants() {
    return null
  }
  get allowGuests() {
    return null
  }
  get tags() {
    return []
  }
  get joinUrl() {
    return null
  }
  get createdAt() {
    return null
  }
  get raw() {
    return withoutCredentials(this.#raw)
  }
}

/** A workspace as a conference; null for a deleted one, which stays in the vendor's lists under another short name. */
export function readWorkspace(raw: unknown): Workspace | null {
  const { id, details } = readItem<keyof WorkspaceDetails>(raw)
  const shortName = toText(details.urlShortName)
  return shortName?.startsWith(deletedPrefix)
    ? null
    : { shortName, conference: new CentralConference(id, details, raw) }
}

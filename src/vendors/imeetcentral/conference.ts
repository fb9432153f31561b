import { BaseConference } from '../kit/base-conference.ts'
import { toText, type UnreadFields } from '../kit/lenient.ts'
import type { Conference } from '../vendor.ts'
import { readItem } from './item.ts'

export interface Workspace {
  shortName: string | null
  conference: Conference
}

/** The short name of a deleted workspace begins so. */
export const deletedPrefix = 'deleted'

type WorkspaceDetails = UnreadFields<'workspaceName' | 'urlShortName' | 'description'>

/** A workspace as iMeet Central reports it. */
class CentralConference extends BaseConference<unknown> {
  readonly #details: WorkspaceDetails

  constructor(id: string, details: WorkspaceDetails, raw: unknown) {
    super(id, raw)
    this.#details = details
  }

  override get kind() {
    return 'WORKSPACE' as const
  }
  override get title() {
    return toText(this.#details.workspaceName) ?? ''
  }
  override get description() {
    return toText(this.#details.description)
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

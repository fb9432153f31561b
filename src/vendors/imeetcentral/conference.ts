import { BaseConference } from '../kit/base-conference.ts'
import { toText, type UnreadFields } from '../kit/lenient.ts'
import type { Conference } from '../vendor-objects.ts'
import { readItem } from './item.ts'

export interface Workspace {
  shortName: string | null
  conference: Conference
}

/** Prefix of the short names of deleted workspaces. */
export const deletedPrefix = 'deleted'

type WorkspaceDetails = UnreadFields<'workspaceName' | 'urlShortName' | 'description'>

/** A workspace from `GET /workspaces` or `GET /workspaces/{id}`. */
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

/** Reads a workspace. Null if it was deleted: the vendor keeps it in its lists with another short name. */
export function readWorkspace(raw: unknown): Workspace | null {
  const { id, details } = readItem<keyof WorkspaceDetails>(raw)
  const shortName = toText(details.urlShortName)
  return shortName?.startsWith(deletedPrefix)
    ? null
    : { shortName, conference: new CentralConference(id, details, raw) }
}

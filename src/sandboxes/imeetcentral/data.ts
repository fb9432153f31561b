import { Table } from './table.ts'

export interface CustomField {
  fieldApiId: string
  value?: unknown
}

export interface User {
  fullName: string
  email: string
}

export interface Workspace {
  workspaceName: string
  /** Unique part of the workspace's URL. Begins with `deleted` after the workspace was deleted. */
  urlShortName: string
  description: string
  workspaceType: string
  customFields: CustomField[]
  accountId: string | null
  /** User IDs by role ID. No endpoint lists them. */
  members: Map<string, Set<string>>
}

export interface Milestone {
  workspaceId: string
  title: string
  /** Date such as `2026-11-20`, like `startDate`. */
  dueDate: string
  startDate?: string | undefined
  description?: string | undefined
  reminders?: string[] | undefined
  customFields?: CustomField[] | undefined
}

export interface Tasklist {
  /** Null for a template. */
  milestoneId: string | null
  tasklistName: string
  startDate?: string | undefined
  tasklistTemplate?: string | undefined
}

/** An uploaded file. Its bytes are hashed, not stored. */
export interface Asset {
  name: string
  contentType: string
  bytes: number
  /** In lower-case hexadecimal. */
  sha256: string
}

/** All data of the sandbox. Tests can read and change it while the sandbox runs. */
export class Data {
  readonly users = new Table<User>(1)
  readonly workspaces = new Table<Workspace>(2)
  readonly workspaceGroups = new Table<{ workspaceGroupName: string }>(3)
  readonly accounts = new Table<{ accountName: string; customFields: CustomField[] }>(4)
  readonly milestones = new Table<Milestone>(5)
  readonly tasklists = new Table<Tasklist>(6)
  readonly times = new Table<{ userId: string; date: string; hours: number }>(7)
  readonly roles = new Table<{ title: string }>(8)
  readonly reports = new Table<{ records: Table<{ fields: { fieldName: string; value: string }[] }> }>(9)
  readonly events = new Table<{ workspaceId: string; title: string; startDate: string }>(11)
  readonly tasks = new Table<{ title: string }>(12)
  readonly folders = new Table<{ title: string }>(13)
  /** Attached files. `target` is the ID of the object to which a file is attached. */
  readonly files = new Table<Asset & { target: string }>(14)
  /** Files that are not attached yet, by their deferred asset ID. */
  readonly deferred = new Map<string, Asset>()
  /** ID of the user for whom the client key acts. */
  actingUserId: string | null = null
}

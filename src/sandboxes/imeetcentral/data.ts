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
  /** Part of the workspace's address, unique; begins with `deleted` once the workspace is deleted. */
  urlShortName: string
  description: string
  workspaceType: string
  customFields: CustomField[]
  accountId: string | null
  /** Role id → user ids. No endpoint lists them. */
  members: Map<string, Set<string>>
}

export interface Milestone {
  workspaceId: string
  title: string
  /** `2026-11-20`, as is `startDate`. */
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

/** What came in with an upload; of the bytes only the digest is kept. */
export interface Asset {
  name: string
  contentType: string
  bytes: number
  /** Lower-case hex. */
  sha256: string
}

/** Everything the sandbox vendor knows; tests may look at and change it while it serves. */
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
  /** Attached files; `target` is the id of what they hang on. */
  readonly files = new Table<Asset & { target: string }>(14)
  /** Uploaded and not yet attached, by deferred asset id. */
  readonly deferred = new Map<string, Asset>()
  /** The user as whom the client key acts. */
  actingUserId: string | null = null
}

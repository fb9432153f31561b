import { createPerson } from '../people.ts'
import { Data } from './data.ts'
import { Table } from './table.ts'

/** Number of objects of each kind at the start. */
export interface Seed {
  users: number
  workspaces: number
  /** Number of workspaces that are deleted, distributed evenly over the list. */
  deletedWorkspaces: number
  /** The first group is the default group, `Not Grouped`. */
  workspaceGroups: number
  accounts: number
  roles: number
  /** Number in every second workspace, like `events`. */
  milestones: number
  events: number
  /** Number in every milestone. */
  tasklists: number
  tasklistTemplates: number
  times: number
  tasks: number
  folders: number
  reports: number
  /** Number in every report. */
  reportRecords: number
}

export const defaultSeed: Seed = {
  users: 200,
  workspaces: 200,
  deletedWorkspaces: 8,
  workspaceGroups: 4,
  accounts: 2,
  roles: 4,
  milestones: 2,
  events: 2,
  tasklists: 1,
  tasklistTemplates: 3,
  times: 60,
  tasks: 3,
  folders: 3,
  reports: 1,
  reportRecords: 30,
}

const firstPerson = 1200
const subjects = ['Launch', 'Website', 'Übergabe', '企画', 'Audit', 'Onboarding', 'Отчёт', 'Campaign']
const groupNames = ['Not Grouped', 'Clients', 'Internal', 'Archive']
const roleTitles = ['Workspace Member', 'Workspace Manager', 'Sales Rep', 'Reviewer']

/** Creates the initial data. The same numbers always create the same data. */
export function createSeedData(seed: Seed): Data {
  const data = new Data()
  const each = (count: number, make: (index: number) => unknown) => {
    for (let index = 0; index < count; index++) make(index)
  }
  each(seed.users, (index) => {
    const { givenName, familyName, email } = createPerson(firstPerson + index)
    data.users.add({ fullName: `${givenName} ${familyName}`, email })
  })
  data.actingUserId = [...data.users.keys()][0] ?? null
  each(seed.workspaceGroups, (i) => data.workspaceGroups.add({ workspaceGroupName: groupNames[i] ?? `Group ${i}` }))
  each(seed.accounts, (i) => data.accounts.add({ accountName: `Account ${i + 1}`, customFields: [] }))
  each(seed.roles, (i) => data.roles.add({ title: roleTitles[i] ?? `Role ${i}` }))
  each(seed.workspaces, (i) => addWorkspace(data, seed, i))
  each(seed.tasklistTemplates, (i) => data.tasklists.add({ milestoneId: null, tasklistName: `Template ${i + 1}` }))
  each(seed.tasks, (i) => data.tasks.add({ title: `Task ${i + 1}` }))
  each(seed.folders, (i) => data.folders.add({ title: `Folder ${i + 1}` }))
  const userIds = [...data.users.keys()]
  each(seed.times, (i) =>
    data.times.add({ userId: userIds[i % userIds.length] ?? '', date: day(i), hours: 1 + (i % 8) }),
  )
  each(seed.reports, () => data.reports.add({ records: reportRecords(seed.reportRecords) }))
  return data
}

function addWorkspace(data: Data, seed: Seed, index: number): void {
  const share = seed.deletedWorkspaces / seed.workspaces
  const deleted = Math.floor((index + 1) * share) > Math.floor(index * share)
  const accountIds = [...data.accounts.keys()]
  const members = new Map<string, Set<string>>()
  const [role] = data.roles.keys()
  // The acting user is a member of two thirds of the workspaces.
  if (role && data.actingUserId && index % 3 < 2) members.set(role, new Set([data.actingUserId]))
  const { id } = data.workspaces.add({
    workspaceName: `${subjects[index % subjects.length]} ${index + 1}`,
    urlShortName: `${deleted ? 'deleted-' : ''}workspace-${index + 1}`,
    description: '',
    workspaceType: 'pm',
    customFields: index % 3 === 0 ? [{ fieldApiId: 'c_order_id', value: String(1000 + index) }] : [],
    accountId: accountIds[index % accountIds.length] ?? null,
    members,
  })
  if (index % 2 === 1) return
  for (let n = 0; n < seed.milestones; n++) {
    const milestone = data.milestones.add({ workspaceId: id, title: `Milestone ${n + 1}`, dueDate: day(index + n) })
    for (let t = 0; t < seed.tasklists; t++) {
      data.tasklists.add({ milestoneId: milestone.id, tasklistName: `Tasks ${t + 1}` })
    }
  }
  for (let n = 0; n < seed.events; n++) {
    data.events.add({ workspaceId: id, title: `Event ${n + 1}`, startDate: day(index + n) })
  }
}

function reportRecords(count: number) {
  const records = new Table<{ fields: { fieldName: string; value: string }[] }>(10)
  for (let index = 0; index < count; index++) {
    records.add({
      fields: [
        { fieldName: 'Workspace', value: `Workspace ${index + 1}` },
        { fieldName: 'Hours', value: String(index % 40) },
      ],
    })
  }
  return records
}

function day(index: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `2026-${two(1 + (index % 12))}-${two(1 + (index % 28))}`
}

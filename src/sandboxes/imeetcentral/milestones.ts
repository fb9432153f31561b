import { z } from 'zod'
import type { Milestone, Tasklist } from './data.ts'
import { respondWithId, type Edge, getRow, readBody } from './edge.ts'
import { respondWithLastRecordPage, respondWithLinkedPage } from './paging.ts'
import type { Row } from './table.ts'
import { CustomFields, mergeFields } from './workspaces.ts'

const Day = z.iso.date()
const Texts = { description: z.string().optional(), reminders: z.array(z.string()).optional() }
const NewMilestone = z.object({
  ...Texts,
  title: z.string().trim().min(1),
  dueDate: Day,
  startDate: Day.optional(),
  customFields: CustomFields.optional(),
})
// Clients send the days under either name. Which one the vendor reads is not known.
const MilestoneChange = z.object({
  ...Texts,
  title: z.string().trim().min(1).optional(),
  startDate: Day.optional(),
  start_date: Day.optional(),
  dueDate: Day.optional(),
  end_date: Day.optional(),
  customFields: CustomFields.optional(),
})
const NewTasklist = z.object({
  tasklistName: z.string().trim().min(1),
  startDate: Day.optional(),
  tasklistTemplate: z.string().optional(),
})

/** Serves the milestones of workspaces. */
export function serveMilestones({ app, data, effect, paging }: Edge): void {
  app.get('/v1/workspaces/:id/milestones', (c) => {
    const { id } = getRow(data.workspaces, c.req.param('id'), 'Workspace')
    const rows = [...data.milestones.values()].filter((milestone) => milestone.workspaceId === id)
    return respondWithLinkedPage(c, rows, milestoneItem, paging)
  })

  app.post('/v1/workspaces/:id/milestones', async (c) => {
    const workspace = getRow(data.workspaces, c.req.param('id'), 'Workspace')
    const milestone = data.milestones.add({ ...(await readBody(c, NewMilestone)), workspaceId: workspace.id })
    effect('createMilestone', milestone.id, { workspaceId: workspace.id, title: milestone.title })
    return respondWithId(c, milestone.id)
  })

  app.get('/v1/milestones/:id', (c) => {
    const milestone = getRow(data.milestones, c.req.param('id'), 'Milestone')
    const place = data.workspaces.get(milestone.workspaceId)?.urlShortName ?? ''
    const permalink = `https://acme.example.com/${place}/milestones/${milestone.seq}`
    return c.json({ ...milestoneItem(milestone), permalink })
  })

  app.post('/v1/milestones/:id/updateDetails', async (c) => {
    const milestone = getRow(data.milestones, c.req.param('id'), 'Milestone')
    const { start_date, end_date, customFields, ...change } = await readBody(c, MilestoneChange)
    Object.assign(milestone, change)
    milestone.startDate = change.startDate ?? start_date ?? milestone.startDate
    milestone.dueDate = change.dueDate ?? end_date ?? milestone.dueDate
    if (customFields) milestone.customFields = mergeFields(milestone.customFields ?? [], customFields)
    effect('updateMilestone', milestone.id, { title: milestone.title, dueDate: milestone.dueDate })
    return c.body(null, 200)
  })
}

/** Serves the task lists of milestones, and the list of all of them in the older envelope. */
export function serveTasklists({ app, data, effect, paging }: Edge): void {
  app.get('/v1/milestones/:id/tasklists', (c) => {
    const { id } = getRow(data.milestones, c.req.param('id'), 'Milestone')
    const rows = [...data.tasklists.values()].filter((tasklist) => tasklist.milestoneId === id)
    return respondWithLinkedPage(c, rows, tasklistItem, paging)
  })

  app.post('/v1/milestones/:id/tasklists', async (c) => {
    const { id: milestoneId } = getRow(data.milestones, c.req.param('id'), 'Milestone')
    const tasklist = data.tasklists.add({ ...(await readBody(c, NewTasklist)), milestoneId })
    effect('createTasklist', tasklist.id, { milestoneId, tasklistName: tasklist.tasklistName })
    return respondWithId(c, tasklist.id)
  })

  app.get('/v1/tasklists', (c) => {
    const templateOnly = c.req.query('templateOnly') === '1'
    const rows = [...data.tasklists.values()].filter((tasklist) => !templateOnly || tasklist.milestoneId === null)
    return respondWithLastRecordPage(c, rows, tasklistItem)
  })
}

function milestoneItem({ id, title, dueDate, startDate, description, customFields }: Milestone & Row) {
  return { id, details: { title, dueDate, startDate, description, customFields } }
}

const tasklistItem = ({ id, tasklistName }: Tasklist & Row) => ({ id, details: { tasklistName } })

import { HTTPException } from 'hono/http-exception'
import { z } from 'zod'
import type { CustomField, Data, Workspace } from './data.ts'
import { created, type Edge, find, readBody } from './edge.ts'
import { linkedPage } from './paging.ts'
import type { Row } from './table.ts'

export const CustomFields = z.array(z.object({ fieldApiId: z.string(), value: z.unknown() }))

const NewWorkspace = z.object({
  workspaceName: z.string().trim().min(1),
  urlShortName: z
    .string()
    .regex(/^[\w-]*$/)
    .optional(),
  description: z.string().default(''),
  workspaceType: z.string().default('pm'),
  customFields: CustomFields.default([]),
})
const WorkspaceChange = z.object({
  workspaceName: z.string().trim().min(1).optional(),
  customFields: CustomFields.optional(),
})

/** Workspaces and the groups they are made in. */
export function serveWorkspaces(edge: Edge): void {
  const { app, data, effect, paging } = edge

  app.get('/v1/workspaces', (c) => linkedPage(c, [...data.workspaces.values()], workspaceItem, paging))

  app.get('/v1/workspaces/:id', (c) => c.json(workspaceItem(find(data.workspaces, c.req.param('id'), 'Workspace'))))

  app.post('/v1/workspaces/:id/updateDetails', async (c) => {
    const workspace = find(data.workspaces, c.req.param('id'), 'Workspace')
    const change = await readBody(c, WorkspaceChange)
    if (change.workspaceName !== undefined) workspace.workspaceName = change.workspaceName
    if (change.customFields) workspace.customFields = mergeFields(workspace.customFields, change.customFields)
    effect('updateConference', workspace.id, change)
    return c.body(null, 200)
  })

  app.get('/v1/workspaceGroups', (c) =>
    linkedPage(
      c,
      [...data.workspaceGroups.values()],
      ({ id, workspaceGroupName }) => ({ id, details: { workspaceGroupName } }),
      paging,
    ),
  )

  app.post('/v1/workspaceGroups/:id/workspaces', async (c) => {
    find(data.workspaceGroups, c.req.param('id'), 'Workspace group')
    return created(c, addWorkspace(edge, await readBody(c, NewWorkspace), null))
  })

  app.post('/v1/accounts/:id/workspaces', async (c) => {
    const account = find(data.accounts, c.req.param('id'), 'Account')
    return created(c, addWorkspace(edge, await readBody(c, NewWorkspace), account.id))
  })
}

export const workspaceItem = ({ id, workspaceName, urlShortName, customFields }: Workspace & Row) => ({
  id,
  details: { workspaceName, urlShortName, customFields },
})

/** Values in `change` replace those of the same field; the others stay. */
export function mergeFields(fields: readonly CustomField[], change: readonly CustomField[]): CustomField[] {
  return [...new Map([...fields, ...change].map((field) => [field.fieldApiId, field])).values()]
}

function addWorkspace(edge: Edge, input: z.infer<typeof NewWorkspace>, accountId: string | null): string {
  const { data, effect } = edge
  const urlShortName = input.urlShortName || freeShortName(data, input.workspaceName)
  if (isTaken(data, urlShortName)) throw new HTTPException(409, { message: 'urlShortName is already in use' })
  // Who makes a workspace is a member of it.
  const [role] = data.roles.keys()
  const members = new Map(role && data.actingUserId ? [[role, new Set([data.actingUserId])]] : [])
  const { id, workspaceName } = data.workspaces.add({ ...input, urlShortName, accountId, members })
  effect('createConference', id, { workspaceName, urlShortName })
  return id
}

function isTaken(data: Data, urlShortName: string): boolean {
  const wanted = urlShortName.toLowerCase()
  return [...data.workspaces.values()].some((workspace) => workspace.urlShortName.toLowerCase() === wanted)
}

/** The name as an address, numbered where it is taken. */
function freeShortName(data: Data, workspaceName: string): string {
  const base = workspaceName.toLowerCase().replace(/[^a-z0-9]+/g, '') || 'workspace'
  let name = base
  for (let n = 2; isTaken(data, name); n++) name = `${base}${n}`
  return name
}

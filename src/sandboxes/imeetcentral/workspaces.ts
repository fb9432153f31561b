import { HTTPException } from 'hono/http-exception'
import { z } from 'zod'
import type { CustomField, Data, Workspace } from './data.ts'
import { respondWithId, type Edge, getRow, readBody } from './edge.ts'
import { respondWithLinkedPage } from './paging.ts'
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

/** Serves workspaces and their groups. */
export function serveWorkspaces(edge: Edge): void {
  const { app, data, effect, paging } = edge

  app.get('/v1/workspaces', (c) => respondWithLinkedPage(c, [...data.workspaces.values()], workspaceItem, paging))

  app.get('/v1/workspaces/:id', (c) => c.json(workspaceItem(getRow(data.workspaces, c.req.param('id'), 'Workspace'))))

  app.post('/v1/workspaces/:id/updateDetails', async (c) => {
    const workspace = getRow(data.workspaces, c.req.param('id'), 'Workspace')
    const change = await readBody(c, WorkspaceChange)
    if (change.workspaceName !== undefined) workspace.workspaceName = change.workspaceName
    if (change.customFields) workspace.customFields = mergeFields(workspace.customFields, change.customFields)
    effect('updateConference', workspace.id, change)
    return c.body(null, 200)
  })

  app.get('/v1/workspaceGroups', (c) =>
    respondWithLinkedPage(
      c,
      [...data.workspaceGroups.values()],
      ({ id, workspaceGroupName }) => ({ id, details: { workspaceGroupName } }),
      paging,
    ),
  )

  app.post('/v1/workspaceGroups/:id/workspaces', async (c) => {
    getRow(data.workspaceGroups, c.req.param('id'), 'Workspace group')
    return respondWithId(c, addWorkspace(edge, await readBody(c, NewWorkspace), null))
  })

  app.post('/v1/accounts/:id/workspaces', async (c) => {
    const account = getRow(data.accounts, c.req.param('id'), 'Account')
    return respondWithId(c, addWorkspace(edge, await readBody(c, NewWorkspace), account.id))
  })
}

export const workspaceItem = ({ id, workspaceName, urlShortName, customFields }: Workspace & Row) => ({
  id,
  details: { workspaceName, urlShortName, customFields },
})

/** Returns the fields with the values in `change`. Other fields are unchanged. */
export function mergeFields(fields: readonly CustomField[], change: readonly CustomField[]): CustomField[] {
  return [...new Map([...fields, ...change].map((field) => [field.fieldApiId, field])).values()]
}

function addWorkspace(edge: Edge, input: z.infer<typeof NewWorkspace>, accountId: string | null): string {
  const { data, effect } = edge
  const urlShortName = input.urlShortName || findFreeShortName(data, input.workspaceName)
  if (isTaken(data, urlShortName)) throw new HTTPException(409, { message: 'urlShortName is already in use' })
  // The creator of a workspace is a member of it.
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

/** Returns a short name that is derived from the name, with a number if another workspace uses it. */
function findFreeShortName(data: Data, workspaceName: string): string {
  const base = workspaceName.toLowerCase().replace(/[^a-z0-9]+/g, '') || 'workspace'
  let name = base
  for (let n = 2; isTaken(data, name); n++) name = `${base}${n}`
  return name
}

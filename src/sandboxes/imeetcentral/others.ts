import type { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Data, Workspace } from './data.ts'

/** What people and other programs do with workspaces, without a request that the sandbox records. */
export class Others {
  readonly #data: Data

  constructor(data: Data) {
    this.#data = data
  }

  /** Creates a workspace. Returns its ID. */
  create(workspaceName: string): string {
    const { workspaces } = this.#data
    return workspaces.add({
      workspaceName,
      urlShortName: `other-${workspaces.size}`,
      description: '',
      workspaceType: 'pm',
      customFields: [],
      accountId: null,
      members: new Map(),
    }).id
  }

  rename(id: string, workspaceName: string): void {
    this.#get(id).workspaceName = workspaceName
  }

  /** Deletes a workspace, which stays in the lists with another short name. */
  delete(id: string): void {
    const workspace = this.#get(id)
    workspace.urlShortName = `deleted-${workspace.urlShortName}`
  }

  #get(id: string): Workspace {
    const workspace = this.#data.workspaces.get(id)
    if (!workspace) throw new HTTPException(404, { message: 'The workspace was not found.' })
    return workspace
  }
}

/**
 * Serves what others do, for people who try the sandbox: `POST /__sandbox/workspaces` (`{workspaceName}`),
 * `POST …/{id}/rename` (`{workspaceName}`), and `DELETE …/{id}`.
 */
export function serveOthers(control: Hono, others: Others): void {
  control.post('/workspaces', async (c) => {
    const { workspaceName = 'Workspace' } = await c.req.json<{ workspaceName?: string }>()
    return c.json({ id: others.create(workspaceName) }, 201)
  })
  control.post('/workspaces/:id/rename', async (c) => {
    const { workspaceName = '' } = await c.req.json<{ workspaceName?: string }>()
    others.rename(c.req.param('id'), workspaceName)
    return c.body(null, 204)
  })
  control.delete('/workspaces/:id', (c) => {
    others.delete(c.req.param('id'))
    return c.body(null, 204)
  })
}

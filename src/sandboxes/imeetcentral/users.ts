import { z } from 'zod'
import type { User } from './data.ts'
import { type Edge, getRow, readBody } from './edge.ts'
import { respondWithLinkedPage } from './paging.ts'
import type { Row } from './table.ts'

const AddUsers = z.object({ userIds: z.array(z.string()), clearExisting: z.boolean().default(false) })

/** Serves users, roles, and the members of roles. If `byId` is false, `GET /v1/users/{id}` does not exist. */
export function serveUsers({ app, data, effect, paging }: Edge, byId: boolean): void {
  app.get('/v1/users', (c) => respondWithLinkedPage(c, [...data.users.values()], userItem, paging))

  if (byId) app.get('/v1/users/:id', (c) => c.json(userItem(getRow(data.users, c.req.param('id'), 'User'))))

  app.get('/v1/roles', (c) =>
    respondWithLinkedPage(c, [...data.roles.values()], ({ id, title }) => ({ id, details: { title } }), paging),
  )

  app.post('/v1/workspaces/:id/roles/:roleId/addUsers', async (c) => {
    const workspace = getRow(data.workspaces, c.req.param('id'), 'Workspace')
    const role = getRow(data.roles, c.req.param('roleId'), 'Role')
    const { userIds, clearExisting } = await readBody(c, AddUsers)
    for (const userId of userIds) getRow(data.users, userId, 'User')

    const before = workspace.members.get(role.id) ?? new Set<string>()
    const after = new Set([...(clearExisting ? [] : before), ...userIds])
    workspace.members.set(role.id, after)
    for (const userId of before) {
      if (after.has(userId)) continue
      effect('removeParticipant', workspace.id, { userId, roleId: role.id })
    }
    for (const userId of userIds) {
      effect('inviteParticipant', workspace.id, { userId, roleId: role.id, already: before.has(userId) })
    }
    return c.body(null, 200)
  })
}

const userItem = ({ id, fullName, email }: User & Row) => ({ id, details: { fullName, email } })

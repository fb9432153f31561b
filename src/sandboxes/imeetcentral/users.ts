import { z } from 'zod'
import type { User } from './data.ts'
import { type Edge, find, readBody } from './edge.ts'
import { linkedPage } from './paging.ts'
import type { Row } from './table.ts'

const AddUsers = z.object({ userIds: z.array(z.string()), clearExisting: z.boolean().default(false) })

/** Users, roles, and users put into a workspace's role. `byId: false` leaves `GET /v1/users/{id}` out. */
export function serveUsers({ app, data, effect, paging }: Edge, byId: boolean): void {
  app.get('/v1/users', (c) => linkedPage(c, [...data.users.values()], userItem, paging))

  if (byId) app.get('/v1/users/:id', (c) => c.json(userItem(find(data.users, c.req.param('id'), 'User'))))

  app.get('/v1/roles', (c) =>
    linkedPage(c, [...data.roles.values()], ({ id, title }) => ({ id, details: { title } }), paging),
  )

  app.post('/v1/workspaces/:id/roles/:roleId/addUsers', async (c) => {
    const workspace = find(data.workspaces, c.req.param('id'), 'Workspace')
    const role = find(data.roles, c.req.param('roleId'), 'Role')
    const { userIds, clearExisting } = await readBody(c, AddUsers)
    for (const userId of userIds) find(data.users, userId, 'User')

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

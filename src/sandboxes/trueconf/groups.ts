import { getOrigin } from '../origin.ts'
import type { Context } from 'hono'
import { z } from 'zod'
import { createNotFoundError, unknownUser } from './errors.ts'
import { toLocalId } from './identity.ts'
import { createPageFromZero, readFields, text } from './input.ts'
import type { Env, Group, Routes, Server } from './model.ts'
import { guard } from './scopes.ts'
import { formatUser } from './users.ts'

const newGroup = z.object({ display_name: text.pipe(z.string().min(1)) })
const membership = z.object({ user_id: text })

export function groupRoutes(app: Routes, server: Server): void {
  const { groups, users } = server.data
  const need = guard(server)
  const groupInPath = (c: Context<Env>): Group => {
    const id = c.req.param('group_id') ?? ''
    const group = groups.get(id)
    if (!group) throw createNotFoundError('group', id)
    return group
  }
  const members = (group: Group) => [...users.values()].filter((user) => user.groupIds.includes(group.id))

  app.get('/groups', need('groups', 'read'), (c) => {
    const { items, next_page_id } = createPageFromZero(c, [...groups.values()], server.settings.maxPageSize)
    return c.json({ next_page_id, groups: items })
  })
  app.post('/groups', need('groups', 'write'), async (c) => {
    const { display_name } = await readFields(c, newGroup)
    const id = String(Math.max(0, ...[...groups.keys()].map(Number)) + 1)
    const group = { id, display_name }
    groups.set(id, group)
    server.effect('createGroup', id)
    return c.json({ group })
  })
  app.delete('/groups/:group_id', need('groups', 'write'), (c) => {
    const group = groupInPath(c)
    for (const user of members(group)) user.groupIds = user.groupIds.filter((id) => id !== group.id)
    groups.delete(group.id)
    server.effect('deleteGroup', group.id)
    return c.json({ id: group.id })
  })
  app.get('/groups/:group_id/users', need('groups.users', 'read'), (c) => {
    const { items, next_page_id } = createPageFromZero(c, members(groupInPath(c)), server.settings.maxPageSize)
    return c.json({ next_page_id, users: items.map((user) => formatUser(server, user, getOrigin(c))) })
  })
  app.post('/groups/:group_id/users', need('groups.users', 'write'), async (c) => {
    const group = groupInPath(c)
    const { user_id } = await readFields(c, membership)
    const user = users.get(toLocalId(server, user_id))
    if (!user) throw unknownUser('user_id', user_id)
    if (!user.groupIds.includes(group.id)) user.groupIds.push(group.id)
    server.effect('addGroupUser', group.id, user.id)
    return c.json({ user: formatUser(server, user, getOrigin(c)) })
  })
}

import { getOrigin } from '../origin.ts'
import type { Context } from 'hono'
import { z } from 'zod'
import { receiveAvatar } from './avatar.ts'
import { createNotFoundError, createInvalidInputError, taken } from './errors.ts'
import { toLocalId, uid } from './identity.ts'
import { flag, createPageFromZero, readFields, text } from './input.ts'
import { type Env, type Routes, type Server, type User, seconds } from './model.ts'
import { guard } from './scopes.ts'

const filters = ['login_name', 'display_name', 'first_name', 'last_name', 'email'] as const
const noGroup = { id: '@no_group', display_name: 'Users without group', rights: [] }

/** Formats a user for the API. */
export function formatUser(server: Server, user: User, origin: string) {
  const groups = user.groupIds.flatMap((id) => {
    const group = server.data.groups.get(id)
    return group ? [{ id, display_name: group.display_name, rights: [] }] : []
  })
  return {
    id: user.id,
    uid: uid(server, user.id),
    avatar: user.avatar && `${origin}/api/v3.8/users/${encodeURIComponent(user.id)}/avatar`,
    login_name: user.id,
    email: user.email,
    display_name: user.display_name,
    first_name: user.first_name,
    last_name: user.last_name,
    company: user.company,
    groups: groups.length > 0 ? groups : [noGroup],
    mobile_phone: user.mobile_phone,
    work_phone: user.work_phone,
    home_phone: user.home_phone,
    is_active: user.is_active,
    status: computePresence(server, user),
  }
}

/** Returns -2 for an inactive user, 5 for an owner in their own conference, 2 in another one, otherwise the stored status. */
function computePresence(server: Server, user: User): number {
  if (!user.is_active) return -2
  const calls = server.data.calls.filter(
    (call) => call.end_time === null && call.participants.some((p) => p.id === user.id && p.leave_time === null),
  )
  if (calls.length === 0) return user.status
  return calls.some((call) => call.owner === user.id) ? 5 : 2
}

function userInPath(server: Server, c: Context<Env>, name = 'user_id'): User {
  const id = c.req.param(name) ?? ''
  const user = server.data.users.get(toLocalId(server, id))
  if (!user) throw createNotFoundError('user', id)
  return user
}

const profile = z
  .object({
    email: text,
    password: text,
    display_name: text,
    first_name: text,
    last_name: text,
    company: text,
    mobile_phone: text,
    work_phone: text,
    home_phone: text,
    is_active: z.union([flag, z.boolean().transform((on) => (on ? (1 as const) : (0 as const)))]),
  })
  .partial()
const newUser = profile.extend({ login_name: text.optional(), id: text.optional() })

export function userRoutes(app: Routes, server: Server): void {
  const { users } = server.data
  const need = guard(server)
  const show = (c: Context<Env>, user: User) => c.json({ user: formatUser(server, user, getOrigin(c)) })

  app.get('/users', need('users', 'read'), (c) => {
    const wanted = filters.flatMap((name) => {
      const value = c.req.query(name)?.toLowerCase()
      return value ? [{ key: name === 'login_name' ? ('id' as const) : name, value }] : []
    })
    const matches = [...users.values()].filter((user) =>
      wanted.every(({ key, value }) => user[key].toLowerCase().includes(value)),
    )
    const { items, next_page_id } = createPageFromZero(c, matches, server.settings.maxPageSize)
    return c.json({ next_page_id, users: items.map((user) => formatUser(server, user, getOrigin(c))) })
  })
  app.get('/users/:user_id', need('users', 'read'), (c) => show(c, userInPath(server, c)))

  app.post('/users', need('users', 'write'), async (c) => {
    const user = createUser(server, await readFields(c, newUser))
    server.effect('createUser', user.id)
    return show(c, user)
  })
  app.put('/users/:user_id', need('users', 'write'), async (c) => {
    const user = userInPath(server, c)
    const change = await readFields(c, profile)
    Object.assign(user, change)
    server.effect('updateUser', user.id, Object.keys(change))
    return show(c, user)
  })
  app.delete('/users/:user_id', need('users', 'write'), (c) => {
    const { id } = userInPath(server, c)
    users.delete(id)
    server.effect('deleteUser', id)
    return c.json({ id })
  })
  app.post('/users/:user_id/disconnect', need('users', 'write'), (c) => {
    const user = userInPath(server, c)
    disconnect(server, user)
    server.effect('disconnectUser', user.id)
    return c.json({ state: 'disconnecting' })
  })
  avatarRoutes(app, server)
  app.get('/users/:user_id/addressbook/:contact_id', need('users.addressbook', 'read'), (c) => {
    userInPath(server, c)
    return c.json({ contact: formatUser(server, userInPath(server, c, 'contact_id'), getOrigin(c)) })
  })
}

function createUser({ data: { users } }: Server, { login_name, id, ...fields }: z.infer<typeof newUser>): User {
  const login = (login_name ?? id ?? '').toLowerCase()
  const required = { login_name: login, email: fields.email, password: fields.password }
  for (const [name, value] of Object.entries(required))
    if (!value) throw createInvalidInputError(name, 'requiredParameter', `Parameter '${name}' is required.`)
  if (users.has(login)) throw taken('login_name')
  const blank = { first_name: '', last_name: '', company: '', mobile_phone: '', work_phone: '', home_phone: '' }
  const user: User = Object.assign(
    { id: login, email: '', password: '', display_name: login, ...blank },
    { is_active: 1 as const, status: 0, groupIds: [], avatar: null },
    fields,
  )
  users.set(login, user)
  return user
}

function disconnect(server: Server, user: User): void {
  user.status = 0
  for (const call of server.data.calls)
    for (const participant of call.participants)
      if (participant.id === user.id) participant.leave_time ??= seconds(server.now())
}

const dot = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

function avatarRoutes(app: Routes, server: Server): void {
  const need = guard(server)
  // The bytes of an upload are hashed, not stored. Every avatar is returned as one transparent pixel.
  app.get('/users/:user_id/avatar', need('users.avatar', 'read'), (c) => {
    const user = userInPath(server, c)
    if (!user.avatar) throw createNotFoundError('user', user.id)
    return c.body(dot, 200, { 'content-type': 'image/gif' })
  })
  app.post('/users/:user_id/avatar', need('users.avatar', 'write'), async (c) => {
    const user = userInPath(server, c)
    // The format of the response is not published.
    user.avatar = await receiveAvatar(c.env.incoming)
    server.effect('uploadFile', user.id, user.avatar)
    return c.json({ user: formatUser(server, user, getOrigin(c)) })
  })
}

import { z } from 'zod'
import { parseBody } from './parse-body.ts'
import { createOperator } from './events.ts'
import { invalidFields, noUser, ZoomError } from './errors.ts'
import { findUser, pathUser, readJson, type Service } from './service.ts'
import { formatTime } from './time.ts'
import { fresh, createId, createNumber, type User } from './world.ts'

const info = z.object({
  email: z.email().max(128),
  type: z.literal([1, 2, 4, 99]),
  first_name: z.string().max(64).optional(),
  last_name: z.string().max(64).optional(),
  display_name: z.string().max(128).optional(),
  password: z.string().min(8).max(32).optional(),
})
const creation = z.object({ action: z.enum(['create', 'autoCreate', 'custCreate', 'ssoCreate']), user_info: info })

const change = z.object({
  type: z.literal([1, 2, 4, 99]).optional(),
  ...Object.fromEntries(
    ['first_name', 'last_name', 'display_name', 'dept', 'timezone'].map((name) => [name, z.string().optional()]),
  ),
})
const detailChange = z.object(
  Object.fromEntries(
    ['company', 'job_title', 'location', 'language', 'manager', 'cost_center', 'pronouns'].map((name) => [
      name,
      z.string().optional(),
    ]),
  ),
)

export function serveUserAdmin(service: Service): void {
  const { route, world, now, effect, publish } = service
  const publishUser = (event: string, object: Record<string, unknown>): void =>
    publish(event, { ...createOperator(world), object })
  const write = 'user:write:admin'

  route('POST', '/users', 'Light', `user:write:user:admin ${write}`, async (c) => {
    const { action, user_info } = parseBody(creation, await readJson(c))
    const { email: sentEmail, type, password: _password, ...names } = user_info
    const email = sentEmail.toLowerCase()
    if (findUser(world, email)) throw new ZoomError(409, 1005, `Email "${sentEmail}" has already been used.`)
    const id = createId(fresh(world, 'user'))
    const created = formatTime(now())
    const display_name = names.display_name ?? [names.first_name, names.last_name].filter(Boolean).join(' ')
    const user: User = {
      id,
      email,
      type,
      // An invited user must accept the invitation first.
      status: action === 'create' ? 'pending' : 'active',
      role_id: '2',
      pmi: createNumber(id, 2_000_000_000, 7_000_000_000),
      login_types: [action === 'custCreate' ? 99 : 100],
      fields: { ...names, display_name, created_at: created, user_created_at: created, verified: 0 },
      detail: {},
      mayHost: true,
      backgrounds: 0,
    }
    world.users.push(user)
    effect('createUser', id, { email, action })
    publishUser('user.created', { id, email, type, ...names })
    return c.json({ id, email, first_name: names.first_name ?? '', last_name: names.last_name ?? '', type }, 201)
  })

  route('PATCH', '/users/:userId', 'Light', `user:update:user(:admin) ${write}`, async (c) => {
    const user = pathUser(service, c)
    const body = await readJson(c)
    const { type, ...fields } = parseBody(change, body)
    const detail = parseBody(detailChange, body)
    if (type !== undefined) user.type = type as number
    Object.assign(user.fields, fields)
    Object.assign(user.detail, detail)
    effect('updateUser', user.id, { ...fields, ...detail })
    publishUser('user.updated', { id: user.id, ...fields, ...detail })
    return c.body(null, 204)
  })

  route('PUT', '/users/:userId/status', 'Light', `user:update:status(:admin) ${write}`, async (c) => {
    const user = pathUser(service, c)
    const { action } = await readJson(c)
    if (action !== 'activate' && action !== 'deactivate') throw invalidFields('action')
    user.status = action === 'activate' ? 'active' : 'inactive'
    effect('updateUserStatus', user.id, { action })
    publishUser(`user.${action}d`, { id: user.id, email: user.email })
    return c.body(null, 200)
  })

  route('DELETE', '/users/:userId', 'Light', `user:delete:user(:admin) ${write}`, (c) => {
    const user = pathUser(service, c)
    const { action = 'disassociate', transfer_email, transfer_meeting } = c.req.query()
    if (action !== 'disassociate' && action !== 'delete') throw new ZoomError(400, 300, 'Invalid parameter: action.')
    const heir = transfer_email ? findUser(world, transfer_email) : undefined
    if (transfer_email && !heir) throw noUser(transfer_email)
    for (const meeting of world.meetings.values()) {
      if (meeting.host_id !== user.id) continue
      if (heir && transfer_meeting === 'true') meeting.host_id = heir.id
      else meeting.deleted = true
    }
    world.users.splice(world.users.indexOf(user), 1)
    effect('deleteUser', user.id, { action })
    publishUser(action === 'delete' ? 'user.deleted' : 'user.disassociated', { id: user.id, email: user.email })
    return c.body(null, 204)
  })
}

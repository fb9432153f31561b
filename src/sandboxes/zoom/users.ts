import { noUser, ZoomError } from './errors.ts'
import { findUser, pathUser, userRef, type Service } from './service.ts'
import { formatTime } from './time.ts'
import type { User } from './world.ts'

const year = 365 * 24 * 3600

/** Formats a user for "List users". Pending users have no ID. */
function formatListedUser(user: User): Record<string, unknown> {
  const { id, email, type, status, role_id, pmi, fields } = user
  if (status === 'pending') return { email, type, status, role_id, ...fields }
  return { id, email, type, status, role_id, pmi, ...fields }
}

export function serveUsers(service: Service): void {
  const { route, world, pager, now } = service

  route('GET', '/users', 'Medium', 'user:read:list_users:admin user:read:admin user:write:admin', (c) => {
    const { role_id, include_fields, license } = c.req.query()
    const status = c.req.query('status') || 'active'
    const matches = world.users.filter(
      (user) => user.status === status && (!role_id || user.role_id === role_id) && !license,
    )
    const defaults = { status: 'active' }
    const { items, envelope } = pager.page(c, matches, { keyOf: (user) => user.id, numbered: true, defaults })
    const more = (user: User) => {
      if (include_fields === 'host_key') return { host_key: String(user.pmi).slice(-6) }
      return include_fields === 'custom_attributes' ? { custom_attributes: [] } : {}
    }
    return c.json({ ...envelope, users: items.map((user) => Object.assign(formatListedUser(user), more(user))) })
  })

  route('GET', '/users/email', 'Light', 'user:read:email(:admin) user:read:admin', (c) => {
    const user = findUser(world, c.req.query('email') ?? '')
    return c.json({ existed_email: user !== undefined && user.status !== 'pending' && user.login_types.includes(100) })
  })

  route('GET', '/users/summary', 'Medium', 'user:read:summary:admin user:read:admin', (c) => {
    const settled = world.users.filter((user) => user.status !== 'pending')
    const licensed = settled.filter((user) => user.type === 2).length
    return c.json({
      licensed_users_count: licensed,
      basic_users_count: settled.length - licensed,
      on_prem_users_count: 0,
      room_users_count: 0,
      pending_users_count: world.users.length - settled.length,
      join_only_users_count: 0,
      total_users_count: settled.length,
    })
  })

  route('GET', '/users/me/zak', 'Light', 'user:read:zak(:admin) user_zak:read', (c) => {
    const owner = findUser(world, 'me')
    if (!owner) throw new ZoomError(400, 1001, 'User me does not exist or does not belong to this account.')
    service.effect('issueUserToken', owner.id, { type: 'zak', ttl: 300 })
    return c.json({ token: service.zak.issue(owner.id, 300) })
  })

  route('GET', '/users/:userId', 'Light', 'user:read:user(:admin) user:read:admin user_profile', (c) => {
    const ref = userRef(c)
    const byUniqueId = c.req.query('search_by_unique_id') === 'true'
    const user = byUniqueId ? world.users.find((user) => user.fields.employee_unique_id === ref) : findUser(world, ref)
    if (!user) throw noUser(ref)
    // Zoom returns the time of the call as the creation time of a pending user.
    if (user.status === 'pending') return c.json({ ...formatListedUser(user), created_at: formatTime(now()) })
    return c.json({
      ...formatListedUser(user),
      account_id: service.accountId,
      login_types: user.login_types,
      ...user.detail,
    })
  })

  route('GET', '/users/:userId/token', 'Light', 'user:read:token(:admin) user:read:admin', (c) => {
    const user = pathUser(service, c)
    const { type = 'token', ttl = '7200', meeting_id } = c.req.query()
    if (!['token', 'zak', 'onbehalf'].includes(type)) throw new ZoomError(400, 300, 'Invalid parameter: type.')
    if (!/^\d+$/.test(ttl)) throw new ZoomError(400, 300, 'Invalid parameter: ttl.')
    if (type === 'onbehalf' && !meeting_id) throw new ZoomError(400, 300, 'Invalid parameter: meeting_id.')
    if (type === 'token') return c.json({ token: 'Token is no longer supported. Please use ZAK token instead.' })
    if (!user.login_types.some((login) => login > 1)) return c.json({ token: null })
    const seconds = Math.min(Number(ttl), year)
    service.effect('issueUserToken', user.id, { type, ttl: seconds })
    return c.json({ token: service.zak.issue(user.id, seconds) })
  })
}

import { invalidFields, ZoomError } from './errors.ts'
import type { Service } from './service.ts'
import { day, minute, readDate } from './time.ts'
import type { Instance, User } from './world.ts'

/** Serves reports of the account: users who hosted meetings, and tracking fields. */
export function serveAccountReports(service: Service): void {
  const { route, world, pager, switches } = service

  /** Returns the instances that each user hosted from `since` (inclusive) to `until` (exclusive), in ms since the epoch. */
  function hosted(since: number, until: number): Map<string, Instance[]> {
    const instances = [...world.meetings.values()].flatMap(({ host_id, past }) =>
      past.filter(({ start }) => start >= since && start < until).map((instance) => ({ host_id, instance })),
    )
    const byHost = Map.groupBy(instances, ({ host_id }) => host_id)
    return new Map([...byHost].map(([id, items]) => [id, items.map(({ instance }) => instance)]))
  }

  route('GET', '/report/users', 'Heavy', 'report:read:list_users:admin report:read:admin', (c) => {
    if (!switches.paid) throw new ZoomError(400, 200, 'No permission.')
    const { from = '', to = '', type = 'active' } = c.req.query()
    if (type !== 'active' && type !== 'inactive') throw invalidFields('type')
    const byHost = hosted(readDate('from', from), readDate('to', to) + day)
    const users = world.users.filter(({ id, status }) => status !== 'pending' && byHost.has(id) === (type === 'active'))
    const keyOf = ({ id }: User) => id
    const { items, envelope } = pager.page(c, users, { keyOf, numbered: true, defaults: { type: 'active' } })
    const rows = items.map((user) => ({ ...person(user), ...totals(byHost.get(user.id) ?? []) }))
    const all = totals(users.flatMap(({ id }) => byHost.get(id) ?? []))
    return c.json({
      from,
      to,
      ...envelope,
      total_meetings: all.meetings,
      total_participants: all.participants,
      total_meeting_minutes: all.meeting_minutes,
      users: rows,
    })
  })

  const trackingFields = 'tracking_field:read:list_tracking_fields:admin tracking_fields:read:admin'
  route('GET', '/tracking_fields', 'Medium', trackingFields, (c) => c.json({ total_records: 0, tracking_fields: [] }))
}

const person = ({ id, email, type, fields }: User) => ({
  id,
  email,
  user_name: fields.display_name ?? '',
  type,
  dept: fields.dept ?? '',
  custom_attributes: [],
})

const totals = (instances: Instance[]) => ({
  meetings: instances.length,
  participants: sum(instances, ({ attendances }) => attendances.length),
  meeting_minutes: sum(instances, ({ start, end }) => Math.ceil((end! - start) / minute)),
})

const sum = (instances: Instance[], count: (instance: Instance) => number): number =>
  instances.reduce((total, instance) => total + count(instance), 0)

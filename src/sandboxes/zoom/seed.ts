import { createPerson } from '../people.ts'
import type { Seed } from './seed-counts.ts'
import { seedMeetings } from './seed-meetings.ts'
import { day, formatTime } from './time.ts'
import { createId, createNumber, type User, type World } from './world.ts'

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'America/Los_Angeles', 'Asia/Kolkata', 'UTC']
const departments = ['Developers', 'Sales', 'HR', 'Einkauf', '開発部', '']

/** Creates the initial data of the account, which is always the same. Times are relative to `now`. */
export function createWorld(seed: Seed, now: number): World {
  const world: World = { users: [], meetings: new Map(), files: new Map(), messages: [], made: 0 }
  const count = seed.active + seed.inactive + seed.pending
  for (let index = 0; index < count; index++) {
    const status = index < seed.active ? 'active' : index < seed.active + seed.inactive ? 'inactive' : 'pending'
    world.users.push(makeUser(index, status, seed, now))
  }
  seedMeetings(world, seed, now)
  return world
}

function makeUser(index: number, status: User['status'], seed: Seed, now: number): User {
  const { email, givenName, familyName } = createPerson(index)
  const key = `user:${index}`
  const created = formatTime(now - ((index % 900) + 40) * day)
  const restricted = index % 30 === 15 && (index - 15) / 30 < seed.restricted
  return {
    id: createId(key),
    email,
    type: index < 8 || index % 10 === 0 || index % 3 === 0 ? 2 : 1,
    status,
    role_id: index === 0 ? '0' : index % 50 === 1 ? '1' : '2',
    pmi: createNumber(key, 2_000_000_000, 7_000_000_000),
    login_types: index % 40 === 7 ? [1] : [100],
    fields:
      status === 'pending' ? { created_at: created } : createUserFields(index, givenName, familyName, created, now),
    detail: status === 'pending' ? {} : detailOf(index, givenName, familyName),
    mayHost: !restricted,
    backgrounds: 0,
  }
}

/** Creates the fields of a user. Some are omitted, because Zoom requires only email and type. */
function createUserFields(index: number, first_name: string, last_name: string, created: string, now: number) {
  return {
    first_name,
    ...(index % 17 === 5 ? {} : { last_name }),
    ...(index % 13 === 4 ? {} : { display_name: `${first_name} ${last_name}` }),
    ...(index % 11 === 3 ? {} : { timezone: zones[index % zones.length] }),
    ...(index % 7 === 6 ? {} : { dept: departments[index % departments.length] }),
    verified: index % 5 === 2 ? 0 : 1,
    created_at: created,
    user_created_at: created,
    ...(index % 9 === 8
      ? {}
      : { last_login_time: formatTime(now - (index % 60) * day), last_client_version: '6.5.11.26770(win)' }),
    ...(index % 4 === 1 ? { group_ids: [createId('group:1')], im_group_ids: [createId('im-group:1')] } : {}),
    ...(index % 25 === 2 ? { employee_unique_id: `E${index}` } : {}),
    plan_united_type: '1',
  }
}

function detailOf(index: number, first_name: string, last_name: string): Record<string, unknown> {
  return {
    role_name: index === 0 ? 'Owner' : index % 50 === 1 ? 'Admin' : 'Member',
    company: 'Example',
    job_title: index % 6 === 0 ? 'Engineer' : '',
    location: index % 6 === 0 ? 'Berlin' : '',
    language: 'en-US',
    jid: `${createId(`user:${index}`).toLowerCase()}@xmpp.zoom.us`,
    use_pmi: false,
    cms_user_id: '',
    cost_center: '',
    pronouns_option: 1,
    ...(index % 8 === 0 ? { pic_url: `https://example.com/pictures/${index}.png` } : {}),
    ...(index % 5 === 0
      ? { phone_numbers: [{ country: 'DE', code: '+49', number: `30555${index}`, label: 'Office', verified: true }] }
      : {}),
    ...(index % 14 === 0 ? { vanity_url: `https://example.com/my/${first_name}.${last_name}`.toLowerCase() } : {}),
  }
}

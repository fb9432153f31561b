import { createPerson } from '../people.ts'
import { createConference } from './conference-input.ts'
import { type Conference, type Schedule, type Server, type User, seconds } from './model.ts'
import { seedDirectCalls, seedRunningSession, seedSessions } from './seed-sessions.ts'

/** Number of objects of each kind at the start. */
export interface SeedCounts {
  /** The first four users are helen, dean, kevin, and admin. */
  users: number
  groups: number
  conferences: number
  /** Number of conferences that are running and have participants. */
  running: number
}

const day = 86_400
const firstPerson = 1000
const owners = 120
const companies = ['Example GmbH', 'Example Ltd', '']
const groupNames = ['Sales', 'Engineering', 'Board', 'Support']
const subjects = ['Planning', 'Budget', 'Réunion d’équipe', '週次定例', 'Совещание', 'Design review', 'One on one']
const tagSets = [[], ['weekly'], ['board', 'confidential'], ['sales'], []]
const kinds = ['room', 'past', 'future', 'weekly', 'future', 'room', 'past'] as const
const guests = [
  { id: '#sip:room4@10.0.0.5', display_name: 'Room 4' },
  { id: 'helen@partner.trueconf.name', display_name: 'Helen of the partner' },
  { id: 'guest@example.org', display_name: 'José (guest)' },
]

/** Adds the initial data to an empty server. Only its times depend on the clock. */
export function seed(server: Server, counts: SeedCounts, password: string): void {
  const { groups, users, conferences } = server.data
  for (let i = 0; i < counts.groups; i++) {
    const display_name = groupNames[i] ?? `Department ${i + 1}`
    groups.set(String(i + 1), { id: String(i + 1), display_name })
  }
  for (let i = 0; i < counts.users; i++) {
    const user = seedUser(i, counts.groups, password)
    users.set(user.id, user)
  }
  const logins = [...users.keys()]
  if (logins.length === 0) return
  for (let i = 0; i < counts.conferences; i++) {
    const conference = seedConference(server, i, logins)
    conferences.set(conference.id, conference)
    // The running conferences are distributed evenly over the list.
    if ((i * counts.running) % counts.conferences < counts.running) seedRunningSession(server, conference, logins, i)
    else seedSessions(server, conference, i)
  }
  if (counts.conferences > 0) seedDirectCalls(server, logins)
}

const named = [
  { id: 'helen', first_name: 'Helen', last_name: 'Smith' },
  { id: 'dean', first_name: 'Dean', last_name: 'García' },
  { id: 'kevin', first_name: 'Kevin', last_name: 'Müller' },
  { id: 'admin', first_name: 'Admin', last_name: '' },
]

function seedUser(i: number, groups: number, password: string): User {
  const { givenName, familyName, email } = createPerson(firstPerson + i - named.length)
  const id = email.split('@')[0]!.replaceAll(/[^a-z0-9_]/g, '_')
  const identity = named[i] ?? { id, first_name: givenName, last_name: familyName }
  return {
    ...identity,
    display_name: `${identity.first_name} ${identity.last_name}`.trim(),
    email: i < named.length ? `${identity.id}@example.com` : email,
    password,
    company: companies[i % companies.length]!,
    mobile_phone: i % 3 === 0 ? `+49151${String(1_000_000 + i)}` : '',
    work_phone: i % 4 === 0 ? `+4930${String(100_000 + i)}` : '',
    home_phone: '',
    is_active: i % 25 === 24 ? 0 : 1,
    status: i % 40 === 39 ? -1 : [0, 1, 1, 2, 0][i % 5]!,
    groupIds: groups > 0 && i % 2 === 0 ? [String(((i / 2) % groups) + 1)] : [],
    avatar: null,
  }
}

function seedConference(server: Server, i: number, logins: string[]): Conference {
  const at = (n: number) => logins[n % logins.length]!
  const owner = at(i % owners)
  const invited = Array.from({ length: 1 + (i % 5) }, (_, k) => ({ id: at(i * 3 + k * 7) }))
  const conference = createConference(server, {
    ...(i % 50 === 49 && server.settings.customIds && { id: `team_sync_${i}` }),
    topic: `${subjects[i % subjects.length]} ${i + 1}`,
    description: i % 3 === 0 ? `Agenda of number ${i + 1}` : '',
    owner,
    type: ([0, 1, 3, 3] as const)[i % 4]!,
    vad_selector: i % 4 === 3 ? 1 : 0,
    schedule: seedSchedule(i, seconds(server.now())),
    invitations: [{ id: owner }, ...invited, ...(i % 10 === 0 ? guests : [])],
    tags: tagSets[i % tagSets.length]!,
    allow_guests: i % 10 === 0 && server.settings.guests,
    auto_invite: ([0, 1, 2] as const)[i % 3]!,
    max_participants: Math.min(10 + (i % 40), server.settings.maxParticipants),
  })
  return { ...conference, created_at: conference.created_at - 60 * day + i * 600 }
}

function seedSchedule(i: number, now: number): Schedule {
  const quarter = Math.floor(now / 900) * 900
  const duration = 1800 + (i % 4) * 900
  switch (kinds[i % kinds.length]!) {
    case 'room':
      return { type: -1 }
    case 'past':
      return { type: 1, start_time: quarter - (1 + (i % 50)) * day, time_offset: 0, duration }
    case 'future':
      return { type: 1, start_time: quarter + (1 + (i % 50)) * day, time_offset: 180, duration }
    case 'weekly': {
      const time = `${String(8 + (i % 10)).padStart(2, '0')}:30`
      return { type: 0, duration, time, time_offset: 60, days: i % 2 === 0 ? ['monday', 'wednesday'] : ['friday'] }
    }
  }
}

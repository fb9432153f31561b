import { createPerson } from '../people.ts'
import { asAttendee, attend } from './host.ts'
import { channelOf, createOccurrence, defaultSettings } from './meeting-model.ts'
import { computeOccurrenceStarts } from './recurrence.ts'
import type { Seed } from './seed-counts.ts'
import { seedRecentSessions, seedSeries } from './seed-sessions.ts'
import { day, hour, formatTime, minute } from './time.ts'
import {
  createId,
  createInstance,
  createNumber,
  createUuid,
  type Instance,
  type Meeting,
  type User,
  type World,
} from './world.ts'

const topics = [
  'Weekly',
  'Stand-up',
  'Jour fixe',
  'Design review',
  '週次ミーティング',
  'Zürich & Łódź: "Q&A"',
  'Interview',
]
const types = [2, 8, 2, 3, 2]

export function seedMeetings(world: World, seed: Seed, now: number): void {
  const full = Math.floor(now / hour) * hour
  // The first users are all hosts, so that the first page of meetings is full. Then every tenth user is a host.
  const isHost = (index: number): boolean => index < 8 || index % 10 === 0
  const hosts = world.users.filter((user, index) => user.status === 'active' && isHost(index)).slice(0, seed.hosts)
  for (const [turn, host] of hosts.entries()) {
    const count = seed.meetingsPerHost ?? 1 + (turn % 5)
    for (let nth = 0; nth < count; nth++) add(world, makeMeeting(host, turn, nth, full))
    if (count === 0) continue
    const own = [...world.meetings.values()].slice(-count)
    const first = own[0]!
    if (turn % 3 === 1) addRegistrants(first, turn, seed.registrants, full)
    if (turn % 8 === 2) for (const weeks of [3, 2, 1]) hold(world, first, full - weeks * 7 * day, seed.pastParticipants)
    const series = own.find(({ type }) => type === 8)
    if (turn % 16 === 4 && series && seed.sessions > 0) {
      seedSeries(world, series, seed.sessions, full - Math.floor(turn / 16) * hour)
      if (turn === 4) seedRecentSessions(world, series, full)
    }
    if (turn % 16 === 5) add(world, personalRoom(host, full))
    if (turn >= 3 && turn < 3 + seed.live) run(world, first, full - hour / 2, seed.liveParticipants)
  }
}

const add = (world: World, meeting: Meeting) => void world.meetings.set(meeting.id, meeting)

/** Creates a UUID that begins with a slash or contains two in a row, which clients must encode twice. */
function createAwkwardUuid(seed: string, turn: number): string {
  const uuid = createUuid(seed)
  if (turn % 10 === 4) return `/${uuid.slice(1)}`
  if (turn % 10 === 7) return `${uuid.slice(0, 7)}//${uuid.slice(9)}`
  return uuid
}

function makeMeeting(host: User, turn: number, nth: number, full: number): Meeting {
  const key = `meeting:${turn}:${nth}`
  const type = types[(turn + nth) % types.length]!
  const start = full - 5 * day + ((turn * 7 + nth * 31) % 600) * hour
  const meeting: Meeting = {
    id: createNumber(key, 90_000_000_000, 9_000_000_000),
    uuid: createAwkwardUuid(key, turn),
    host_id: host.id,
    type,
    topic: `${topics[(turn + nth) % topics.length]} ${turn}-${nth}`,
    agenda: nth % 2 === 0 ? `Agenda of ${turn}-${nth}. `.repeat(turn % 5 === 0 ? 20 : 1).trim() : '',
    created: full - (60 + (turn % 30)) * day,
    start: type === 3 ? null : start,
    duration: 15 * (1 + ((turn + nth) % 6)),
    timezone: (host.fields.timezone as string | undefined) ?? 'UTC',
    password: createId(key).slice(0, 6),
    occurrenceEdits: {},
    tracking_fields: [],
    settings: { ...defaultSettings, waiting_room: turn % 2 === 0, join_before_host: turn % 2 === 1 },
    deleted: false,
    live: null,
    past: [],
    registrants: [],
  }
  if (turn % 3 === 0) meeting.settings.continuous_meeting_chat = { enable: true, channel_id: channelOf(meeting) }
  if (nth === 0 && turn % 9 === 2) {
    meeting.pmi = String(host.pmi)
    meeting.settings.use_pmi = true
  }
  if (type === 8) recur(meeting)
  return meeting
}

function recur(meeting: Meeting): void {
  meeting.recurrence = { type: 2, repeat_interval: 1, weekly_days: '2,4', end_times: 10 }
  const starts = computeOccurrenceStarts(meeting.start!, meeting.timezone, meeting.recurrence)
  meeting.occurrences = starts.map((start) => createOccurrence(start, meeting.duration))
}

function personalRoom(host: User, full: number): Meeting {
  const room = makeMeeting(host, 0, 3, full)
  const id = host.pmi
  return {
    ...room,
    id,
    uuid: createUuid(`room:${id}`),
    type: 4,
    topic: `${String(host.fields.first_name)}'s Personal Meeting Room`,
    start: null,
    pmi: String(id),
  }
}

/** Adds registrants. If approval is required, every fifth is pending, and every seventh is denied. */
function addRegistrants(meeting: Meeting, turn: number, count: number, full: number): void {
  meeting.settings.approval_type = turn % 6 === 1 ? 0 : 1
  for (let nth = 0; nth < count; nth++) {
    const key = `registrant:${meeting.id}:${nth}`
    const { email, givenName, familyName } = createPerson(nth % 2 === 0 ? nth * 3 : 5000 + nth)
    const manual = meeting.settings.approval_type === 1
    meeting.registrants.push({
      id: createId(key),
      email,
      status: manual && nth % 5 === 3 ? 'pending' : nth % 7 === 6 ? 'denied' : 'approved',
      create_time: formatTime(full - 3 * day + nth * minute),
      participant_pin_code: createNumber(key, 100_000, 900_000),
      occurrence_ids: [],
      fields: { first_name: givenName, last_name: nth % 6 === 5 ? '' : familyName },
    })
  }
}

/** Adds attendances of the host, users, and guests. Every tenth participant leaves and joins again. */
function addAttendances(world: World, meeting: Meeting, instance: Instance, count: number): void {
  const host = world.users.find((user) => user.id === meeting.host_id)!
  const colleagues = world.users.filter((user) => user.status === 'active')
  for (let nth = 0; nth < count; nth++) {
    const seed = `${instance.uuid}:${nth}`
    const join = instance.start + nth * 10_000
    const before = instance.attendances.at(-1)
    if (nth === 0) attend(instance, seed, { ...asAttendee(host), role: 'host', join })
    else if (nth % 10 === 9 && before) {
      before.leave = join - 1000
      const { name, id, user_email } = before
      attend(instance, seed, { name, id, user_email, join })
    } else if (nth % 3 === 2) attend(instance, seed, { name: `Guest ${nth}`, join })
    else attend(instance, seed, { ...asAttendee(colleagues[(nth * 11) % colleagues.length]!), join })
  }
}

function hold(world: World, meeting: Meeting, start: number, count: number): void {
  const uuid = createAwkwardUuid(`past:${meeting.id}:${start - meeting.created}`, [4, 7, 0][meeting.past.length]!)
  const instance = { ...createInstance(uuid, start), end: start + 50 * minute }
  addAttendances(world, meeting, instance, count)
  for (const attendance of instance.attendances) attendance.leave ??= instance.end
  meeting.past.push(instance)
}

function run(world: World, meeting: Meeting, start: number, count: number): void {
  meeting.live = createInstance(meeting.uuid, start)
  addAttendances(world, meeting, meeting.live, count)
}

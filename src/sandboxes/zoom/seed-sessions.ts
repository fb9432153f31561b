import { holdSession, type HeldSession } from './hold-session.ts'
import { asAttendee } from './host.ts'
import { createRecordingFile } from './recording-files.ts'
import { createOccurrence } from './meeting-model.ts'
import { computeOccurrenceStarts } from './recurrence.ts'
import { day, formatTime, hour, minute, toWallClock } from './time.ts'
import { createId, type Instance, type Meeting, type RecordingFile, type User, type World } from './world.ts'

const MiB = 1024 * 1024

/**
 * Makes a meeting a series on two days a week, with a moved and a canceled occurrence. Each session of the weeks before `today` was
 * recorded.
 */
export function seedSeries(world: World, meeting: Meeting, weeks: number, today: number): void {
  for (const start of planSeries(meeting, today - weeks * 7 * day, 2 * weeks)) {
    const session = holdSession(meeting, { start, end: start + 45 * minute, joins: listJoins(world, meeting, start) })
    addFiles(session, [video, audio])
  }
}

/**
 * Adds three sessions of the last day: one that only the host attended, one with all types of files, and one whose report and video
 * are not ready yet.
 */
export function seedRecentSessions(world: World, meeting: Meeting, full: number): void {
  const alone = { start: full - 22 * hour, end: full - 21.5 * hour }
  holdSession(meeting, { ...alone, joins: [{ ...getHost(world, meeting), role: 'host' }] })
  const recent = { start: full - 5 * hour, end: full - 4.25 * hour }
  const joins = listJoins(world, meeting, recent.start)
  addFiles(holdSession(meeting, { ...recent, joins }), [video, audio, transcript, chat, timeline, whiteboard])
  const latest = { start: full - hour, end: full - 10 * minute }
  const report = { state: 'missing', until: full + 2 * hour } as const
  const session = holdSession(meeting, { ...latest, joins: listJoins(world, meeting, latest.start), report })
  addFiles(session, [{ ...video, status: 'processing' }, chat])
}

/**
 * Plans a series with `past` occurrences before today and 20 more. The first occurrence after today is moved and shortened, and
 * the third is canceled. Returns the starts before today, in milliseconds since the epoch.
 */
function planSeries(meeting: Meeting, start: number, past: number): number[] {
  meeting.created = Math.min(meeting.created, start - day)
  const weekday = new Date(toWallClock(start, meeting.timezone)).getUTCDay()
  const weekly_days = `${weekday + 1},${((weekday + 2) % 7) + 1}`
  const recurrence = { type: 2, repeat_interval: 1, weekly_days, end_times: past + 20 }
  Object.assign(meeting, { type: 8, start, recurrence })
  const starts = computeOccurrenceStarts(start, meeting.timezone, recurrence)
  meeting.occurrences = starts.map((start) => createOccurrence(start, meeting.duration))
  const [moved, , canceled] = meeting.occurrences.slice(past + 1)
  Object.assign(moved!, { start_time: formatTime(Date.parse(moved!.start_time) + day + 2 * hour), duration: 30 })
  canceled!.status = 'deleted'
  return starts.slice(0, past)
}

const getHost = (world: World, { host_id }: Meeting) => asAttendee(world.users.find(({ id }) => id === host_id)!)

/** Lists joins whose rows belong to the same person in every way that Zoom reports, and to people with the same name. */
function listJoins(world: World, meeting: Meeting, start: number): NonNullable<HeldSession['joins']> {
  const at = (minutes: number): number => start + minutes * minute
  const isMember = ({ status, id }: User) => status === 'active' && id !== meeting.host_id
  const [first, second, third] = world.users.filter(isMember).slice(0, 3).map(asAttendee)
  const registrant_id = createId(`registrant:${meeting.id}`)
  return [
    { ...getHost(world, meeting), role: 'host' },
    // Waits, and is then admitted.
    { name: 'Alex Kim', status: 'in_waiting_room', join: at(1), leave: at(3) },
    { name: 'Alex Kim', join: at(3) },
    // Another person with the same name.
    { name: 'Alex Kim', join: at(6), leave: at(30) },
    // Two devices at the same time.
    ...(first
      ? [
          { ...first, join: at(2), leave: at(25) },
          { ...first, join: at(10), leave: at(40) },
        ]
      : []),
    // Leaves, and joins again.
    ...(second
      ? [
          { ...second, join: at(0), leave: at(12) },
          { ...second, join: at(20) },
        ]
      : []),
    // A guest with the name of a member.
    ...(third ? [{ name: third.name, join: at(4) }] : []),
    { name: 'Jo', user_email: 'jo@partner.example', join: at(5), leave: at(15) },
    { name: 'Jo Smith', user_email: 'Jo@Partner.example', join: at(16) },
    { name: 'Registered', registrant_id, join: at(7), leave: at(17) },
    { name: 'registered (phone)', registrant_id, join: at(18), leave: at(44) },
    // Waits in vain.
    { name: 'Late guest', status: 'in_waiting_room', join: at(43) },
  ]
}

const addFiles = (session: Instance, files: Partial<RecordingFile>[]): void =>
  void session.recordings.push(
    ...files.map((fields, index) => createRecordingFile(`${session.uuid}:${index}`, session, fields)),
  )

const text = (content: string): Pick<RecordingFile, 'content'> => ({ content: Buffer.from(content) })

const video: Partial<RecordingFile> = { size: 3 * MiB, listedSize: 3 * MiB + 12 }
const audio: Partial<RecordingFile> = {
  file_type: 'M4A',
  file_extension: 'M4A',
  recording_type: 'audio_only',
  size: MiB,
}
const transcript: Partial<RecordingFile> = {
  file_type: 'TRANSCRIPT',
  file_extension: 'VTT',
  recording_type: 'audio_transcript',
  ...text('WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\nAlex Kim: Good morning.\n'),
}
const chat: Partial<RecordingFile> = {
  file_type: 'CHAT',
  file_extension: 'TXT',
  recording_type: 'chat_file',
  ...text('00:03:10\tAlex Kim:\tHello!\n'),
}
const timeline: Partial<RecordingFile> = {
  file_type: 'TIMELINE',
  file_extension: 'JSON',
  recording_type: 'timeline',
  ...text('{"timeline":[{"ts":"00:00:00.000","users":[]}]}\n'),
}
/** A type that Zoom does not document. */
const whiteboard: Partial<RecordingFile> = {
  file_type: 'WHITEBOARD',
  file_extension: 'PDF',
  recording_type: 'whiteboard',
  size: MiB / 2,
}

import { Readable } from 'node:stream'
import { FileHandle } from '../../src/core/file-handle.ts'
import type { Sandbox } from '../../src/sandboxes/kit.ts'
import type { IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import type { TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import type { RecordingFile, ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { createRecordingFile } from '../../src/sandboxes/zoom/recording-files.ts'
import { mutate, type Opened } from './open.ts'

/** One mutation at one vendor: its input over something made for it alone, and the write that counts. */
export interface Scenario {
  vendor: string
  mutation: string
  write: { method: string; path: RegExp }
  /** Kinds of the vendor's effects that are the mutation's own. */
  effects: string[]
  /** Makes what the mutation acts on. */
  prepare(opened: Opened): Promise<object>
}

let made = 0
const unique = (word: string): string => `${word} ${++made}`

interface Base {
  account: string
  owner: (sandbox: Sandbox) => object | undefined
}

const bases: Record<string, Base> = {
  zoom: { account: 'zoom', owner: (it) => ({ vendorId: (it as ZoomSandbox).data.users[0]!.id }) },
  trueconf: { account: 'trueconf', owner: () => ({ vendorId: 'helen' }) },
  imeetcentral: { account: 'imeetcentral', owner: () => undefined },
}

const newConference = (vendor: string, { sandbox }: Opened) => {
  const { account, owner } = bases[vendor]!
  const given = owner(sandbox)
  return { account, title: unique('Conference'), ...(given && { owner: given }) }
}

/** Creates a Zoom series, and returns the IDs of its occurrences. */
export async function seriesOf(opened: Opened): Promise<string[]> {
  const startsAt = new Date(Math.floor(opened.clock.now() / 60_000) * 60_000 + 3 * 86_400_000).toISOString()
  const recurring = { rrule: 'FREQ=WEEKLY;COUNT=4', startsAt, durationMinutes: 60, timeZone: 'UTC' }
  const input = { ...newConference('zoom', opened), schedule: { recurring } }
  const { conference } = await mutate(opened, 'createConference', input)
  const query = `{ conference(id: "${conference.id}") { occurrences { id } } }`
  return (await opened.ask(query)).conference.occurrences.map((occurrence: { id: string }) => occurrence.id)
}

/** A new conference's id. */
async function conference(vendor: string, opened: Opened): Promise<string> {
  const { conference, problems } = await mutate(opened, 'createConference', newConference(vendor, opened))
  if (!conference) throw new Error(JSON.stringify(problems))
  return conference.id
}

/** Prepares a new conference, and what is to be done with it. */
export const conferenceOf =
  (
    vendor: string,
    more: (id: string, opened: Opened) => Promise<object> | object = (conferenceId) => ({ conferenceId }),
  ) =>
  async (opened: Opened): Promise<object> =>
    more(await conference(vendor, opened), opened)

const create = (vendor: string, path: RegExp): Scenario => ({
  vendor,
  mutation: 'createConference',
  write: { method: 'POST', path },
  effects: ['createConference'],
  prepare: async (opened) => newConference(vendor, opened),
})
const update = (vendor: string, method: string, path: RegExp): Scenario => ({
  vendor,
  mutation: 'updateConference',
  write: { method, path },
  effects: ['updateConference'],
  prepare: conferenceOf(vendor, (conferenceId) => ({ conferenceId, title: unique('Renamed') })),
})
const remove = (vendor: string, path: RegExp): Scenario => ({
  vendor,
  mutation: 'deleteConference',
  write: { method: 'DELETE', path },
  effects: ['deleteConference'],
  prepare: conferenceOf(vendor),
})

const inChat = ({ settings }: { settings: Record<string, unknown> }): boolean =>
  Boolean(settings['continuous_meeting_chat'])

/** A Zoom meeting that takes registrations. */
const registering = ({ sandbox, id }: Opened): string => {
  const meetings = [...(sandbox as ZoomSandbox).data.meetings.values()]
  return id('Conference', String(meetings.find(({ settings }) => settings.approval_type === 0)!.id))
}

/** Adds a session with one recorded file to a Zoom meeting. Returns the ID of the recording. */
export function recordFile({ sandbox, id, clock }: Opened): string {
  const [meeting] = (sandbox as ZoomSandbox).data.meetings.values()
  const start = clock.now() - 86_400_000
  const session = {
    uuid: unique('session'),
    start,
    end: start + 60_000,
    attendances: [],
    recordings: [] as RecordingFile[],
  }
  const file = createRecordingFile(session.uuid, session)
  session.recordings.push(file)
  meeting!.past.push(session)
  return id('Recording', session.uuid, file.id)
}

const upload = (
  vendor: string,
  write: Scenario['write'],
  effects: string[],
  target: (opened: Opened) => object,
): Scenario => ({
  vendor,
  mutation: 'uploadFile',
  write,
  effects,
  prepare: async (opened) => ({ target: target(opened), name: unique('file'), contentType: 'image/png' }),
})

/** A file as it comes out of a multipart request. */
export function fileOf(bytes: Buffer, name = 'notes.txt', contentType = 'text/plain'): FileHandle {
  const handle = new FileHandle()
  handle.setFile({ name, contentType }, Readable.from([bytes]), 1024 ** 3)
  handle.markComplete()
  return handle
}

export const scenarios: readonly Scenario[] = [
  create('zoom', /\/users\/[^/]+\/meetings$/),
  update('zoom', 'PATCH', /\/meetings\/\d+$/),
  remove('zoom', /\/meetings\/\d+$/),
  {
    vendor: 'zoom',
    mutation: 'endConference',
    write: { method: 'PUT', path: /\/status$/ },
    effects: ['endConference'],
    prepare: conferenceOf('zoom', async (conferenceId, { sandbox }) => {
      const [meeting] = [...(sandbox as ZoomSandbox).data.meetings.keys()].slice(-1)
      await fetch(`${sandbox.url}/__host/meetings/${meeting}/start`, { method: 'POST' })
      return { conferenceId }
    }),
  },
  {
    vendor: 'zoom',
    mutation: 'inviteParticipant',
    write: { method: 'POST', path: /\/registrants$/ },
    effects: ['inviteParticipant'],
    prepare: async (opened) => ({
      conferenceId: registering(opened),
      invitee: { user: { email: `guest${++made}@example.org` }, displayName: 'Guest' },
    }),
  },
  {
    vendor: 'zoom',
    mutation: 'removeParticipant',
    write: { method: 'DELETE', path: /\/registrants\/[^/]+$/ },
    effects: ['removeParticipant'],
    prepare: async (opened) => {
      const invitee = { user: { email: `guest${++made}@example.org` }, displayName: 'Guest' }
      const { participant } = await mutate(opened, 'inviteParticipant', { conferenceId: registering(opened), invitee })
      return { participantId: participant.id }
    },
  },
  {
    vendor: 'zoom',
    mutation: 'deleteRecording',
    write: { method: 'DELETE', path: /\/recordings\/[^/]+$/ },
    effects: ['deleteRecording'],
    prepare: async (opened) => ({ recordingId: recordFile(opened) }),
  },
  {
    vendor: 'zoom',
    mutation: 'updateOccurrence',
    write: { method: 'PATCH', path: /\/meetings\/[^/]+$/ },
    effects: ['updateConference'],
    prepare: async (opened) => ({ occurrenceId: (await seriesOf(opened))[1], durationMinutes: 25 }),
  },
  {
    vendor: 'zoom',
    mutation: 'cancelOccurrence',
    write: { method: 'DELETE', path: /\/meetings\/[^/]+$/ },
    effects: ['deleteConference'],
    prepare: async (opened) => ({ occurrenceId: (await seriesOf(opened))[1] }),
  },
  create('trueconf', /\/conferences$/),
  update('trueconf', 'PUT', /\/conferences\/[^/]+$/),
  remove('trueconf', /\/conferences\/[^/]+$/),
  {
    vendor: 'trueconf',
    mutation: 'runConference',
    write: { method: 'POST', path: /\/run$/ },
    effects: ['runConference'],
    prepare: conferenceOf('trueconf'),
  },
  {
    vendor: 'trueconf',
    mutation: 'endConference',
    write: { method: 'POST', path: /\/stop$/ },
    effects: ['endConference'],
    prepare: conferenceOf('trueconf', async (conferenceId, opened) => {
      await mutate(opened, 'runConference', { conferenceId })
      return { conferenceId }
    }),
  },
  {
    vendor: 'trueconf',
    mutation: 'inviteParticipant',
    write: { method: 'POST', path: /\/invitations$/ },
    effects: ['inviteParticipant'],
    prepare: conferenceOf('trueconf', (conferenceId, { sandbox }) => {
      const [user] = (sandbox as TrueConfSandbox).data.users.keys()
      return { conferenceId, invitee: { user: { vendorId: user } } }
    }),
  },
  {
    vendor: 'trueconf',
    mutation: 'removeParticipant',
    write: { method: 'DELETE', path: /\/invitations\/[^/]+$/ },
    effects: ['removeParticipant'],
    prepare: conferenceOf('trueconf', async (conferenceId, opened) => {
      const [user] = (opened.sandbox as TrueConfSandbox).data.users.keys()
      const invitee = { user: { vendorId: user } }
      const { participant } = await mutate(opened, 'inviteParticipant', { conferenceId, invitee })
      return { participantId: participant.id }
    }),
  },
  create('imeetcentral', /\/workspaces$/),
  update('imeetcentral', 'POST', /\/updateDetails$/),
  {
    vendor: 'imeetcentral',
    mutation: 'inviteParticipant',
    write: { method: 'POST', path: /\/addUsers$/ },
    effects: ['inviteParticipant'],
    prepare: conferenceOf('imeetcentral', (conferenceId, { sandbox }) => {
      const [user] = (sandbox as IMeetCentralSandbox).data.users.keys()
      return { conferenceId, invitee: { user: { vendorId: user } } }
    }),
  },
  upload(
    'zoom',
    { method: 'POST', path: /\/chat\/users\/[^/]+\/messages$/ },
    ['sendChatMessage'],
    ({ sandbox, id }) => {
      const meetings = [...(sandbox as ZoomSandbox).data.meetings.values()]
      return { conferenceId: id('Conference', String(meetings.find(inChat)!.id)) }
    },
  ),
  upload('zoom', { method: 'POST', path: /\/picture$/ }, ['uploadFile'], ({ sandbox, id }) => ({
    userId: id('User', (sandbox as ZoomSandbox).data.users[0]!.id),
  })),
  upload('trueconf', { method: 'POST', path: /\/avatar$/ }, ['uploadFile'], ({ id }) => ({
    userId: id('User', 'helen'),
  })),
  upload('imeetcentral', { method: 'POST', path: /\/milestones\/[^/]+\/files$/ }, ['attachFile'], ({ sandbox, id }) => {
    const [workspace] = (sandbox as IMeetCentralSandbox).data.workspaces.keys()
    return { conferenceId: id('Conference', workspace!) }
  }),
  upload('imeetcentral', { method: 'POST', path: /\/files\/upload$/ }, ['uploadFile'], () => ({
    account: 'imeetcentral',
  })),
]

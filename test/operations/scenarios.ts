import { Readable } from 'node:stream'
import { FileHandle } from '../../src/core/file-handle.ts'
import type { Sandbox } from '../../src/sandboxes/kit.ts'
import type { IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import type { TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import type { RecordingFile, ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { createRecordingFile } from '../../src/sandboxes/zoom/recording-files.ts'
import { mutate, type Opened } from './open.ts'

/** A mutation at one vendor, with objects that are created for it, and the write with its effect. */
export interface Scenario {
  vendor: string
  mutation: string
  write: { method: string; path: RegExp }
  /** Kinds of the effects of the mutation in the sandbox. */
  effects: string[]
  /** Creates the objects of the mutation, and returns its input. */
  prepare(opened: Opened): Promise<object>
}

let nameCount = 0
const createName = (word: string): string => `${word} ${++nameCount}`

interface AccountDefaults {
  account: string
  getOwner: (sandbox: Sandbox) => object | undefined
}

const defaultsByVendor: Record<string, AccountDefaults> = {
  zoom: { account: 'zoom', getOwner: (sandbox) => ({ vendorId: (sandbox as ZoomSandbox).data.users[0]!.id }) },
  trueconf: { account: 'trueconf', getOwner: () => ({ vendorId: 'helen' }) },
  imeetcentral: { account: 'imeetcentral', getOwner: () => undefined },
}

const createInput = (vendor: string, { sandbox }: Opened) => {
  const { account, getOwner } = defaultsByVendor[vendor]!
  const owner = getOwner(sandbox)
  return { account, title: createName('Conference'), ...(owner && { owner }) }
}

/** Creates a Zoom series, and returns the IDs of its occurrences. */
export async function createSeries(opened: Opened): Promise<string[]> {
  const startsAt = new Date(Math.floor(opened.clock.now() / 60_000) * 60_000 + 3 * 86_400_000).toISOString()
  const recurring = { rrule: 'FREQ=WEEKLY;COUNT=4', startsAt, durationMinutes: 60, timeZone: 'UTC' }
  const input = { ...createInput('zoom', opened), schedule: { recurring } }
  const { conference } = await mutate(opened, 'createConference', input)
  const query = `{ conference(id: "${conference.id}") { occurrences { id } } }`
  return (await opened.execute(query)).conference.occurrences.map((occurrence: { id: string }) => occurrence.id)
}

/** Creates a conference, and returns its ID. */
async function createConference(vendor: string, opened: Opened): Promise<string> {
  const { conference, problems } = await mutate(opened, 'createConference', createInput(vendor, opened))
  if (!conference) throw new Error(JSON.stringify(problems))
  return conference.id
}

/** Creates a conference, and the input of a mutation of it. */
export const prepareConference =
  (
    vendor: string,
    createMutationInput: (id: string, opened: Opened) => Promise<object> | object = (conferenceId) => ({
      conferenceId,
    }),
  ) =>
  async (opened: Opened): Promise<object> =>
    createMutationInput(await createConference(vendor, opened), opened)

const createScenario = (vendor: string, path: RegExp): Scenario => ({
  vendor,
  mutation: 'createConference',
  write: { method: 'POST', path },
  effects: ['createConference'],
  prepare: async (opened) => createInput(vendor, opened),
})
const updateScenario = (vendor: string, method: string, path: RegExp): Scenario => ({
  vendor,
  mutation: 'updateConference',
  write: { method, path },
  effects: ['updateConference'],
  prepare: prepareConference(vendor, (conferenceId) => ({ conferenceId, title: createName('Renamed') })),
})
const deleteScenario = (vendor: string, path: RegExp): Scenario => ({
  vendor,
  mutation: 'deleteConference',
  write: { method: 'DELETE', path },
  effects: ['deleteConference'],
  prepare: prepareConference(vendor),
})

const hasChat = ({ settings }: { settings: Record<string, unknown> }): boolean =>
  Boolean(settings['continuous_meeting_chat'])

/** Returns the ID of a Zoom meeting that accepts registrations. */
const findRegistrationMeeting = ({ sandbox, encodeId }: Opened): string => {
  const meetings = [...(sandbox as ZoomSandbox).data.meetings.values()]
  return encodeId('Conference', String(meetings.find(({ settings }) => settings.approval_type === 0)!.id))
}

/** Adds a session with one recorded file to a Zoom meeting. Returns the ID of the recording. */
export function recordFile({ sandbox, encodeId, clock }: Opened): string {
  const [meeting] = (sandbox as ZoomSandbox).data.meetings.values()
  const start = clock.now() - 86_400_000
  const session = {
    uuid: createName('session'),
    start,
    end: start + 60_000,
    attendances: [],
    recordings: [] as RecordingFile[],
  }
  const file = createRecordingFile(session.uuid, session)
  session.recordings.push(file)
  meeting!.past.push(session)
  return encodeId('Recording', session.uuid, file.id)
}

const uploadScenario = (
  vendor: string,
  write: Scenario['write'],
  effects: string[],
  target: (opened: Opened) => object,
): Scenario => ({
  vendor,
  mutation: 'uploadFile',
  write,
  effects,
  prepare: async (opened) => ({ target: target(opened), name: createName('file'), contentType: 'image/png' }),
})

/** Creates a file as the parser of multipart requests does. */
export function createFile(bytes: Buffer, name = 'notes.txt', contentType = 'text/plain'): FileHandle {
  const handle = new FileHandle()
  handle.setFile({ name, contentType }, Readable.from([bytes]), 1024 ** 3)
  handle.markComplete()
  return handle
}

export const scenarios: readonly Scenario[] = [
  createScenario('zoom', /\/users\/[^/]+\/meetings$/),
  updateScenario('zoom', 'PATCH', /\/meetings\/\d+$/),
  deleteScenario('zoom', /\/meetings\/\d+$/),
  {
    vendor: 'zoom',
    mutation: 'endConference',
    write: { method: 'PUT', path: /\/status$/ },
    effects: ['endConference'],
    prepare: prepareConference('zoom', async (conferenceId, { sandbox }) => {
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
      conferenceId: findRegistrationMeeting(opened),
      invitee: { user: { email: `guest${++nameCount}@example.org` }, displayName: 'Guest' },
    }),
  },
  {
    vendor: 'zoom',
    mutation: 'removeParticipant',
    write: { method: 'DELETE', path: /\/registrants\/[^/]+$/ },
    effects: ['removeParticipant'],
    prepare: async (opened) => {
      const invitee = { user: { email: `guest${++nameCount}@example.org` }, displayName: 'Guest' }
      const { participant } = await mutate(opened, 'inviteParticipant', {
        conferenceId: findRegistrationMeeting(opened),
        invitee,
      })
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
    prepare: async (opened) => ({ occurrenceId: (await createSeries(opened))[1], durationMinutes: 25 }),
  },
  {
    vendor: 'zoom',
    mutation: 'cancelOccurrence',
    write: { method: 'DELETE', path: /\/meetings\/[^/]+$/ },
    effects: ['deleteConference'],
    prepare: async (opened) => ({ occurrenceId: (await createSeries(opened))[1] }),
  },
  createScenario('trueconf', /\/conferences$/),
  updateScenario('trueconf', 'PUT', /\/conferences\/[^/]+$/),
  deleteScenario('trueconf', /\/conferences\/[^/]+$/),
  {
    vendor: 'trueconf',
    mutation: 'runConference',
    write: { method: 'POST', path: /\/run$/ },
    effects: ['runConference'],
    prepare: prepareConference('trueconf'),
  },
  {
    vendor: 'trueconf',
    mutation: 'endConference',
    write: { method: 'POST', path: /\/stop$/ },
    effects: ['endConference'],
    prepare: prepareConference('trueconf', async (conferenceId, opened) => {
      await mutate(opened, 'runConference', { conferenceId })
      return { conferenceId }
    }),
  },
  {
    vendor: 'trueconf',
    mutation: 'inviteParticipant',
    write: { method: 'POST', path: /\/invitations$/ },
    effects: ['inviteParticipant'],
    prepare: prepareConference('trueconf', (conferenceId, { sandbox }) => {
      const [user] = (sandbox as TrueConfSandbox).data.users.keys()
      return { conferenceId, invitee: { user: { vendorId: user } } }
    }),
  },
  {
    vendor: 'trueconf',
    mutation: 'removeParticipant',
    write: { method: 'DELETE', path: /\/invitations\/[^/]+$/ },
    effects: ['removeParticipant'],
    prepare: prepareConference('trueconf', async (conferenceId, opened) => {
      const [user] = (opened.sandbox as TrueConfSandbox).data.users.keys()
      const invitee = { user: { vendorId: user } }
      const { participant } = await mutate(opened, 'inviteParticipant', { conferenceId, invitee })
      return { participantId: participant.id }
    }),
  },
  createScenario('imeetcentral', /\/workspaces$/),
  updateScenario('imeetcentral', 'POST', /\/updateDetails$/),
  {
    vendor: 'imeetcentral',
    mutation: 'inviteParticipant',
    write: { method: 'POST', path: /\/addUsers$/ },
    effects: ['inviteParticipant'],
    prepare: prepareConference('imeetcentral', (conferenceId, { sandbox }) => {
      const [user] = (sandbox as IMeetCentralSandbox).data.users.keys()
      return { conferenceId, invitee: { user: { vendorId: user } } }
    }),
  },
  uploadScenario(
    'zoom',
    { method: 'POST', path: /\/chat\/users\/[^/]+\/messages$/ },
    ['sendChatMessage'],
    ({ sandbox, encodeId }) => {
      const meetings = [...(sandbox as ZoomSandbox).data.meetings.values()]
      return { conferenceId: encodeId('Conference', String(meetings.find(hasChat)!.id)) }
    },
  ),
  uploadScenario('zoom', { method: 'POST', path: /\/picture$/ }, ['uploadFile'], ({ sandbox, encodeId }) => ({
    userId: encodeId('User', (sandbox as ZoomSandbox).data.users[0]!.id),
  })),
  uploadScenario('trueconf', { method: 'POST', path: /\/avatar$/ }, ['uploadFile'], ({ encodeId }) => ({
    userId: encodeId('User', 'helen'),
  })),
  uploadScenario(
    'imeetcentral',
    { method: 'POST', path: /\/milestones\/[^/]+\/files$/ },
    ['attachFile'],
    ({ sandbox, encodeId }) => {
      const [workspace] = (sandbox as IMeetCentralSandbox).data.workspaces.keys()
      return { conferenceId: encodeId('Conference', workspace!) }
    },
  ),
  uploadScenario('imeetcentral', { method: 'POST', path: /\/files\/upload$/ }, ['uploadFile'], () => ({
    account: 'imeetcentral',
  })),
]

import { createHash } from 'node:crypto'
import { start as startTrueConf, type TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'
import {
  start as startZoom,
  type Instance,
  type Meeting,
  type RecordingFile,
  type ZoomSandbox,
} from '../../../src/sandboxes/zoom/index.ts'
import { createRecordingFile } from '../../../src/sandboxes/zoom/recording-files.ts'
import { openServer } from '../../support/open-server.ts'
import { sendQuery } from '../../support/send-query.ts'

/** API clients, with their scopes. */
const scopes = { editor: ['read', 'write', 'recordings'], writer: ['read', 'write'] }
export type ClientName = keyof typeof scopes

const getKey = (name: ClientName): string => `key-of-${name}-4f1d0b7a92c3`

/** A server with the accounts `zoom` and `trueconf`, whose meetings have no sessions. */
export interface Stage {
  zoom: ZoomSandbox
  trueconf: TrueConfSandbox
  /** Sends a query as the client `editor` by default. Returns the data, with the errors as `errors`. */
  query(text: string, variables?: object, name?: ClientName): Promise<any>
  /** Requests that Zoom has received, without token requests, such as `GET /users?page_size=300`. */
  listCalls(): string[]
  /** Removes the sessions of all meetings of Zoom, and its ledger. Returns two meetings that are not running. */
  clear(): [Meeting, Meeting]
  close(): Promise<void>
}

/** Starts the server and its sandboxes. */
export async function openStage(): Promise<Stage> {
  const zoom = await startZoom({ seed: { active: 20, inactive: 0, pending: 0 } })
  const trueconf = await startTrueConf({ users: 5, conferences: 3, running: 0 })
  const server = await openServer({
    accounts: { zoom: zoom.account, trueconf: trueconf.account },
    clients: Object.entries(scopes).map(([name, scopes]) => ({
      name,
      apiKeySha256: createHash('sha256')
        .update(getKey(name as ClientName))
        .digest('hex'),
      scopes,
    })),
  })
  return {
    zoom,
    trueconf,
    query: async (text, variables = {}, name = 'editor') => {
      const { data, errors } = await sendQuery(server.graphqlUrl, text, { ...variables }, getKey(name))
      return { ...data, errors }
    },
    listCalls: () =>
      zoom.ledger
        .filter(({ path }) => path.startsWith('/v2/'))
        .map(({ method, path, query }) => `${method} ${path.slice(3)}${query && `?${query}`}`),
    clear: () => {
      const meetings = [...zoom.data.meetings.values()]
      for (const meeting of meetings) meeting.past = []
      zoom.ledger.length = 0
      zoom.effects.length = 0
      return meetings.filter(({ live }) => live === null) as [Meeting, Meeting]
    },
    close: async () => {
      await server.close()
      await trueconf.close()
      await zoom.close()
    },
  }
}

/** Adds a session of 45 minutes without recordings. @param start In milliseconds since the epoch. */
export function addSession(
  meeting: Meeting,
  start: number,
  uuid = Buffer.from(`${meeting.id}:${start}`).toString('base64'),
): Instance {
  const session = { uuid, start, end: start + 45 * minute, attendances: [], recordings: [] }
  meeting.past = [...meeting.past, session]
  return session
}

/** Adds a file to a session. */
export function addFile(session: Instance, fields: Partial<RecordingFile> = {}): RecordingFile {
  const file = createRecordingFile(`${session.uuid}:${session.recordings.length}`, session, { size: 2_000, ...fields })
  session.recordings.push(file)
  return file
}

export const minute = 60_000
export const day = 1_440 * minute

/** Middle of the last month, so that a few days around it are in one month. */
export const middle = Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - 1, 15)

/** Returns the full second that a time is in. */
export const wholeSecond = (time: number): number => Math.floor(time / 1_000) * 1_000

/** Fields of a connection besides its nodes. */
export const page = `pageInfo { hasNextPage hasPreviousPage startCursor endCursor } sources { status problem { code } }`

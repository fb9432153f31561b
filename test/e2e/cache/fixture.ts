import { start as startCentral, type IMeetCentralSandbox } from '../../../src/sandboxes/imeetcentral/index.ts'
import type { Sandbox } from '../../../src/sandboxes/kit.ts'
import { start as startTrueConf, type TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../../src/sandboxes/zoom/index.ts'
import { send, type Reply } from '../../acceptance/reply.ts'
import { createClients, getKey, type CallerName } from '../../acceptance/fixture.ts'
import { openServer, type OpenServer } from '../../support/open-server.ts'

export interface CachedReply extends Reply {
  /** `extensions.cache`. Undefined if no cached response was used. */
  cache: { age: number; stale: string[] } | undefined
}

export interface QueryOptions {
  headers?: Record<string, string>
  who?: CallerName
}

/** A server with a cache in front of three small sandboxes. */
export interface CachedFixture {
  server: OpenServer
  zoom: ZoomSandbox
  berlin: TrueConfSandbox
  central: IMeetCentralSandbox
  query(text: string, options?: QueryOptions): Promise<CachedReply>
  /** Runs `work`. Returns its result, and the vendor calls that were made, without token requests: `berlin GET /…`. */
  observe<T>(work: () => Promise<T>): Promise<{ result: T; calls: string[] }>
  close(): Promise<void>
}

/** Secret with which Zoom signs webhooks. */
export const webhookSecret = 'secret-token-of-the-app'

/** Nothing expires during a test. */
export const longCache = { users: 3_600, conferences: 3_600, participants: 3_600 }

/** @param settings Settings besides accounts and clients. */
export async function startCachedFixture(settings: object = { cache: longCache }): Promise<CachedFixture> {
  const [zoom, berlin, central] = await Promise.all([
    startZoom({ seed: { active: 20, inactive: 0, pending: 0, live: 0, restricted: 0 } }),
    startTrueConf({ users: 40, conferences: 30, running: 0 }),
    startCentral({ seed: { users: 30, workspaces: 30 } }),
  ])
  const sandboxes: Record<string, Sandbox> = { zoom, berlin, central }
  const clients = createClients(['all', 'reader', 'writer', 'zoomer'])
  const accounts = { zoom: { ...zoom.account, webhookSecret }, berlin: berlin.account, central: central.account }
  const server = await openServer({ accounts, clients, ...settings })
  return {
    server,
    zoom,
    berlin,
    central,
    query: async (text, { headers = {}, who = 'all' } = {}) => {
      const reply = await send(server, { json: { query: text }, headers, key: getKey(who) })
      const { extensions } = JSON.parse(reply.text) as { extensions?: { cache: CachedReply['cache'] } }
      return { ...reply, cache: extensions?.cache }
    },
    observe: async (work) => {
      const before = new Map(Object.entries(sandboxes).map(([key, { ledger }]) => [key, ledger.length]))
      const result = await work()
      const calls = Object.entries(sandboxes).flatMap(([key, { ledger }]) =>
        ledger
          .slice(before.get(key))
          .filter(({ path }) => !/\/oauth2?\/.*token$/.test(path))
          .map(({ method, path }) => `${key} ${method} ${path}`),
      )
      return { result, calls }
    },
    close: async () => {
      await server.close()
      await Promise.all(Object.values(sandboxes).map((sandbox) => sandbox.close()))
    },
  }
}

import { createHash } from 'node:crypto'
import { start as startZoom, type ZoomSandbox } from '../../../src/sandboxes/zoom/index.ts'
import { start as startTrueConf, type TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'
import { sendQuery, type QueryResult } from '../../support/send-query.ts'
import { openServer, type OpenServer } from '../../support/open-server.ts'

/** API clients, with their settings. */
const clients = {
  gateway: { scopes: ['read', 'write', 'explore'] },
  reader: { scopes: ['read'] },
  explorer: { scopes: ['explore'] },
  zoomer: { scopes: ['read', 'write'], accounts: ['zoom'] },
  allow: { scopes: ['read', 'write'], documents: { mode: 'allow' } },
  only: { scopes: ['read', 'write', 'explore'], documents: { mode: 'only' } },
}
export type ClientName = keyof typeof clients

const keyOf = (name: ClientName): string => `key-of-${name}-5f0c9d2b7a61`

/** A server that is a subgraph, with two accounts. */
export interface Stage {
  zoom: ZoomSandbox
  trueconf: TrueConfSandbox
  server: OpenServer
  /** Sends an operation to a path. */
  send(path: string, query: string, variables?: Record<string, unknown>, name?: ClientName): Promise<QueryResult>
  /** Number of requests that the vendors have received, without those for access tokens. */
  countCalls(): number
  close(): Promise<void>
}

export async function openStage(settings: object): Promise<Stage> {
  const [zoom, trueconf] = await Promise.all([
    startZoom({ seed: { active: 20, inactive: 0, pending: 1 } }),
    startTrueConf({ users: 30, conferences: 10 }),
  ])
  const server = await openServer({
    accounts: { zoom: zoom.account, berlin: trueconf.account },
    clients: Object.entries(clients).map(([name, client]) => ({
      name,
      apiKeySha256: createHash('sha256')
        .update(keyOf(name as ClientName))
        .digest('hex'),
      ...client,
    })),
    ...settings,
  })
  return {
    zoom,
    trueconf,
    server,
    send: (path, query, variables = {}, name = 'gateway') =>
      sendQuery(`${server.url}${path}`, query, variables, keyOf(name)),
    countCalls: () => [zoom, trueconf].flatMap(({ ledger }) => ledger.filter(({ path }) => !/token/.test(path))).length,
    close: async () => {
      await server.close()
      await Promise.all([zoom.close(), trueconf.close()])
    },
  }
}

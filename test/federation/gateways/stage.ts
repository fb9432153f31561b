import { createHash } from 'node:crypto'
import { start as startTrueConf, type TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../../src/sandboxes/zoom/index.ts'
import { startProcess, type ServerProcess } from '../../support/server.ts'
import { startEmployees, type Subgraphs } from './programs.ts'
import { startFront, type SubgraphFront } from './subgraph-front.ts'

/** API keys, by the name of the API client. */
export const keys = { gateway: 'key-of-gateway-3b9f61c07d52', zoomer: 'key-of-zoomer-8e24d5a1f936' }
const clients = [
  { name: 'gateway', apiKeySha256: hash(keys.gateway), scopes: ['read', 'write', 'explore'] },
  { name: 'zoomer', apiKeySha256: hash(keys.zoomer), scopes: ['read', 'write'], accounts: ['zoom'] },
]

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Parley, with a server in front of it, and the subgraph of employees. */
export interface Stage {
  zoom: ZoomSandbox
  trueconf: TrueConfSandbox
  server: ServerProcess
  front: SubgraphFront
  subgraphs: Subgraphs
  /** Number of requests that the vendors have received, without those for access tokens. */
  countCalls(): number
  close(): Promise<void>
}

/** @param prefix Prefix of Parley's types. */
export async function openStage(prefix?: string): Promise<Stage> {
  const [zoom, trueconf, employees] = await Promise.all([
    startZoom({ seed: { active: 20, inactive: 0, pending: 0 } }),
    startTrueConf({ users: 30, conferences: 10 }),
    startEmployees(prefix),
  ])
  const server = await startParley({ zoom: zoom.account, trueconf: trueconf.account }, prefix)
  const front = await startFront(server.url)
  return {
    zoom,
    trueconf,
    server,
    front,
    subgraphs: { parley: front.url, employees: employees.url },
    countCalls: () => [zoom, trueconf].flatMap(({ ledger }) => ledger.filter(({ path }) => !/token/.test(path))).length,
    close: async () => {
      await Promise.all([employees.stop(), front.faults.close(), server.dispose()])
      await Promise.all([zoom.close(), trueconf.close()])
    },
  }
}

/** Starts a server that is a subgraph. */
export const startParley = (accounts: object, prefix?: string): Promise<ServerProcess> =>
  startProcess({ accounts, clients, federation: prefix === undefined ? {} : { prefix } })

import { createHash } from 'node:crypto'
import type { Sandbox } from '../../src/sandboxes/kit.ts'
import { start as startCentral, type IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import { start as startTrueConf, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { startIssuer, type Issuer } from './issuer.ts'
import { send, type Reply, type RequestOptions } from './reply.ts'
import { startProcess, traceLog, type ServerProcess } from '../support/server.ts'

export type CallerName = 'all' | 'reader' | 'writer' | 'explorer' | 'zoomer' | 'berliner'

const scopes = {
  all: ['read', 'write', 'credentials'],
  reader: ['read'],
  writer: ['write'],
  explorer: ['read', 'explore'],
}
const accountByCaller = { zoomer: 'zoom', berliner: 'berlin' }

export const getKey = (caller: CallerName): string => `key-of-${caller}-5f0c9d2b7a61`

/** Creates the setting `clients`. */
export function createClients(callers: readonly CallerName[]): object[] {
  return callers.map((name) => ({
    name,
    apiKeySha256: createHash('sha256').update(getKey(name)).digest('hex'),
    scopes: name in scopes ? scopes[name as keyof typeof scopes] : ['read', 'write'],
    ...(name in accountByCaller && { accounts: [accountByCaller[name as keyof typeof accountByCaller]] }),
  }))
}

/** Small sandboxes of the three vendors, and the identity provider of the callers. */
export interface Vendors {
  zoom: ZoomSandbox
  trueconf: TrueConfSandbox
  central: IMeetCentralSandbox
  issuer: Issuer
  /** The setting `accounts`. */
  accounts: Record<'zoom' | 'berlin' | 'central', object>
  close(): Promise<void>
}

export async function startVendors(): Promise<Vendors> {
  const [zoom, trueconf, central, issuer] = await Promise.all([
    startZoom({ seed: { active: 60, inactive: 3, pending: 2 } }),
    startTrueConf({ users: 300, conferences: 40 }),
    startCentral(),
    startIssuer(),
  ])
  const accounts = { zoom: zoom.account, berlin: trueconf.account, central: central.account }
  const close = async () => void (await Promise.all([zoom, trueconf, central, issuer].map((vendor) => vendor.close())))
  return { zoom, trueconf, central, issuer, accounts, close }
}

/** Three server processes with the same accounts: one with callers, one without, and one with short limits. */
export interface Fixture extends Vendors {
  guarded: ServerProcess
  open: ServerProcess
  limited: ServerProcess
  /** Sends a request to `guarded`. Default of the key: that of `all`. */
  send(options: RequestOptions): Promise<Reply>
  query(query: string, variables?: object, caller?: CallerName): Promise<Reply>
  /** Number of requests that the vendors have received. */
  countCalls(): number
  /** Number of effects that the vendors have recorded. */
  countEffects(): number
  stop(): Promise<void>
}

export const shortLimits = {
  uploadBytes: 1024 ** 2,
  uploadProgressTime: 400,
  socketHeadersTimeout: 500,
  socketRequestTimeout: 700,
}

export async function startFixture(): Promise<Fixture> {
  const vendors = await startVendors()
  const { zoom, trueconf, central, issuer, accounts } = vendors
  const sandboxes: Sandbox[] = [zoom, trueconf, central]
  const clients = createClients(['all', 'reader', 'explorer', 'zoomer', 'berliner'])
  const cursorSecret = 'the same for all of these servers, and long'
  const servers = await Promise.all([
    startProcess({ accounts, clients, jwt: issuer.settings, cursorSecret }, traceLog),
    startProcess({ accounts, cursorSecret }, traceLog),
    startProcess({ accounts, cursorSecret, limits: shortLimits }, traceLog),
  ])
  const [guarded, open, limited] = servers
  const sendGuarded = (options: RequestOptions) => send(guarded, { key: getKey('all'), ...options })
  return {
    ...vendors,
    guarded,
    open,
    limited,
    send: sendGuarded,
    query: (query, variables, caller = 'all') => sendGuarded({ json: { query, variables }, key: getKey(caller) }),
    countCalls: () => sandboxes.reduce((sum, { ledger }) => sum + ledger.length, 0),
    countEffects: () => sandboxes.reduce((sum, { effects }) => sum + effects.length, 0),
    stop: async () => {
      await Promise.all(servers.map((server) => server.dispose()))
      await vendors.close()
    },
  }
}

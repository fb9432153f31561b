import { createHash } from 'node:crypto'
import type { Sandbox } from '../../src/sandboxes/kit.ts'
import { start as startCentral, type IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import { start as startTrueConf, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { startIssuer, type Issuer } from './issuer.ts'
import { ask, type Ask, type Reply } from './reply.ts'
import { startProcess, traceLog, type ServerProcess } from '../support/server.ts'

export type Who = 'all' | 'reader' | 'writer' | 'explorer' | 'zoomer' | 'berliner'

const scopes = {
  all: ['read', 'write', 'credentials'],
  reader: ['read'],
  writer: ['write'],
  explorer: ['read', 'explore'],
}
const accountOf = { zoomer: 'zoom', berliner: 'berlin' }

export const keyOf = (who: Who): string => `key-of-${who}-5f0c9d2b7a61`

/** What goes under `clients` in a configuration. */
export function clientsOf(whos: readonly Who[]): object[] {
  return whos.map((name) => ({
    name,
    apiKeySha256: createHash('sha256').update(keyOf(name)).digest('hex'),
    scopes: name in scopes ? scopes[name as keyof typeof scopes] : ['read', 'write'],
    ...(name in accountOf && { accounts: [accountOf[name as keyof typeof accountOf]] }),
  }))
}

/** The three sandbox vendors, small, and who signs the callers' JWTs. */
export interface Vendors {
  zoom: ZoomSandbox
  trueconf: TrueConfSandbox
  central: IMeetCentralSandbox
  issuer: Issuer
  /** What goes under `accounts` in a configuration. */
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
  const close = async () => void (await Promise.all([zoom, trueconf, central, issuer].map((each) => each.close())))
  return { zoom, trueconf, central, issuer, accounts, close }
}

/** The server over the sandbox vendors as processes: with clients, open to all, and with short limits. */
export interface Fixture extends Vendors {
  guarded: ServerProcess
  open: ServerProcess
  hasty: ServerProcess
  /** To the guarded server, with the key of `all` where none is named. */
  ask(what: Ask): Promise<Reply>
  query(query: string, variables?: object, who?: Who): Promise<Reply>
  /** Calls that the vendors received so far. */
  calls(): number
  /** What the vendors did so far. */
  effects(): number
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
  const clients = clientsOf(['all', 'reader', 'explorer', 'zoomer', 'berliner'])
  const cursorSecret = 'the same for all of these servers, and long'
  const servers = await Promise.all([
    startProcess({ accounts, clients, jwt: issuer.settings, cursorSecret }, traceLog),
    startProcess({ accounts, cursorSecret }, traceLog),
    startProcess({ accounts, cursorSecret, limits: shortLimits }, traceLog),
  ])
  const [guarded, open, hasty] = servers
  const askGuarded = (what: Ask) => ask(guarded, { key: keyOf('all'), ...what })
  return {
    ...vendors,
    guarded,
    open,
    hasty,
    ask: askGuarded,
    query: (query, variables, who = 'all') => askGuarded({ json: { query, variables }, key: keyOf(who) }),
    calls: () => sandboxes.reduce((sum, { ledger }) => sum + ledger.length, 0),
    effects: () => sandboxes.reduce((sum, { effects }) => sum + effects.length, 0),
    stop: async () => {
      await Promise.all(servers.map((server) => server.dispose()))
      await vendors.close()
    },
  }
}

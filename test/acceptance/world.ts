import { createHash } from 'node:crypto'
import type { Sandbox } from '../../src/sandbox/kit.ts'
import { start as startCentral, type IMeetCentralSandbox } from '../../src/vendors/imeetcentral/sandbox/index.ts'
import { start as startTrueConf, type TrueConfSandbox } from '../../src/vendors/trueconf/sandbox/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../src/vendors/zoom/sandbox/index.ts'
import { startIssuer, type Issuer } from './issuer.ts'
import { ask, type Ask, type Reply } from './reply.ts'
import { startServer, type Server } from './server.ts'

export type Who = 'all' | 'reader' | 'explorer' | 'zoomer' | 'berliner'

/** The three sandbox vendors, and the server over them as processes: with clients, open to all, and with short limits. */
export interface World {
  zoom: ZoomSandbox
  trueconf: TrueConfSandbox
  central: IMeetCentralSandbox
  issuer: Issuer
  guarded: Server
  open: Server
  hasty: Server
  keys: Record<Who, string>
  /** To the guarded server, with the key of `all` where none is named. */
  ask(what: Ask): Promise<Reply>
  query(query: string, variables?: object, who?: Who): Promise<Reply>
  /** Calls that the vendors received so far. */
  calls(): number
  /** What the vendors did so far. */
  effects(): number
  stop(): Promise<void>
}

const scopes = { all: ['read', 'write', 'credentials'], reader: ['read'], explorer: ['read', 'explore'] }
const accountOf = { zoomer: 'zoom', berliner: 'berlin' }

export const shortLimits = {
  uploadBytes: 1024 ** 2,
  uploadProgressTime: 400,
  socketHeadersTimeout: 500,
  socketRequestTimeout: 700,
}

export async function startWorld(): Promise<World> {
  const [zoom, trueconf, central, issuer] = await Promise.all([
    startZoom({ seed: { active: 60, inactive: 3, pending: 2 } }),
    startTrueConf({ users: 300, conferences: 40 }),
    startCentral({ seed: {} }),
    startIssuer(),
  ])
  const sandboxes: Sandbox[] = [zoom, trueconf, central]
  const accounts = { zoom: zoom.account, berlin: trueconf.account, central: central.account }
  const whos: Who[] = ['all', 'reader', 'explorer', 'zoomer', 'berliner']
  const keys = Object.fromEntries(whos.map((who) => [who, `key-of-${who}-5f0c9d2b7a61`])) as Record<Who, string>
  const clients = whos.map((name) => ({
    name,
    apiKeySha256: createHash('sha256').update(keys[name]).digest('hex'),
    scopes: name in scopes ? scopes[name as keyof typeof scopes] : ['read', 'write'],
    ...(name in accountOf && { accounts: [accountOf[name as keyof typeof accountOf]] }),
  }))
  const cursorSecret = 'the same for all of these servers, and long'
  const servers = await Promise.all([
    startServer({ accounts, clients, jwt: issuer.settings, cursorSecret }),
    startServer({ accounts, cursorSecret }),
    startServer({ accounts, cursorSecret, limits: shortLimits }),
  ])
  const [guarded, open, hasty] = servers
  const askGuarded = (what: Ask) => ask(guarded, { key: keys.all, ...what })
  return {
    zoom,
    trueconf,
    central,
    issuer,
    guarded,
    open,
    hasty,
    keys,
    ask: askGuarded,
    query: (query, variables, who = 'all') => askGuarded({ json: { query, variables }, key: keys[who] }),
    calls: () => sandboxes.reduce((sum, { ledger }) => sum + ledger.length, 0),
    effects: () => sandboxes.reduce((sum, { effects }) => sum + effects.length, 0),
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()))
      await Promise.all([...sandboxes, issuer].map((each) => each.close()))
    },
  }
}

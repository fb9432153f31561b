import { request } from 'undici'
import type { Sandbox } from '../../../src/sandboxes/kit.ts'
import { start as startCentral } from '../../../src/sandboxes/imeetcentral/index.ts'
import { start as startTrueConf } from '../../../src/sandboxes/trueconf/index.ts'
import { start as startZoom } from '../../../src/sandboxes/zoom/index.ts'
import type { Certificate } from '../../support/certificates.ts'
import { FaultServer, type Fault, type Ledger } from '../../support/fault-server.ts'
import type { VendorAnswer, VendorRequest } from '../../support/raw-http.ts'

export type Slug = 'trueconf' | 'zoom' | 'imeetcentral'

export interface VendorOptions {
  slug?: Slug
  tls?: Certificate
  /** Configured as HTTPS, where V speaks none. */
  mistaken?: true
  /** TrueConf with the server's secret key: no token is ever fetched. */
  key?: boolean
  /** Beside what the account is otherwise configured with. */
  settings?: object
  /** Another clock for the vendor. */
  now?: () => number
  users?: number
}

/** A sandbox vendor of five users behind a fault server. */
export interface FaultyVendor {
  server: FaultServer
  sandbox: Sandbox
  /** What goes under `accounts` in a configuration. */
  account: Record<string, unknown>
  userIds: string[]
  /** What `createConference` wants beside the account and a title. */
  input: object
  /** Strikes until the function returned is called. */
  spoil(fault: Fault): () => void
  /** Requests of the API, and those for tokens. */
  calls(): Ledger['requests']
  tokenRequests(): Ledger['requests']
  created(): number
  /** As if no fault were there. */
  healthy(request: VendorRequest): Promise<VendorAnswer>
  close(): Promise<void>
}

const isToken = ({ path }: { path: string }): boolean => /\/token(\?|$)/.test(path)

/** Everything but the token endpoint. */
export const api = /^(?!\w+ \S*\/token)/
/** What reads a list of users, and what makes a conference. */
export const reading = /^GET \S*\/users(\?|$)/
export const creating = /^POST \S*\/(conferences|meetings|workspaces)(\?|$)/
export const tokens = /^POST \S*\/token(\?|$)/

export async function startVendor(options: VendorOptions = {}): Promise<FaultyVendor> {
  const { slug = 'trueconf', tls, settings, mistaken } = options
  const started = await begin(slug, options)
  const { sandbox } = started
  const healthy = (asked: VendorRequest): Promise<VendorAnswer> => passOn(asked, sandbox.url)
  const server = await FaultServer.start({ answer: healthy, ...(tls ? { tls } : {}) })
  const url = mistaken ? server.url.replace('http:', 'https:') : server.url
  const account = JSON.parse(JSON.stringify(started.account).replaceAll(sandbox.url, url)) as object
  return {
    ...started,
    server,
    account: { ...account, ...settings },
    healthy,
    spoil: (fault) => {
      const own = { ...fault }
      server.script(own)
      return () => void (own.times = 0)
    },
    calls: () => server.ledger.requests.filter((entry) => !isToken(entry)),
    tokenRequests: () => server.ledger.requests.filter(isToken),
    created: () => sandbox.effects.filter(({ kind }) => kind === 'createConference').length,
    close: async () => {
      await server.close()
      await sandbox.close()
    },
  }
}

type Started = Pick<FaultyVendor, 'sandbox' | 'account' | 'userIds' | 'input'>

async function begin(slug: Slug, { key, now, users = 5 }: VendorOptions): Promise<Started> {
  const clock = now ? { now } : {}
  if (slug === 'trueconf') {
    const sandbox = await startTrueConf({ users, groups: 0, conferences: 0, running: 0, ...clock })
    const { url: serverUrl, secretKey } = sandbox
    return {
      sandbox,
      account: key ? { vendor: 'trueconf', serverUrl, secretKey } : sandbox.account,
      userIds: [...sandbox.data.users.keys()],
      input: { owner: { vendorId: 'helen' } },
    }
  }
  if (slug === 'zoom') {
    const seed = { active: users, inactive: 0, pending: 0, hosts: 0, live: 0, restricted: 0 }
    const sandbox = await startZoom({ seed, ...clock })
    const userIds = sandbox.data.users.map(({ id }) => id)
    return { sandbox, account: sandbox.account, userIds, input: { owner: { vendorId: userIds[0] } } }
  }
  const sandbox = await startCentral({ seed: { users, workspaces: 0 }, ...clock })
  return { sandbox, account: sandbox.account, userIds: [...sandbox.data.users.keys()].map(String), input: {} }
}

const ownOfConnection = new Set(['connection', 'content-length', 'transfer-encoding', 'keep-alive'])
const withoutOwn = (headers: object): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ownOfConnection.has(name)))

async function passOn({ method, path, headers, body }: VendorRequest, to: string): Promise<VendorAnswer> {
  const options = { method: method as 'GET', headers: withoutOwn(headers), body: body.length > 0 ? body : null }
  const answer = await request(`${to}${path}`, options)
  const { 'content-type': type, ...others } = withoutOwn(answer.headers)
  return {
    status: answer.statusCode,
    headers: { ...others, ...(type ? { 'Content-Type': type } : {}) },
    body: Buffer.from(await answer.body.arrayBuffer()),
  }
}

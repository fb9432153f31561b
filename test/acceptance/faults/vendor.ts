import { request } from 'undici'
import type { Sandbox } from '../../../src/sandboxes/kit.ts'
import { start as startCentral } from '../../../src/sandboxes/imeetcentral/index.ts'
import { start as startTrueConf } from '../../../src/sandboxes/trueconf/index.ts'
import { start as startZoom } from '../../../src/sandboxes/zoom/index.ts'
import type { Certificate } from '../../support/certificates.ts'
import { FaultServer, type Fault, type Ledger } from '../../support/fault-server.ts'
import type { ScriptedResponse, VendorRequest } from '../../support/raw-http.ts'

export type Slug = 'trueconf' | 'zoom' | 'imeetcentral'

export interface VendorOptions {
  slug?: Slug
  tls?: Certificate
  /** Whether the account is configured with HTTPS although the vendor does not support it. */
  hasWrongScheme?: true
  /** Whether the account of TrueConf uses the server's secret key, so that no token is fetched. */
  hasSecretKey?: boolean
  /** Settings of the account besides the usual ones. */
  settings?: object
  /** Clock of the vendor. Default: that of the process. */
  now?: () => number
  users?: number
}

/** A sandbox with five users behind a fault server. */
export interface FaultyVendor {
  server: FaultServer
  sandbox: Sandbox
  /** Settings for `accounts.<key>`. */
  account: Record<string, unknown>
  userIds: string[]
  /** Input of `createConference` besides the account and a title. */
  input: object
  /** Injects a fault. Returns a function that removes it. */
  injectFault(fault: Fault): () => void
  /** Requests to the API, without token requests. */
  calls(): Ledger['requests']
  tokenRequests(): Ledger['requests']
  countCreated(): number
  /** Returns the response of the vendor without a fault. */
  respond(request: VendorRequest): Promise<ScriptedResponse>
  close(): Promise<void>
}

const isToken = ({ path }: { path: string }): boolean => /\/token(\?|$)/.test(path)

/** Every request except token requests. */
export const api = /^(?!\w+ \S*\/token)/
/** Requests for a list of users. */
export const reading = /^GET \S*\/users(\?|$)/
/** Requests that create a conference. */
export const creating = /^POST \S*\/(conferences|meetings|workspaces)(\?|$)/
export const tokens = /^POST \S*\/token(\?|$)/

export async function startVendor(options: VendorOptions = {}): Promise<FaultyVendor> {
  const { slug = 'trueconf', tls, settings, hasWrongScheme } = options
  const started = await startSandbox(slug, options)
  const { sandbox } = started
  const respond = (request: VendorRequest): Promise<ScriptedResponse> => forward(request, sandbox.url)
  const server = await FaultServer.start({ respond: respond, ...(tls ? { tls } : {}) })
  const url = hasWrongScheme ? server.url.replace('http:', 'https:') : server.url
  const account = JSON.parse(JSON.stringify(started.account).replaceAll(sandbox.url, url)) as object
  return {
    ...started,
    server,
    account: { ...account, ...settings },
    respond,
    injectFault: (fault) => {
      const copy = { ...fault }
      server.script(copy)
      return () => void (copy.times = 0)
    },
    calls: () => server.ledger.requests.filter((entry) => !isToken(entry)),
    tokenRequests: () => server.ledger.requests.filter(isToken),
    countCreated: () => sandbox.effects.filter(({ kind }) => kind === 'createConference').length,
    close: async () => {
      await server.close()
      await sandbox.close()
    },
  }
}

type StartedSandbox = Pick<FaultyVendor, 'sandbox' | 'account' | 'userIds' | 'input'>

async function startSandbox(slug: Slug, { hasSecretKey, now, users = 5 }: VendorOptions): Promise<StartedSandbox> {
  const clock = now ? { now } : {}
  if (slug === 'trueconf') {
    const sandbox = await startTrueConf({ users, groups: 0, conferences: 0, running: 0, ...clock })
    const { url: serverUrl, secretKey } = sandbox
    return {
      sandbox,
      account: hasSecretKey ? { vendor: 'trueconf', serverUrl, secretKey } : sandbox.account,
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

const connectionHeaders = new Set(['connection', 'content-length', 'transfer-encoding', 'keep-alive'])
const omitConnectionHeaders = (headers: object): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !connectionHeaders.has(name)))

async function forward({ method, path, headers, body }: VendorRequest, origin: string): Promise<ScriptedResponse> {
  const options = {
    method: method as 'GET',
    headers: omitConnectionHeaders(headers),
    body: body.length > 0 ? body : null,
  }
  const response = await request(`${origin}${path}`, options)
  const { 'content-type': type, ...others } = omitConnectionHeaders(response.headers)
  return {
    status: response.statusCode,
    headers: { ...others, ...(type ? { 'Content-Type': type } : {}) },
    body: Buffer.from(await response.body.arrayBuffer()),
  }
}

import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { type Sandbox, type SandboxKit, type SandboxOptions, serveSandbox } from '../kit.ts'
import { conferenceRoutes } from './conferences.ts'
import { ApiError, createUnknownVersionError, noSuchPath } from './errors.ts'
import { groupRoutes } from './groups.ts'
import { serveInvitations } from './invitations.ts'
import { logRoutes } from './logs.ts'
import type { Data, Env, Routes, Server, Settings } from './model.ts'
import { createHexToken, serveTokens } from './oauth.ts'
import { Others, serveOthers } from './others.ts'
import { serveParticipants } from './participants.ts'
import { serveRecordings } from './records.ts'
import { allScopes, userScopes } from './scopes.ts'
import { type SeedCounts, seed } from './seed.ts'
import { serveApiClients, createConfidentialClient, serveProduct, serveSoftware } from './server-info.ts'
import { userRoutes } from './users.ts'

/** Omitted secrets are random. */
export interface TrueConfSandboxOptions extends SandboxOptions, Partial<Settings>, Partial<SeedCounts> {
  clientId?: string
  clientSecret?: string
  secretKey?: string
  /** Password of every seeded user. */
  userPassword?: string
  /** Scopes of the application. Default: all scopes of the control panel. */
  scopes?: string[]
}

export interface TrueConfSandbox extends Sandbox {
  clientId: string
  clientSecret: string
  /** Secret key of the server, which is sent in the query and has no limits. */
  secretKey: string
  userPassword: string
  /** Settings for `accounts.<key>` in a configuration of Parley. */
  account: { vendor: 'trueconf'; serverUrl: string; clientId: string; clientSecret: string }
  /** Data of the server. A change takes effect with the next request. */
  data: Data
  /** Settings of the server. A change takes effect with the next request. */
  settings: Settings
  /** What people and other programs do at the server. */
  others: Others
  /** Revokes all issued tokens. */
  revokeTokens(): void
}

const defaults: Settings = {
  serverName: 'ruwu1.trueconf.name',
  timeZone: 'UTC',
  logsRunningCalls: true,
  tokenLifetime: 3600,
  deadTokenStatus: 403,
  customIds: true,
  guests: true,
  maxParticipants: 250,
  maxPageSize: 1000,
  acceptsRanges: true,
  deleteStatus: null,
}

/** Starts a sandbox of TrueConf Server, with `/oauth2/v1/token` and `/api/v3` to `/api/v3.11`. */
export async function start(options: TrueConfSandboxOptions = {}): Promise<TrueConfSandbox> {
  const { clientId = createHexToken(), clientSecret = createHexToken(), secretKey = createUnlimitedKey() } = options
  const { userPassword = randomBytes(12).toString('base64url'), scopes = allScopes } = options
  const application = createConfidentialClient({ id: clientId, client_secret: clientSecret, scopes })
  const settings = pickSettings(options)
  const data: Data = {
    users: new Map(),
    groups: new Map(),
    conferences: new Map(),
    calls: [],
    clients: new Map([application, createUsersClient()].map((client) => [client.id, client])),
    tokens: new Map(),
    refreshTokens: new Map(),
  }
  const { users = 500, groups = 4, conferences = 500, running = 5 } = options
  let others: Others | undefined
  const sandbox = await serveSandbox((kit) => {
    const server = { settings, data, secretKey, idsGiven: 0, recordingsMade: 0, now: kit.now, effect: kit.effect }
    seed(server, { users, groups, conferences, running }, userPassword)
    serve(kit, server)
    others = new Others(server)
    serveOthers(kit.control, others)
  }, options)
  const account = { vendor: 'trueconf' as const, serverUrl: sandbox.url, clientId, clientSecret }
  const revokeTokens = () => data.tokens.clear()
  return {
    ...sandbox,
    clientId,
    clientSecret,
    secretKey,
    userPassword,
    account,
    data,
    settings,
    others: others!,
    revokeTokens,
  }
}

/** Creates the public client with which users of the server sign in. Every server has it. */
const createUsersClient = () =>
  createConfidentialClient({
    id: 'trueconf_server_users',
    client_name: 'TrueConf Server users',
    client_secret: null,
    grants: ['password', 'refresh_token', 'authorization_code'],
    scopes: userScopes,
  })

function pickSettings(options: TrueConfSandboxOptions): Settings {
  const names = Object.keys(defaults) as (keyof Settings)[]
  const overrides = names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]]))
  return { ...defaults, ...Object.fromEntries(overrides) }
}

function serve(kit: SandboxKit, server: Server): void {
  // The server accepts a slash at the end of a path.
  const app: Routes = new Hono<Env>({ strict: false })
  const v3: Routes = new Hono<Env>({ strict: false })
  for (const routes of [userRoutes, groupRoutes, conferenceRoutes, serveInvitations, serveParticipants])
    routes(v3, server)
  for (const routes of [serveRecordings, logRoutes, serveApiClients]) routes(v3, server)
  serveSoftware(v3)
  v3.all('*', (c) => c.json(noSuchPath, 404))
  serveTokens(app, server)
  serveProduct(app, server)
  app.route('/api/:version{v3(?:\\.(?:[1-9]|1[01]))?}', v3)
  app.notFound((c) => c.json(createUnknownVersionError().body, 404))
  app.onError((error, c) => {
    const apiError = error instanceof ApiError ? error : new ApiError(500, { reason: 'internalError' })
    return c.json(apiError.body, apiError.status)
  })
  kit.app.all('*', (c) => app.fetch(c.req.raw, c.env))
}

const keyAlphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!#$%&*+-=?@^_'

/** Creates a key of 32 characters with punctuation, so that clients must encode it in a query. */
const createUnlimitedKey = (): string =>
  [...randomBytes(31)].map((byte) => keyAlphabet[byte % keyAlphabet.length]).join('') + '&'

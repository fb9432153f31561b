import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { type Sandbox, type SandboxKit, type SandboxOptions, serveSandbox } from '../kit.ts'
import { conferenceRoutes } from './conferences.ts'
import { ApiError, noRoute, noSuchPath } from './errors.ts'
import { groupRoutes } from './groups.ts'
import { invitationRoutes } from './invitations.ts'
import { logRoutes } from './logs.ts'
import type { Data, Env, Routes, Server, Settings } from './model.ts'
import { hexToken, tokenRoutes } from './oauth.ts'
import { participantRoutes } from './participants.ts'
import { recordRoutes } from './records.ts'
import { allScopes, userScopes } from './scopes.ts'
import { type SeedCounts, seed } from './seed.ts'
import { apiClientRoutes, confidentialClient, productRoute, softwareRoutes } from './server-info.ts'
import { userRoutes } from './users.ts'

/** Secrets that are omitted are random. */
export interface TrueConfSandboxOptions extends SandboxOptions, Partial<Settings>, Partial<SeedCounts> {
  clientId?: string
  clientSecret?: string
  secretKey?: string
  /** Every seeded user's. */
  userPassword?: string
  /** What the application may do; default: everything that the control panel offers. */
  scopes?: string[]
}

export interface TrueConfSandbox extends Sandbox {
  clientId: string
  clientSecret: string
  /** The server's unlimited key; it goes into the query. */
  secretKey: string
  userPassword: string
  /** What goes under `accounts` in a configuration. */
  account: { vendor: 'trueconf'; serverUrl: string; clientId: string; clientSecret: string }
  /** Live: a change holds from the next request on. */
  data: Data
  /** Live, too. */
  settings: Settings
  /** Every token given out is dead from now on. */
  revokeTokens(): void
}

const defaults: Settings = {
  serverName: 'ruwu1.trueconf.name',
  tokenLifetime: 3600,
  deadTokenStatus: 403,
  customIds: true,
  guests: true,
  maxParticipants: 250,
  maxPageSize: 1000,
  deleteStatus: null,
}

/** A TrueConf Server: `/oauth2/v1/token` and `/api/v3` to `/api/v3.11`. */
export async function start(options: TrueConfSandboxOptions = {}): Promise<TrueConfSandbox> {
  const { clientId = hexToken(), clientSecret = hexToken(), secretKey = unlimitedKey() } = options
  const { userPassword = randomBytes(12).toString('base64url'), scopes = allScopes } = options
  const application = confidentialClient({ id: clientId, client_secret: clientSecret, scopes })
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
  const sandbox = await serveSandbox((kit) => {
    const server = { settings, data, secretKey, idsGiven: 0, recordingsMade: 0, now: kit.now, effect: kit.effect }
    seed(server, { users, groups, conferences, running }, userPassword)
    serve(kit, server)
  }, options)
  const account = { vendor: 'trueconf' as const, serverUrl: sandbox.url, clientId, clientSecret }
  const revokeTokens = () => data.tokens.clear()
  return { ...sandbox, clientId, clientSecret, secretKey, userPassword, account, data, settings, revokeTokens }
}

/** The public client that every server has for its own users' sign-in. */
const createUsersClient = () =>
  confidentialClient({
    id: 'trueconf_server_users',
    client_name: 'TrueConf Server users',
    client_secret: null,
    grants: ['password', 'refresh_token', 'authorization_code'],
    scopes: userScopes,
  })

function pickSettings(options: TrueConfSandboxOptions): Settings {
  const names = Object.keys(defaults) as (keyof Settings)[]
  const given = names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]]))
  return { ...defaults, ...Object.fromEntries(given) }
}

function serve(kit: SandboxKit, server: Server): void {
  // The server does not mind a slash at the end of a path.
  const app: Routes = new Hono<Env>({ strict: false })
  const v3: Routes = new Hono<Env>({ strict: false })
  for (const routes of [userRoutes, groupRoutes, conferenceRoutes, invitationRoutes, participantRoutes])
    routes(v3, server)
  for (const routes of [recordRoutes, logRoutes, apiClientRoutes]) routes(v3, server)
  softwareRoutes(v3)
  v3.all('*', (c) => c.json(noSuchPath, 404))
  tokenRoutes(app, server)
  productRoute(app, server)
  app.route('/api/:version{v3(?:\\.(?:[1-9]|1[01]))?}', v3)
  app.notFound((c) => c.json(noRoute().body, 404))
  app.onError((error, c) => {
    const answer = error instanceof ApiError ? error : new ApiError(500, { reason: 'internalError' })
    return c.json(answer.body, answer.status)
  })
  kit.app.all('*', (c) => app.fetch(c.req.raw, c.env))
}

const keyAlphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!#$%&*+-=?@^_'

/** 32 characters with punctuation, so that it has to be encoded in a query. */
const unlimitedKey = (): string =>
  [...randomBytes(31)].map((byte) => keyAlphabet[byte % keyAlphabet.length]).join('') + '&'

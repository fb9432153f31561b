import { randomBytes } from 'node:crypto'
import { serveSandbox, type Sandbox, type SandboxKit, type SandboxOptions } from '../kit.ts'
import { createPerson } from '../people.ts'
import { serveAccountReports } from './account-reports.ts'
import { createAuth, type Credentials } from './auth.ts'
import { toErrorResponse } from './errors.ts'
import { createPublish } from './events.ts'
import { eventSocketPath, serveEventSocket, type EventSocketControl, type EventSocketServer } from './event-socket.ts'
import { serveFileHost, type Download, type FileHost } from './file-host.ts'
import { serveFiles } from './files.ts'
import { serveHistory } from './history.ts'
import { serveHost } from './host.ts'
import { serveInvitations } from './invitations.ts'
import { serveMeetingLists } from './meeting-lists.ts'
import { serveMeetings } from './meetings.ts'
import { serveMetrics } from './metrics.ts'
import { createPager } from './paging.ts'
import { servePast } from './past.ts'
import { serveRecordingTrash } from './recording-trash.ts'
import { serveRecordings } from './recordings.ts'
import { createRateBook } from './rate.ts'
import { serveRegistrants } from './registrants.ts'
import { createWorld } from './seed.ts'
import { seedOf, type Seed } from './seed-counts.ts'
import type { Route, Service } from './service.ts'
import type { Switches } from './switches.ts'
import type { ZoomContext } from './context.ts'
import { minute } from './time.ts'
import { serveUserAdmin } from './user-admin.ts'
import { serveUserSettings } from './user-settings.ts'
import { serveUsers } from './users.ts'
import { encodeSlashes, createUnknownPathError } from './uuid-path.ts'
import { serveWebhooks, type WebhookControl, type Webhooks } from './webhooks.ts'
import type { World } from './world.ts'
import { createZak } from './zak.ts'

export { plans } from './rate-plans.ts'
export type { Instance, Meeting, RecordingFile } from './world.ts'

export interface ZoomSandboxOptions extends SandboxOptions {
  /** Omitted credentials are random. */
  credentials?: Partial<Credentials>
  seed?: Partial<Seed>
  switches?: Partial<Switches>
}

export interface ZoomSandbox extends Sandbox, Credentials {
  /** Settings for `accounts.<key>` in a configuration of Parley. */
  account: {
    vendor: 'zoom'
    accountId: string
    clientId: string
    clientSecret: string
    apiUrl: string
    tokenUrl: string
    fileUrl: string
  }
  /** Settings that `account` needs in addition for the event WebSocket. */
  eventSettings: { eventSubscription: string; eventUrl: string }
  eventSocket: EventSocketControl
  /** Settings that `account` needs in addition for webhooks. */
  webhookSettings: { webhookSecret: string }
  webhooks: WebhookControl
  /** Downloads of recordings that the file host has started, in order. */
  downloads: readonly Download[]
  userMailOfOwner: string
  data: World
  switches: Switches
  revokeTokens(): void
}

const MiB = 1024 * 1024

const defaults: Switches = {
  scopes: null,
  tokenLifetime: 3600,
  pageTokenLifetime: 15 * minute,
  authFailureStatus: 401,
  limits: null,
  bareLimits: false,
  totals: true,
  registrantsByNumber: true,
  redirectFilesTo: null,
  unavailableSettings: ['breakout_room'],
  reportLag: 0,
  downloadTokens: true,
  passcodePage: false,
  ranges: true,
  bareFiles: false,
  paid: true,
  dashboard: true,
  maxChatFile: 1024 * MiB,
  maxMessageFile: 20 * MiB,
  maxMessageImage: 16 * MiB,
  maxPicture: 2 * MiB,
  maxBackground: 15 * MiB,
  webhookRetries: [5 * minute, 20 * minute, 60 * minute],
}

/**
 * Starts a sandbox of Zoom, with OAuth at `/oauth/token` and the REST API at `/v2`. The file host has an origin of its own.
 */
export async function start(options: ZoomSandboxOptions = {}): Promise<ZoomSandbox> {
  const secret = (bytes = 16) => randomBytes(bytes).toString('base64url')
  const app = { accountId: secret(), clientId: secret(), clientSecret: secret(32), ...options.credentials }
  // Both schemes use the same credentials, so that a client that signs its tokens finds them in the configuration.
  const credentials: Credentials = { apiKey: app.clientId, apiSecret: app.clientSecret, ...app }
  const switches: Switches = { ...defaults, ...options.switches }
  const data = createWorld(seedOf(options.seed ?? {}), (options.now ?? Date.now)())
  const eventSubscription = secret()
  let served: Served | undefined
  const sandbox = await serveSandbox((kit) => {
    served = serve(kit, credentials, switches, data, eventSubscription)
  }, options)
  const { revokeTokens, eventSocket, webhooks, fileHost } = served!
  const { accountId, clientId, clientSecret } = credentials
  const { url } = sandbox
  return {
    ...sandbox,
    ...credentials,
    account: {
      vendor: 'zoom',
      accountId,
      clientId,
      clientSecret,
      apiUrl: `${url}/v2`,
      tokenUrl: `${url}/oauth/token`,
      fileUrl: `${fileHost.getOrigin()}/v2`,
    },
    eventSettings: { eventSubscription, eventUrl: `${url.replace('http', 'ws')}${eventSocketPath}` },
    eventSocket,
    webhookSettings: { webhookSecret: webhooks.secret },
    webhooks,
    close: () => {
      webhooks.close()
      return sandbox.close()
    },
    downloads: fileHost.downloads,
    userMailOfOwner: createPerson(0).email,
    data,
    switches,
    revokeTokens,
  }
}

interface Served {
  revokeTokens: () => void
  eventSocket: EventSocketServer
  webhooks: Webhooks
  fileHost: FileHost
}

/** Adds all routes to the app. */
function serve(
  kit: SandboxKit,
  credentials: Credentials,
  switches: Switches,
  world: World,
  eventSubscription: string,
): Served {
  const { app, now } = kit
  let requests = 0
  app.use(async (c, next) => {
    c.header('x-zm-trackingid', `v=2.0;clid=us06;rid=WEB_${(++requests).toString(16).padStart(32, '0')}`)
    await next()
  })
  app.onError((error, c) => toErrorResponse(error, c as ZoomContext))
  app.notFound((c) => {
    const path = encodeSlashes(c.req.path)
    if (path !== null)
      return app.fetch(new Request(new URL(path + new URL(c.req.url).search, c.req.url), c.req.raw), c.env)
    c.header('X-RateLimit-Category', 'Light')
    return toErrorResponse(createUnknownPathError(c.req.path), c as ZoomContext)
  })

  const scopes = new Set<string>()
  const auth = createAuth(kit, switches, credentials, scopes)
  const rate = createRateBook(now, switches)
  const route: Route = (method, path, label, needs, handler) => {
    const accepted = needs
      .split(' ')
      .flatMap((scope) =>
        scope.endsWith('(:admin)') ? [scope.replace('(:admin)', ':admin'), scope.replace('(:admin)', '')] : [scope],
      )
    for (const scope of accepted) if (scope.endsWith(':admin')) scopes.add(scope)
    // Zoom accepts a slash at the end of a path, and some clients send one.
    app.on(method, [`/v2${path}`, `/v2${path}/`], async (c) => {
      c.header('X-RateLimit-Category', label)
      await auth.check(c, accepted)
      rate.call(label)
      return handler(c)
    })
  }
  const eventSocket = serveEventSocket(kit, auth, eventSubscription)
  const webhooks = serveWebhooks(kit, switches)
  const service: Service = {
    ...kit,
    auth,
    world,
    switches,
    route,
    rate,
    accountId: credentials.accountId,
    pager: createPager(now, switches),
    zak: createZak(now),
    publish: createPublish(credentials.accountId, now, (envelope) => {
      webhooks.deliver(envelope)
      eventSocket.deliver(envelope)
    }),
  }
  serveUsers(service)
  serveUserAdmin(service)
  serveUserSettings(service)
  serveMeetingLists(service)
  serveMeetings(service)
  serveRegistrants(service)
  serveInvitations(service)
  servePast(service)
  serveHistory(service)
  serveAccountReports(service)
  serveMetrics(service)
  serveFiles(service)
  serveHost(service)
  const fileHost = serveFileHost(service)
  serveRecordings(service, fileHost.issueToken)
  serveRecordingTrash(service)
  return { revokeTokens: auth.revokeTokens, eventSocket, webhooks, fileHost }
}

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { start as startCentral, type IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import { start as startTrueConf, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { start as startZoom, type ZoomSandbox, type ZoomSandboxOptions } from '../../src/sandboxes/zoom/index.ts'
import { launchBrowser } from '../support/browser.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import type { HookTarget } from '../support/zoom-hook.ts'
import { findFreePort } from '../support/free-port.ts'
import { startSite, type Library } from './site.ts'

/** The page of one library in Chromium, with a server process and small sandboxes. */
export interface Stage {
  zoom: ZoomSandbox
  trueconf: TrueConfSandbox
  central: IMeetCentralSandbox
  server: ServerProcess
  /** URL of the API. */
  url: string
  /** URL to which Zoom sends its events. */
  hook: HookTarget
  visit(): Promise<Visit>
  close(): Promise<void>
}

export interface Visit {
  page: Page
  context: BrowserContext
  /** GraphQL requests of the page so far. */
  requests(): number
  /** Errors that the page reported. */
  complaints: string[]
}

interface StageOptions {
  /**
   * Whether the page calls the API itself, which allows its origin. Default: the page's own server forwards the calls.
   */
  crossOrigin?: boolean
  /** Trusted documents: the server runs only them, and the page sends their IDs. Default: the page sends texts. */
  documents?: string[]
  /** Seed of Zoom. Default: three users have meetings, none of which was recorded. */
  zoomSeed?: NonNullable<ZoomSandboxOptions['seed']>
}

export async function startStage(library: Library, options: StageOptions = {}): Promise<Stage> {
  const { crossOrigin = false, documents, zoomSeed } = options
  const [zoom, trueconf, central] = await Promise.all([
    startZoom({ seed: { active: 30, inactive: 0, pending: 0, ...zoomSeed } }),
    startTrueConf({ users: 25 }),
    startCentral({ seed: { users: 20 } }),
  ])
  const secret = 'a-secret-of-the-test'
  const accounts = {
    zoom: { ...zoom.account, webhookSecret: secret },
    trueconf: trueconf.account,
    imeetcentral: central.account,
  }
  const { site, server } = await (crossOrigin
    ? startApart(library, accounts)
    : startTogether(library, accounts, documents))
  const browser = await launchBrowser()
  return {
    zoom,
    trueconf,
    central,
    server,
    url: server.graphqlUrl,
    hook: { url: `${server.url}/hooks/zoom`, secret, accountId: (zoom.account as { accountId: string }).accountId },
    visit: () => visit(browser, `${site.origin}/${library}/`),
    close: async () => {
      await browser.close()
      await server.stop('SIGKILL')
      await Promise.all([site, zoom, trueconf, central].map((each) => each.close()))
    },
  }
}

async function startTogether(library: Library, accounts: object, from?: string[]) {
  const server = await startProcess({ accounts, ...(from ? { documents: { mode: 'only', from } } : {}) })
  const site = await startSite(server.graphqlUrl)
  await site.build(library, { sendsIds: from !== undefined })
  return { site, server }
}

async function startApart(library: Library, accounts: object) {
  const site = await startSite()
  // The page needs the same port after a restart of the server.
  const environment = { PORT: String(await findFreePort()) }
  const server = await startProcess({ accounts, cors: { origins: [site.origin] } }, { environment })
  await site.build(library, { api: server.graphqlUrl })
  return { site, server }
}

async function visit(browser: Browser, address: string): Promise<Visit> {
  const context = await browser.newContext()
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const complaints: string[] = []
  let requests = 0
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => /error|warning/.test(message.type()) && complaints.push(message.text()))
  page.on('request', (request) => request.method() === 'POST' && requests++)
  await page.goto(address)
  return { page, context, complaints, requests: () => requests }
}

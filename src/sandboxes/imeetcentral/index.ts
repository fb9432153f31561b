import { randomUUID } from 'node:crypto'
import { type Sandbox, type SandboxOptions, serveSandbox } from '../kit.ts'
import { serveAccounts } from './accounts.ts'
import type { Data } from './data.ts'
import { edgeApp, guard } from './edge.ts'
import { type Refusal, serveFiles } from './files.ts'
import { clientKey, keyForms, type KeyForms } from './keys.ts'
import { serveMilestones, serveTasklists } from './milestones.ts'
import { audience, serveTokens } from './oidc.ts'
import type { PagingOptions } from './paging.ts'
import { serveReports } from './reports.ts'
import { defaultSeed, type Seed, seedData } from './seed.ts'
import { AccessTokens } from './tokens.ts'
import { serveUsers } from './users.ts'
import { serveWorkspaces } from './workspaces.ts'

export interface IMeetCentralSandboxOptions extends SandboxOptions {
  /** Default: a UUID of its own for every start. */
  clientId?: string
  /** PEM; default: a 2048-bit key generated once per process. */
  privateKey?: string
  /** Life of an access token in seconds, 6 or more; default 3600. */
  tokenLifeSeconds?: number
  seed?: Partial<Seed>
  paging?: PagingOptions
  /** False: `GET /v1/users/{id}`, which nobody attests, is not there. Default true. */
  userById?: boolean
}

export interface IMeetCentralSandbox extends Sandbox {
  clientId: string
  /** PKCS#8 PEM. */
  privateKey: string
  /** The same key in every published form. */
  keyForms: KeyForms
  /** The key file that the vendor's page downloads. */
  keyJson: { client_id: string; private_key: string }
  /** What goes under `accounts.<key>` in the configuration. */
  account: {
    vendor: 'imeetcentral'
    clientId: string
    privateKey: string
    tokenUrl: string
    audience: string
    apiUrl: string
  }
  data: Data
  tokens: AccessTokens
  /** The next items to be attached fail like this, one after another; push to it. */
  attachRefusals: Refusal[]
}

/** Starts a sandbox of the edge API and of the token endpoint beside it. */
export async function start(options: IMeetCentralSandboxOptions = {}): Promise<IMeetCentralSandbox> {
  const clientId = options.clientId ?? randomUUID()
  const key = await clientKey(options.privateKey)
  const forms = keyForms(key)
  const data = seedData({ ...defaultSeed, ...options.seed })
  const tokens = new AccessTokens(options.now ?? Date.now, options.tokenLifeSeconds ?? 3600)
  const attachRefusals: Refusal[] = []

  const sandbox = await serveSandbox(({ app: root, now, effect }) => {
    const app = edgeApp()
    const edge = { app, data, effect, paging: options.paging ?? {} }
    serveTokens(app, { clientId, privateKey: key }, tokens, now)
    guard(app, tokens)
    serveUsers(edge, options.userById ?? true)
    serveWorkspaces(edge)
    serveAccounts(edge)
    serveMilestones(edge)
    serveTasklists(edge)
    serveReports(edge)
    serveFiles(edge, attachRefusals)
    root.all('*', (c) => app.fetch(c.req.raw, c.env))
  }, options)

  const { url } = sandbox
  return {
    ...sandbox,
    clientId,
    privateKey: forms.pkcs8,
    keyForms: forms,
    keyJson: { client_id: clientId, private_key: forms.mislabelled },
    account: {
      vendor: 'imeetcentral',
      clientId,
      privateKey: forms.pkcs8,
      tokenUrl: `${url}/oauth2/token`,
      audience,
      apiUrl: `${url}/v1`,
    },
    data,
    tokens,
    attachRefusals,
  }
}

import { randomUUID } from 'node:crypto'
import { type Sandbox, type SandboxOptions, serveSandbox } from '../kit.ts'
import { serveAccounts } from './accounts.ts'
import type { Data } from './data.ts'
import { createEdgeApp, guard } from './edge.ts'
import { type RejectedItem, serveFiles } from './files.ts'
import { createClientKey, keyForms, type KeyForms } from './keys.ts'
import { serveMilestones, serveTasklists } from './milestones.ts'
import { audience, serveTokens } from './oidc.ts'
import { Others, serveOthers } from './others.ts'
import type { PagingOptions } from './paging.ts'
import { serveReports } from './reports.ts'
import { defaultSeed, type Seed, createSeedData } from './seed.ts'
import { AccessTokens } from './tokens.ts'
import { serveUsers } from './users.ts'
import { serveWorkspaces } from './workspaces.ts'

export interface IMeetCentralSandboxOptions extends SandboxOptions {
  /** Default: a new UUID for every start. */
  clientId?: string
  /** PEM. Default: a 2048-bit key that is generated once per process. */
  privateKey?: string
  /** TTL of an access token in seconds, 6 or more. Default: 3,600. */
  tokenLifeSeconds?: number
  seed?: Partial<Seed>
  paging?: PagingOptions
  /** Whether `GET /v1/users/{id}` exists, which the vendor does not document. Default: true. */
  userById?: boolean
}

export interface IMeetCentralSandbox extends Sandbox {
  clientId: string
  /** PKCS#8 PEM. */
  privateKey: string
  /** The private key in every published format. */
  keyForms: KeyForms
  /** Content of the key file that users download from the vendor. */
  keyJson: { client_id: string; private_key: string }
  /** Settings for `accounts.<key>` in a configuration of Parley. */
  account: {
    vendor: 'imeetcentral'
    clientId: string
    privateKey: string
    tokenUrl: string
    audience: string
    apiUrl: string
  }
  data: Data
  /** What people and other programs do with workspaces. */
  others: Others
  tokens: AccessTokens
  /** Errors of the next attached items, one for each item. Add entries with `push`. */
  attachRejections: RejectedItem[]
}

/** Starts a sandbox with the edge API and the token endpoint. */
export async function start(options: IMeetCentralSandboxOptions = {}): Promise<IMeetCentralSandbox> {
  const clientId = options.clientId ?? randomUUID()
  const key = await createClientKey(options.privateKey)
  const forms = keyForms(key)
  const data = createSeedData({ ...defaultSeed, ...options.seed })
  const tokens = new AccessTokens(options.now ?? Date.now, options.tokenLifeSeconds ?? 3600)
  const attachRejections: RejectedItem[] = []

  const others = new Others(data)
  const sandbox = await serveSandbox(({ app: root, control, now, effect }) => {
    const app = createEdgeApp()
    const edge = { app, data, effect, paging: options.paging ?? {} }
    serveTokens(app, { clientId, privateKey: key }, tokens, now)
    guard(app, tokens)
    serveUsers(edge, options.userById ?? true)
    serveWorkspaces(edge)
    serveAccounts(edge)
    serveMilestones(edge)
    serveTasklists(edge)
    serveReports(edge)
    serveFiles(edge, attachRejections)
    serveOthers(control, others)
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
    others,
    tokens,
    attachRejections,
  }
}

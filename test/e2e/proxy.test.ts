import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { stringify } from 'yaml'
import { uploadFile } from '../../src/client/node/upload.ts'
import { start as startZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { startIssuer, type Issuer } from '../acceptance/issuer.ts'
import { run } from '../cli/run.ts'
import { startConnectProxy, type ConnectProxy } from '../support/connect-proxy.ts'
import { startProcess, type ProcessOptions, type ServerProcess } from '../support/server.ts'
import { startTlsFront, type TlsFront } from '../support/tls-front.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

const user = 'someone:canary-p%40ss'
const authorization = `Basic ${Buffer.from('someone:canary-p@ss').toString('base64')}`
const apiKey = 'key'
const key = { authorization: `Bearer ${apiKey}` }

const zoomSandbox = await startZoomSandbox()
const video = await startSandbox('trueconf')
let issuer: Issuer
let front: TlsFront
let proxy: ConnectProxy
let caFile: string
const hosts: Record<string, number> = {}

beforeAll(async () => {
  issuer = await startIssuer()
  front = await startTlsFront({
    'zoom.us': zoomSandbox.url,
    'api.zoom.us': zoomSandbox.url,
    'file.zoom.us': zoomSandbox.url,
    'file-eu.zoom.us': zoomSandbox.url,
    'video.test': video.url,
    'login.test': issuer.origin,
  })
  for (const host of front.hosts) hosts[host] = front.port
  proxy = await startConnectProxy(hosts)
  const folder = await mkdtemp(join(tmpdir(), 'parley-proxy-'))
  caFile = join(folder, 'ca.pem')
  await writeFile(caFile, front.ca)
})
afterAll(async () => {
  await Promise.all([zoomSandbox, video, issuer, front, proxy].map((each) => each?.close()))
  await rm(join(caFile, '..'), { recursive: true, force: true })
})
beforeEach(() => {
  proxy.requests.length = 0
  proxy.fault = null
  front.requests.length = 0
  zoomSandbox.switches.redirectFilesTo = null
})

const berlin = { ...video.account, serverUrl: 'https://video.test' }
const accounts = () => {
  const { accountId, clientId, clientSecret } = zoomSandbox.account
  return { zoom: { vendor: 'zoom', accountId, clientId, clientSecret }, berlin: { ...berlin, ca: front.ca } }
}
const clients = [
  {
    name: 'one',
    apiKeySha256: createHash('sha256').update(apiKey).digest('hex'),
    scopes: ['read', 'write', 'explore'],
  },
]
const viaEnvironment = () => ({ HTTPS_PROXY: `http://${user}@${proxy.host}`, NODE_EXTRA_CA_CERTS: caFile })

async function start(configuration: object, environment: ProcessOptions['environment'] = {}): Promise<ServerProcess> {
  const parley = await startProcess({ clients, ...configuration }, { environment: { ...environment } })
  onTestFinished(() => parley.dispose())
  return parley
}

async function sendQuery(parley: ServerProcess, query: string, headers: Record<string, string> = key): Promise<any> {
  const response = await fetch(`${parley.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
  return response.json()
}

const users =
  '{ users(first: 2) { nodes { id } sources { account { key } status problem { code message retryable } } } }'
const targets = () => [...new Set(proxy.requests.map(({ target }) => target))].toSorted()
const received = () => [...new Set(front.requests.map(({ host }) => host))].toSorted()
/** Neither the log nor the errors have the credentials of the proxy. */
const expectNoSecret = (...texts: unknown[]) => expect(JSON.stringify(texts)).not.toMatch(/canary|someone|c29tZW9uZ/)

test('sends vendor calls, token requests, uploads, and redirected uploads through HTTPS_PROXY', async () => {
  const parley = await start({ accounts: accounts() }, viaEnvironment())
  const { data } = await sendQuery(parley, '{ conferences(first: 5) { nodes { id account { key } } } }')
  expect(
    (await sendQuery(parley, '{ users(filter: { email: "ada.1200@example.com" }) { nodes { id } } }')).data.users.nodes,
  ).toHaveLength(2)
  zoomSandbox.switches.redirectFilesTo = 'https://file-eu.zoom.us'
  const conferenceId = data.conferences.nodes.find((node: any) => node.account.key === 'zoom').id as string
  const bytes = Buffer.alloc(100_000, 'bytes')
  const server = { url: `${parley.url}/graphql`, key: apiKey }
  const payload = await uploadFile(server, Readable.from([bytes]), { conferenceId }, { size: bytes.length })
  expect(payload).toMatchObject({ outcome: 'SUCCEEDED', problems: [] })

  const through = ['api.zoom.us', 'file-eu.zoom.us', 'file.zoom.us', 'video.test', 'zoom.us']
  expect(targets()).toEqual(through.map((host) => `${host}:443`))
  expect(received()).toEqual(through)
  expect(
    proxy.requests.every((request) => request.method === 'CONNECT' && request.authorization === authorization),
  ).toBe(true)
  expect(front.requests.flatMap(({ headerNames }) => headerNames)).not.toContain('proxy-authorization')
  expect(zoomSandbox.effects.map(({ kind }) => kind)).toContain('uploadFile')
  expectNoSecret(parley.lines(), parley.noise())
})

test('fetches the keys of JWTs through the proxy of the configuration', async () => {
  const jwt = { ...issuer.settings, jwksUrl: 'https://login.test/keys' }
  const configuration = { accounts: accounts(), jwt, proxy: `http://${user}@${proxy.host}` }
  const parley = await start(configuration, { NODE_EXTRA_CA_CERTS: caFile })
  const headers = { authorization: `Bearer ${await issuer.sign({ parley_accounts: ['berlin'] })}` }
  proxy.fault = 502
  expect(await sendQuery(parley, users, headers)).toMatchObject({
    errors: [{ extensions: { code: 'AUTHENTICATION_UNAVAILABLE' } }],
  })
  const failure = {
    msg: 'key set request failed',
    issuer: jwt.issuer,
    reason: expect.stringMatching(/^The proxy in "proxy" .*502/),
  }
  await vi.waitFor(() => expect(parley.lines()).toContainEqual(expect.objectContaining(failure)))
  expect(issuer.requests).toEqual([])
  proxy.fault = null
  await vi.waitFor(async () => expect((await sendQuery(parley, users, headers)).data.users.nodes).toHaveLength(2))
  expect(issuer.requests).toEqual(['/keys'])
  expect(targets()).toEqual(['login.test:443', 'video.test:443'])
  expectNoSecret(parley.lines(), parley.noise())
})

test('calls hosts in NO_PROXY and accounts with proxy: false directly', async () => {
  const { zoom: zoomAccount, berlin: berlinAccount } = accounts()
  const direct = { zoom: { ...zoomAccount, proxy: false }, berlin: berlinAccount }
  const parley = await start({ accounts: direct }, { ...viaEnvironment(), NO_PROXY: 'example.com,.TEST' })
  // Only the proxy can resolve these hosts.
  for (const account of ['zoom', 'berlin']) {
    const [error] = (await sendQuery(parley, `{ users(filter: { accounts: ["${account}"] }) { nodes { id } } }`)).errors
    expect(error.extensions).toMatchObject({ code: 'VENDOR_AUTH_FAILED', account })
    expect(error.message).toMatch(/^The vendor's token endpoint cannot be reached/)
  }
  expect(proxy.requests).toEqual([])
})

test('calls loopback addresses directly unless the account has a proxy of its own', async () => {
  const environment = { HTTP_PROXY: `http://${proxy.host}`, HTTPS_PROXY: `http://${proxy.host}` }
  const direct = await start({ accounts: { berlin: video.account }, proxy: `http://${proxy.host}` }, environment)
  expect((await sendQuery(direct, users)).data.users.nodes).toHaveLength(2)
  expect(proxy.requests).toEqual([])
  const account = { ...video.account, proxy: `http://${proxy.host}` }
  const proxied = await start({ accounts: { berlin: account } }, { NO_PROXY: '*' })
  expect((await sendQuery(proxied, users)).data.users.nodes).toHaveLength(2)
  expect(targets()).toEqual([new URL(video.url).host])
})

test('names the setting of a proxy that rejects its credentials, in results, outcomes, states, and the check', async () => {
  proxy.fault = 407
  const configuration = { accounts: { berlin: { ...accounts().berlin, proxy: `http://${user}@${proxy.host}` } } }
  const parley = await start(configuration)
  const message = expect.stringMatching(/^The proxy in "accounts\.berlin\.proxy" rejected the credentials/)
  const { errors } = await sendQuery(parley, users)
  expect(errors).toMatchObject([{ message, extensions: { code: 'VENDOR_UNAVAILABLE', retryable: false } }])
  const created = await sendQuery(
    parley,
    'mutation { createConference(input: { account: "berlin", title: "A", owner: { vendorId: "helen" }, schedule: { permanent: true } }) { outcome problems { code message } } }',
  )
  expect(created.data.createConference).toMatchObject({
    outcome: 'NOT_SENT',
    problems: [{ code: 'VENDOR_UNAVAILABLE', message }],
  })
  const state = await sendQuery(parley, '{ accounts { health { state } } }')
  expect(state.data.accounts).toEqual([{ health: { state: 'MISCONFIGURED' } }])
  expect(front.requests).toEqual([])

  const file = join(caFile, '..', 'parley.config.yaml')
  await writeFile(file, stringify(configuration))
  const checked = await run(['check', '--config', file])
  expect(checked.code).toBe(1)
  expect(checked.stdout).toMatch(/^berlin: VENDOR_UNAVAILABLE: The proxy in "accounts\.berlin\.proxy"/)
  expect(checked.stderr).toContain('through the proxy in "accounts.berlin.proxy"')
  expectNoSecret(parley.lines(), parley.noise(), errors, created, checked)
})

test('ends an operation within its deadline if the proxy hangs', async () => {
  proxy.fault = 'hang'
  const limits = { connectTimeout: 300, backoffBase: 1, operationDeadline: 5_000 }
  const parley = await start({ accounts: accounts(), limits }, viaEnvironment())
  const { errors } = await sendQuery(parley, users)
  const message = 'The proxy in "HTTPS_PROXY" did not open a connection in time.'
  expect(errors).toMatchObject([{ message, extensions: { code: 'VENDOR_TIMEOUT' } }])
  expect(front.requests).toEqual([])
})

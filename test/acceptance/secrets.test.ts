import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Sandbox } from '../../src/sandboxes/kit.ts'
import { start as startTrueConf, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { Canaries } from './canaries.ts'
import { createEchoes, recordCredentials } from './recorded-credentials.ts'
import { createUploadForm, send, type Reply } from './reply.ts'
import { startProcess, traceLog, type ServerProcess } from '../support/server.ts'
import { createClients, getKey, startVendors, type Vendors } from './fixture.ts'

const passcode = 'Pass-42*xy'
const fileBytes = 'these bytes of a file are nobody else’s business 8b1f'
const webhookSecrets = ['webhook-secret-7c0aa1e5d2', 'webhook-secret-before-3b9f04d8e1']
/** Content that callers can read, and that no log may contain. */
const personal = new Canaries()
const canaries = new Canaries()
const credentials = recordCredentials()
const responses: string[] = []
let vendors: Vendors
let signed: ZoomSandbox
let unlimited: TrueConfSandbox
let server: ServerProcess

let withoutCredentialsScope: string

beforeAll(async () => {
  vendors = await startVendors()
  const { zoom, trueconf, central, issuer } = vendors
  signed = await startZoom({ seed: { active: 20, inactive: 0, pending: 0 } })
  unlimited = await startTrueConf({ users: 20, conferences: 5, running: 1 })
  const accounts = {
    zoom: { ...zoom.account, webhookSecret: webhookSecrets },
    signed: { vendor: 'zoom', apiUrl: `${signed.url}/v2`, apiKey: signed.apiKey, apiSecret: signed.apiSecret },
    berlin: trueconf.account,
    unlimited: { vendor: 'trueconf', serverUrl: unlimited.url, secretKey: unlimited.secretKey },
    central: central.account,
  }
  const clients = createClients(['all', 'reader', 'explorer'])
  // Retries need no pauses here, and every call must reach its vendor.
  const limits = { backoffBase: 5, throttledBackoffBase: 5, breakerFailures: 1 }
  server = await startProcess({ accounts, clients, jwt: issuer.settings, limits }, traceLog)
  const jwt = await issuer.sign({ sub: 'someone', scope: 'read write', parley_accounts: undefined })
  withoutCredentialsScope = await runWithoutCredentialsScope(jwt)
  await load(jwt)
  const secrets = {
    'Zoom client secret': zoom.clientSecret,
    'Zoom API secret': signed.apiSecret,
    'TrueConf client secret': trueconf.clientSecret,
    'TrueConf secret key': unlimited.secretKey,
    'webhook secret': webhookSecrets[0]!,
    'webhook secret that is being replaced': webhookSecrets[1]!,
    passcode,
    'cursor secret': readFileSync(join(server.folder, 'data', 'cursor-secret'), 'utf8'),
    'signature of a caller’s JWT': jwt.split('.')[2]!,
    ...Object.fromEntries((['all', 'reader', 'explorer'] as const).map((who) => [`API key of ${who}`, getKey(who)])),
  }
  const lines = central.privateKey.split('\n').filter((line) => line.length > 20 && !line.includes('-----'))
  for (const [index, line] of lines.entries()) canaries.add(`line ${index} of the private key`, line)
  for (const [index, credential] of [...credentials.values()].flatMap((sent) => [...sent]).entries())
    for (const part of credential.split('.').slice(-1)) canaries.add(`credential ${index} sent to a vendor`, part)
  for (const [name, secret] of Object.entries(secrets)) canaries.add(name, secret)
  personal.add('bytes of a file', fileBytes)
}, 120_000)

afterAll(async () => {
  await server.dispose()
  await Promise.all([vendors, signed, unlimited].map((vendor) => vendor.close()))
})

const resultFields = 'outcome problems { code message vendorCode vendorMessage }'
const operations = {
  users:
    '{ users(first: 50) { nodes { id displayName email raw } sources { status problem { code message vendorMessage } } } }',
  conferences:
    '{ conferences(first: 40) { nodes { id title joinUrl raw participants(first: 3) { nodes { raw joinUrl } } } sources { problem { message vendorMessage } } } }',
  accounts: '{ accounts { key label health { state lastProblem { message vendorMessage } } } }',
  create: `mutation ($input: CreateConferenceInput!) { createConference(input: $input) { ${resultFields} conference { id raw } operation { id } } }`,
  run: `mutation ($input: RunConferenceInput!) { runConference(input: $input) { ${resultFields} startUrl conference { raw } } }`,
  token: `mutation ($input: IssueUserTokenInput!) { issueUserToken(input: $input) { ${resultFields} token } }`,
  upload: `mutation ($input: UploadFileInput!) { uploadFile(input: $input) { ${resultFields} file { raw } } }`,
}

async function query(text: string, variables?: object, key: string = getKey('all')): Promise<Reply> {
  const reply = await send(server, { json: { query: text, variables }, key })
  responses.push(`${reply.text}\n${[...reply.headers].join('\n')}`)
  return reply
}

/** Requests a start URL without the scope for it, before faults are injected. Returns the response. */
async function runWithoutCredentialsScope(jwt: string): Promise<string> {
  const { data } = await query('{ conferences(first: 1, filter: { accounts: ["zoom"] }) { nodes { id } } }')
  const input = { conferenceId: data!['conferences'].nodes[0].id as string }
  return (await send(server, { json: { query: operations.run, variables: { input } }, key: jwt })).text
}

async function load(jwt: string): Promise<void> {
  const { zoom, trueconf, central } = vendors
  const sandboxes: Sandbox[] = [zoom, signed, trueconf, unlimited, central]
  const reads = [operations.users, operations.conferences, operations.accounts]
  for (const read of reads) await query(read)
  await query(operations.accounts, {}, jwt)
  await mutate()
  for (let kind = 0; kind < createEchoes(credentials, zoom).length; kind++) {
    for (const sandbox of sandboxes)
      sandbox.fault({ match: {}, times: 6, ...createEchoes(credentials, sandbox)[kind]! })
    for (const read of reads) await query(read)
    await mutate()
    for (const sandbox of sandboxes) sandbox.clearFaults()
  }
  await query('{ users(first: 1) { canary } }', {}, 'unknown key of nobody 55')
}

let round = 0
async function mutate(): Promise<void> {
  const owner = { email: vendors.zoom.userMailOfOwner }
  for (const account of ['zoom', 'signed', 'berlin', 'unlimited', 'central']) {
    const at = { oneTime: { startsAt: '2030-05-06T10:00:00Z', durationMinutes: 30, timeZone: 'UTC' } }
    const onZoom = account === 'zoom' || account === 'signed'
    const more = onZoom
      ? { owner, schedule: at, passcode }
      : account === 'central'
        ? {}
        : { owner: { vendorId: 'helen' }, schedule: at }
    const idempotencyKey = `${account}-${++round}`
    const { data } = await query(operations.create, { input: { account, title: 'Secret?', idempotencyKey, ...more } })
    const conference = data?.['createConference']?.conference as { id: string } | null | undefined
    if (!conference) continue
    const input = { conferenceId: conference.id }
    // The only response that may contain a credential, because this caller has the scope.
    const started = await send(server, { json: { query: operations.run, variables: { input } }, key: getKey('all') })
    addStartCanary(started.data?.['runConference']?.startUrl)
    await query('query ($id: ID!) { conference(id: $id) { raw joinUrl } }', { id: conference.id })
    if (account !== 'central') continue
    const file = new File([fileBytes], 'secret.txt', { type: 'text/plain' })
    const variables = { input: { file: null, target: input } }
    const form = createUploadForm(operations.upload, variables, 'variables.input.file', file)
    responses.push((await send(server, { form, key: getKey('all') })).text)
  }
  const { data } = await query(`{ users(first: 1, filter: { accounts: ["zoom"] }) { nodes { id } } }`)
  const userId = data?.['users']?.nodes[0]?.id as string | undefined
  if (userId === undefined) return
  const issued = await send(server, {
    json: { query: operations.token, variables: { input: { userId } } },
    key: getKey('all'),
  })
  addStartCanary(issued.data?.['issueUserToken']?.token)
}

/** Adds the last part of an access key. The first parts contain the ID of a user. */
function addStartCanary(text: unknown): void {
  if (typeof text !== 'string') return
  canaries.add(`start ${canaries.names.size}`, text.split('.').at(-1)!)
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${server.url}${path}`, { headers })
  return `${[...response.headers].join('\n')}\n${await response.text()}`
}

test('uses credentials of every kind before the search', () => {
  expect([...credentials.values()].filter(({ size }) => size > 0)).toHaveLength(5)
  expect([...canaries.names].filter((name) => name.startsWith('start')).length).toBeGreaterThan(1)
  expect(responses.filter((text) => text.includes('"outcome":"SUCCEEDED"')).length).toBeGreaterThan(4)
  expect(responses.filter((text) => text.includes('"code":"VENDOR_')).length).toBeGreaterThan(10)
})

test('finds a canary in every encoding', () => {
  const { clientSecret } = vendors.zoom
  const forms = ['', 'a', 'ab'].map((before) => Buffer.from(`${before}${clientSecret}`).toString('base64'))
  for (const text of [clientSecret.slice(3, 15), Buffer.from(clientSecret).toString('hex'), ...forms])
    expect(canaries.findIn(`before ${text} behind`), text).not.toEqual([])
})

test('prints no secret to stdout and stderr', () => {
  expect(server.stderr().length).toBeGreaterThan(10_000)
  for (const text of [server.stdout(), server.stderr()]) {
    expect(canaries.findIn(text)).toEqual([])
    expect(personal.findIn(text)).toEqual([])
  }
  expect(server.stderr()).not.toMatch(/zak=|start_url|@example\.com|"internal error"/)
})

test('sends no secret in a response', () => {
  expect(canaries.findIn(responses.join('\n'))).toEqual([])
  expect(responses.join('\n')).not.toMatch(/zak=|start_url|"password"|passcode"/)
})

test('sends a start URL only to callers with the scope credentials', () => {
  expect(withoutCredentialsScope).not.toMatch(/zak=/)
  expect(canaries.findIn(withoutCredentialsScope)).toEqual([])
})

test('shows no secret in health, metrics, and GraphiQL', async () => {
  const authorization = `Bearer ${getKey('explorer')}`
  const pages = await Promise.all([
    get('/healthz'),
    get('/readyz'),
    get('/metrics'),
    get('/nowhere'),
    get('/graphql', { accept: 'text/html', authorization }),
  ])
  for (const page of pages) {
    expect(canaries.findIn(page)).toEqual([])
    expect(personal.findIn(page)).toEqual([])
  }
  expect(pages[4]).toContain('<!doctype html>')
  expect(pages.join('\n')).not.toMatch(/^(x-powered-by|server),/m)
})

test('sends no secret in a request line except the secret key of TrueConf', () => {
  const { zoom, trueconf, central } = vendors
  for (const { ledger } of [zoom, signed, trueconf, unlimited, central]) {
    const lines = ledger.map(({ path, query: search }) => `${path}?${search}`).join('\n')
    expect(canaries.findIn(lines).filter((found) => !found.startsWith('TrueConf secret key'))).toEqual([])
  }
})

test('has no secret in the title and the arguments of the process', () => {
  for (const file of ['cmdline', 'comm', 'environ'])
    expect(canaries.findIn(readFileSync(`/proc/${server.pid}/${file}`, 'latin1'))).toEqual([])
})

test('stores no secret in the data directory except the cursor secret, and no temporary file', () => {
  const data = join(server.folder, 'data')
  const files = filesBelow(data)
  expect(files.length).toBeGreaterThan(1)
  for (const file of files) {
    const allowed = file.endsWith('cursor-secret') ? ['cursor secret'] : []
    const found = canaries.findIn(readFileSync(file, 'latin1')).map((text) => text.split(':')[0])
    expect(found, file).toEqual(allowed)
  }
  expect(filesBelow(join(server.folder, 'tmp'))).toEqual([])
})

import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { stringify } from 'yaml'
import { listChecks } from '../../src/cli/list-checks.ts'
import { parseConfiguration } from '../../src/config/configuration.ts'
import type { CheckResult } from '../../src/core/check-result.ts'
import { SqliteOperationStore } from '../../src/operations/sqlite-store.ts'
import { startSandboxes, type Sandboxes } from '../../src/sandboxes/index.ts'
import type { ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { vendors } from '../../src/vendors/index.ts'
import { startIssuer, type Issuer } from '../acceptance/issuer.ts'
import { linesOf, run, start, type Ran } from './run.ts'

let sandboxes: Sandboxes
let issuer: Issuer
let cwd: string

beforeAll(async () => {
  sandboxes = await startSandboxes(0)
  issuer = await startIssuer()
})
afterAll(async () => {
  await issuer?.close()
  await sandboxes?.close()
})
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-check-'))
  cwd = folder
  onTestFinished(() => rm(folder, { recursive: true }))
})

function check(settings: object = {}, env: Record<string, string> = {}): Promise<Ran> {
  writeFileSync(join(cwd, 'parley.config.yaml'), stringify({ accounts: sandboxes.accounts, ...settings }))
  return run(['check'], { cwd, env })
}

/** Runs one of the tests in this process, because its result depends only on the configuration. */
async function runCheck(name: string, settings: object): Promise<CheckResult> {
  const { trueconf } = sandboxes.accounts
  const around = { environment: {}, directory: cwd, vendors }
  const checks = listChecks(parseConfiguration({ accounts: { trueconf }, ...settings }, around), {})
  return checks.find((each) => each.name === name)!.run()
}

/** Returns the lines about one subject. */
const linesAbout = ({ stdout }: Ran, name: string): string[] =>
  linesOf(stdout).filter((line) => line.startsWith(`${name}: `))

describe('targets of check', () => {
  test('are printed with the reason before the first request is sent', async () => {
    const { fault, clearFaults, ledger, url } = sandboxes.running['trueconf']!
    const before = ledger.length
    fault({ match: { path: /token/ }, kind: 'delay', ms: 600_000 })
    writeFileSync(
      join(cwd, 'parley.config.yaml'),
      stringify({ accounts: { trueconf: sandboxes.accounts['trueconf'] }, jwt: issuer.settings }),
    )
    const { child, ended } = start(['check'], { cwd })
    let printed = ''
    child.stderr!.on('data', (text) => (printed += String(text)))
    await vi.waitFor(() => expect(ledger.length).toBeGreaterThan(before))
    expect(printed).toContain(`trueconf: ${new URL(url).origin}, because accounts.trueconf is in parley.config.yaml`)
    expect(printed).toContain(`jwt: ${issuer.origin}, because jwt.jwksUrl is in parley.config.yaml`)
    child.kill()
    await ended
    clearFaults()
  })

  test('come from named environment variables if there is no configuration file', async () => {
    const { url, ledger } = sandboxes.running['trueconf']!
    const { clientId, clientSecret } = sandboxes.accounts['trueconf'] as Record<string, string>
    const env = { TRUECONF_URL: url, TRUECONF_CLIENT_ID: clientId!, TRUECONF_CLIENT_SECRET: clientSecret! }
    const before = ledger.length
    const ran = await run(['check'], { cwd, env })
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^trueconf: ok/) })
    expect(ran.stderr).toBe(
      `Sending requests to:\n  trueconf: ${url}, because the environment has TRUECONF_URL, TRUECONF_CLIENT_ID, and TRUECONF_CLIENT_SECRET\n`,
    )
    expect(ran.stdout + ran.stderr).not.toContain(clientSecret)
    expect(ledger.slice(before).map(({ path }) => path)).toEqual(['/oauth2/v1/token', '/api/v3.8/users'])
  })

  test('do not come from environment variables that the configuration file does not name', async () => {
    const { stderr } = await check({}, { ZOOM_ACCOUNT_ID: 'a', ZOOM_CLIENT_ID: 'b', ZOOM_CLIENT_SECRET: 'c' })
    expect(stderr).toMatch(/^ {2}zoom: http:\/\/127\.0\.0\.1:\d+, because accounts\.zoom is in parley\.config\.yaml$/m)
    expect(stderr).not.toContain('zoom.us')
  })

  test('include the default URL of the vendor', async () => {
    // No host name is resolved, so that nothing is sent.
    const env = {
      ZOOM_ACCOUNT_ID: 'a',
      ZOOM_CLIENT_ID: 'b',
      ZOOM_CLIENT_SECRET: 'c',
      NODE_OPTIONS: blockedNetwork(cwd),
    }
    const { stderr } = await run(['check'], { cwd, env })
    expect(stderr).toContain(
      'zoom: https://zoom.us, because the environment has ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID, and ZOOM_CLIENT_SECRET',
    )
  })
})

/** Node options for a process that resolves no host name. */
function blockedNetwork(folder: string): string {
  const file = join(folder, 'no-network.mjs')
  writeFileSync(
    file,
    `import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
dns.lookup = (name, options, callback) => (callback ?? options)(Object.assign(new Error(name), { code: 'ENOTFOUND' }))
syncBuiltinESMExports()`,
  )
  return `--import=${file}`
}

describe('scopes of the access token', () => {
  const zoom = (): ZoomSandbox => sandboxes.running['zoom'] as ZoomSandbox

  test('are compared with the capabilities, and the missing ones are named', async () => {
    const { switches } = zoom()
    onTestFinished(() => void (switches.scopes = null))
    switches.scopes = ['user:read:list_users:admin', 'user:read:user:admin', 'meeting:read:admin']
    const ran = await check({ accounts: { zoom: sandboxes.accounts['zoom'] } })
    // An operator can leave scopes out on purpose.
    expect(ran.code).toBe(0)
    const lines = linesAbout(ran, 'zoom')
    expect(lines[0]).toMatch(/^zoom: ok, the token expires at /)
    expect(lines).toContain(
      'zoom: the token lacks scopes for CREATE_CONFERENCE: meeting:write:meeting:admin or meeting:write:admin',
    )
    const named = lines.slice(2).map((line) => /for (\w+):/.exec(line)![1])
    expect(named).toEqual([
      'LIST_PARTICIPANTS',
      'LIST_RECORDINGS',
      'LIST_SESSIONS',
      'CREATE_CONFERENCE',
      'UPDATE_CONFERENCE',
      'DELETE_CONFERENCE',
      'END_CONFERENCE',
      'UPDATE_OCCURRENCE',
      'CANCEL_OCCURRENCE',
      'INVITE_PARTICIPANT',
      'REMOVE_PARTICIPANT',
      'DELETE_RECORDING',
      'UPLOAD_CONFERENCE_FILE',
      'UPLOAD_AVATAR',
      'ISSUE_USER_TOKEN',
    ])
    expect(zoom().ledger.at(-1)).toMatchObject({ path: '/oauth/token' })
  })

  test('are not mentioned if none is missing', async () => {
    const ran = await check()
    expect(ran.code).toBe(0)
    for (const account of Object.keys(sandboxes.accounts))
      expect(linesAbout(ran, account)).toEqual([
        expect.stringMatching(`^${account}: ok`),
        expect.stringMatching(`^${account}: (not )?watched`),
      ])
  })
})

describe('the way in which an account is watched', () => {
  const zoom = (): Record<string, unknown> => {
    const { webhookSecret: _, ...account } = sandboxes.accounts['zoom'] as Record<string, unknown>
    return account
  }
  const { eventSubscription, eventUrl } = { eventSubscription: 'subscription', eventUrl: 'ws://127.0.0.1:4/ws' }

  test('depends on the settings of the account', async () => {
    const accounts = {
      neither: zoom(),
      hooks: { ...zoom(), webhookSecret: 'secret' },
      socket: { ...zoom(), eventSubscription, eventUrl },
      both: { ...zoom(), eventSubscription, eventUrl, webhookSecret: ['new', 'old'] },
    }
    const ran = await check({ accounts })
    expect(ran.code).toBe(0)
    expect(Object.keys(accounts).map((key) => linesAbout(ran, key)[1])).toEqual([
      expect.stringMatching(/^neither: not watched\. .*"webhookSecret".*"eventSubscription"/),
      'hooks: watched by WEBHOOK',
      'socket: watched by SOCKET',
      'both: watched by SOCKET and WEBHOOK',
    ])
  })

  test('has the interval of the polls', async () => {
    const ran = await check({ limits: { eventPoll: 2_500 } })
    for (const key of ['trueconf', 'imeetcentral'])
      expect(linesAbout(ran, key)[1]).toMatch(`${key}: watched by POLL, every 2.5 s`)
  })

  test('is also reported if the account cannot be used', async () => {
    const ran = await check({ accounts: { zoom: { ...zoom(), clientSecret: 'wrong', webhookSecret: 'secret' } } })
    expect(ran.code).toBe(1)
    expect(linesAbout(ran, 'zoom')).toEqual([expect.stringContaining('VENDOR_AUTH_FAILED'), 'zoom: watched by WEBHOOK'])
  })
})

const rsaPair = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength })
const formatKeySet = (key: KeyObject): string =>
  JSON.stringify({ keys: [{ ...key.export({ format: 'jwk' }), kid: 'one', alg: 'RS256' }] })

describe('key set of JWTs', () => {
  /** Serves one response to every request. */
  async function serveKeys(body: string, status = 200): Promise<string> {
    const server = createServer((_, response) => response.writeHead(status).end(body))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`
  }

  test('is fetched', async () => {
    const before = issuer.requests.length
    const ran = await check({ jwt: issuer.settings })
    expect(ran.code).toBe(0)
    expect(linesAbout(ran, 'jwt')).toEqual(['jwt: ok, 1 key'])
    expect(issuer.requests.slice(before)).toEqual(['/keys'])
  })

  test.each([
    ['is not JSON', '<html>', 200, /cannot be fetched from "jwksUrl"/],
    ['is not found', '{}', 404, /cannot be fetched from "jwksUrl"/],
    ['has no keys', '{"keys":[]}', 200, /no key for RS256, PS256, ES256, EdDSA/],
    [
      'has only keys for encryption',
      '{"keys":[{"kty":"RSA","use":"enc","n":"AQ","e":"AQAB"}]}',
      200,
      /no key for RS256/,
    ],
    ['has only a private key', formatKeySet(rsaPair(2_048).privateKey), 200, /no key for RS256/],
    ['has only an RSA key of 1,024 bits', formatKeySet(rsaPair(1_024).publicKey), 200, /at least 2,048 bits/],
    ['has only a key that cannot be read', '{"keys":[{"kty":"RSA","n":"!!","e":"AQAB"}]}', 200, /no key for RS256/],
  ])('fails the test if it %s', async (_, body, status, message) => {
    const jwt = { ...issuer.settings, jwksUrl: await serveKeys(body, status) }
    expect(await runCheck('jwt', { jwt })).toEqual({ isOk: false, message: expect.stringMatching(message) })
  })

  test('is tested for every issuer', async () => {
    const other = { ...issuer.settings, name: 'other', issuer: 'other', jwksUrl: 'http://127.0.0.1:4/keys' }
    const ran = await check({ jwt: [{ ...issuer.settings, name: 'one' }, other] })
    expect(ran.code).toBe(1)
    expect(linesAbout(ran, 'jwt[0]')).toEqual(['jwt[0]: ok, 1 key'])
    expect(linesAbout(ran, 'jwt[1]')).toEqual(['jwt[1]: the key set cannot be fetched from "jwksUrl" (ECONNREFUSED)'])
  })
})

describe('data directory', () => {
  const inFolder = (name: string): string => join(cwd, 'data', name)

  const data = './data'
  const checkFolder = (): Promise<CheckResult> => runCheck('data', { data })

  async function createStore(): Promise<void> {
    const journal = new SqliteOperationStore(inFolder('operations.sqlite'))
    await journal.check()
    await journal.close()
  }

  test('can be missing, and is not created', async () => {
    const ran = await check({ data })
    expect([ran.code, linesAbout(ran, 'data')]).toEqual([0, ['data: ok']])
    expect(existsSync(join(cwd, 'data'))).toBe(false)
  })

  test('can be in use, and is not changed', async () => {
    await createStore()
    const before = readdirSync(join(cwd, 'data')).toSorted()
    expect(await checkFolder()).toEqual({ isOk: true, message: 'ok' })
    expect(readdirSync(join(cwd, 'data')).toSorted()).toEqual(before)
  })

  test('must be writable', async () => {
    writeFileSync(join(cwd, 'data'), 'a file')
    const ran = await check({ data })
    expect(ran.code).toBe(1)
    expect(linesAbout(ran, 'data')).toEqual([expect.stringMatching(/cannot be written \(EEXIST\)/)])
  })

  test.each([
    [99, false, /newer version/],
    [1, true, /^ok; but operations\.sqlite is from an earlier version/],
  ])('must not hold the operation store of another version: %i', async (version, isOk, message) => {
    await createStore()
    const database = new DatabaseSync(inFolder('operations.sqlite'))
    database.exec(`PRAGMA user_version = ${version}`)
    database.close()
    expect(await checkFolder()).toEqual({ isOk, message: expect.stringMatching(message) })
  })

  test.each([
    ['a file of another program', () => writeFileSync(inFolder('operations.sqlite'), 'something else '.repeat(99))],
    [
      'the database of another program',
      () => {
        const database = new DatabaseSync(inFolder('operations.sqlite'))
        database.exec('CREATE TABLE notes (text TEXT)')
        database.close()
      },
    ],
  ])('must not hold %s under the name of the operation store', async (_, create) => {
    mkdirSync(join(cwd, 'data'), { mode: 0o700 })
    create()
    chmodSync(inFolder('operations.sqlite'), 0o600)
    expect(await checkFolder()).toEqual({
      isOk: false,
      message: expect.stringMatching(/operations\.sqlite cannot be used as the operation store/),
    })
  })

  test('must not let every user of the machine read secrets', async () => {
    await createStore()
    writeFileSync(inFolder('cursor-secret'), 'secret')
    chmodSync(join(cwd, 'data'), 0o755)
    chmodSync(inFolder('cursor-secret'), 0o644)
    expect(await checkFolder()).toEqual({
      isOk: false,
      message: expect.stringMatching(/can read cursor-secret\. Run chmod 600/),
    })
    chmodSync(inFolder('cursor-secret'), 0o600)
    expect(await checkFolder()).toEqual({ isOk: true, message: expect.stringMatching(/^ok; but .* chmod 700/) })
    chmodSync(join(cwd, 'data'), 0o700)
    expect(await checkFolder()).toEqual({ isOk: true, message: 'ok' })
  })

  test.each([
    ['a folder', () => mkdirSync(inFolder('cursor-secret')), /cursor-secret cannot be read \(EISDIR\)/],
    [
      'no secret twice',
      () => {
        for (const name of ['cursor-secret', 'cursor-secret-spare']) writeFileSync(inFolder(name), '', { mode: 0o600 })
      },
      /cursor-secret and cursor-secret-spare do not contain a secret/,
    ],
  ])('must not hold %s under the name of the secret', async (_, create, message) => {
    mkdirSync(join(cwd, 'data'), { mode: 0o700 })
    create()
    expect(await checkFolder()).toEqual({ isOk: false, message: expect.stringMatching(message) })
  })

  test('is reported if the operation store was emptied', async () => {
    await createStore()
    await rm(inFolder('operations.sqlite'))
    expect(await checkFolder()).toEqual({ isOk: true, message: expect.stringMatching(/ok; but .* emptied or deleted/) })
  })
})

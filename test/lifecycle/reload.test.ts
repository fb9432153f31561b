import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { startSandbox } from '../../src/sandboxes/index.ts'
import { openStream } from '../http/stream/read-events.ts'
import { startProcess } from '../support/server.ts'
import type { LogLine } from '../support/process-output.ts'

const berlin = await startSandbox('trueconf')
const oslo = await startSandbox('trueconf')
afterAll(() => Promise.all([berlin.close(), oslo.close()]))

const toHash = (key: string): string => createHash('sha256').update(key).digest('hex')
const client = (name: string, ...keys: string[]) => ({
  name,
  apiKeySha256: keys.length === 1 ? toHash(keys[0]!) : keys.map(toHash),
  scopes: ['read', 'write'],
})
const ada = client('ada', 'key-1')
const accounts = { berlin: berlin.account }
const both = { berlin: berlin.account, oslo: oslo.account }
const keysQuery = '{ accounts { key } }'
const usersQuery = '{ users(first: 5) { nodes { id } sources { account { key } status } } }'

const base = { accounts, clients: [ada] }
/** One process for all tests, each of which begins with a reload. */
const parley = await startProcess(base)
/** Number of lines of the log when the test began. */
let linesBefore = 0
beforeEach(() => {
  berlin.clearFaults()
  oslo.clearFaults()
})
afterAll(() => parley.dispose())

interface Result {
  status: number
  /** Keys of the accounts, if they were requested. */
  keys: string[] | undefined
  json: any
}

async function sendQuery(query: string, key = 'key-1', headers: Record<string, string> = {}): Promise<Result> {
  const response = await fetch(`${parley.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
    body: JSON.stringify({ query }),
  })
  const json = (await response.json()) as any
  return { status: response.status, keys: json.data?.accounts?.map((account: { key: string }) => account.key), json }
}

const findLines = (message: string): LogLine[] =>
  parley
    .lines()
    .slice(linesBefore)
    .filter(({ msg }) => msg === message)
const waitForLine = (message: string, count = 1): Promise<LogLine> =>
  vi.waitFor(() => {
    expect(findLines(message).length).toBeGreaterThanOrEqual(count)
    return findLines(message)[count - 1]!
  })

/** Gives the server the configuration with which a test begins. */
async function begin(configuration: object = base): Promise<void> {
  linesBefore = parley.lines().length
  await parley.configure(configuration)
  parley.kill('SIGHUP')
  const hasEnded = ({ msg }: LogLine): boolean => msg === 'configuration reloaded' || msg === 'configuration unchanged'
  await vi.waitFor(() => expect(parley.lines().slice(linesBefore).some(hasEnded)).toBe(true))
  linesBefore = parley.lines().length
}

async function reload(configuration: object | string, message = 'configuration reloaded'): Promise<LogLine> {
  const count = findLines(message).length + 1
  await parley.configure(configuration)
  parley.kill('SIGHUP')
  return waitForLine(message, count)
}

const readMetric = async (series: string): Promise<number> => {
  const text = await (await fetch(`${parley.url}/metrics`)).text()
  const line = text.split('\n').find((each) => each.startsWith(`${series} `))
  return line === undefined ? Number.NaN : Number(line.slice(series.length + 1))
}
const countReloads = (outcome: string): Promise<number> =>
  readMetric(`parley_configuration_reloads_total{outcome="${outcome}"}`)
const countTokens = (sandbox: typeof berlin): number =>
  sandbox.ledger.filter(({ path }) => path.endsWith('/oauth2/v1/token')).length

describe('SIGHUP', () => {
  test('replaces an API key without a gap: both are accepted while the configuration has both', async () => {
    await begin()
    const statuses = async (): Promise<number[]> =>
      Promise.all(['key-1', 'key-2'].map(async (key) => (await sendQuery(keysQuery, key)).status))
    expect(await statuses()).toEqual([200, 401])
    await reload({ accounts, clients: [client('ada', 'key-1', 'key-2')] })
    expect(await statuses()).toEqual([200, 200])
    await reload({ accounts, clients: [client('ada', 'key-2')] })
    expect(await statuses()).toEqual([401, 200])
  })

  test('adds and removes accounts, and keeps the access tokens of the others', async () => {
    await begin()
    const applied = await countReloads('applied')
    expect((await sendQuery(usersQuery)).json.data.users.sources).toMatchObject([{ status: 'OK' }])
    const tokens = countTokens(berlin)
    const added = await reload({ accounts: both, clients: [ada, client('bob', 'key-bob')] })
    expect(added).toMatchObject({
      trigger: 'SIGHUP',
      added: ['oslo'],
      removed: [],
      changed: [],
      callers: true,
      limits: false,
      cache: false,
    })
    expect((await sendQuery(keysQuery)).keys).toEqual(['berlin', 'oslo'])
    expect(
      (await sendQuery('{ users(filter: { accounts: ["oslo"] }) { nodes { id } } }')).json.data.users.nodes,
    ).not.toEqual([])
    await sendQuery(usersQuery)
    expect(countTokens(berlin)).toBe(tokens)
    expect(await readMetric('parley_account_state{account="oslo",state="OK"}')).toBe(1)
    expect(await readMetric('parley_vendor_calls_total{account="oslo",method="GET",outcome="VENDOR_TIMEOUT"}')).toBe(0)
    const removed = await reload({ accounts: { oslo: oslo.account }, clients: [ada] })
    expect(removed).toMatchObject({ added: [], removed: ['berlin'], changed: [] })
    expect((await sendQuery(keysQuery)).keys).toEqual(['oslo'])
    expect((await sendQuery('{ users(filter: { accounts: ["berlin"] }) { nodes { id } } }')).json.errors).toMatchObject(
      [{ extensions: { code: 'BAD_USER_INPUT' } }],
    )
    expect(await readMetric('parley_account_state{account="berlin",state="OK"}')).toBeNaN()
    expect(await countReloads('applied')).toBe(applied + 2)
  })

  test('finishes operations in flight with the account and the limits from their start', async () => {
    await begin()
    berlin.fault({ match: { path: /\/users/ }, kind: 'delay', ms: 1_500, times: 1 })
    berlin.fault({ match: { method: 'POST', path: /\/conferences/ }, kind: 'delay', ms: 1_500, times: 1 })
    const from = berlin.ledger.length
    const read = sendQuery(usersQuery)
    const write = sendQuery(
      'mutation { createConference(input: { account: "berlin", title: "x", owner: { vendorId: "helen" }, schedule: { permanent: true } }) { outcome conference { id title } } }',
    )
    const hasBegun = (path: RegExp): boolean => berlin.ledger.slice(from).some((entry) => path.test(entry.path))
    await vi.waitFor(() => expect([hasBegun(/\/users/), hasBegun(/\/conferences/)]).toEqual([true, true]))
    await reload({ accounts: { oslo: oslo.account }, clients: [client('bob', 'key-bob')], limits: { aliases: 1 } })
    expect((await read).json.data.users.sources).toMatchObject([{ account: { key: 'berlin' }, status: 'OK' }])
    expect((await write).json.data.createConference).toMatchObject({ outcome: 'SUCCEEDED', conference: { title: 'x' } })
    expect((await sendQuery(keysQuery)).status).toBe(401)
    expect((await sendQuery(keysQuery, 'key-bob')).keys).toEqual(['oslo'])
  })

  test('opens an account again if its settings changed', async () => {
    await begin()
    await sendQuery(usersQuery)
    const tokens = countTokens(berlin)
    const line = await reload({ accounts, clients: [ada], limits: { attempts: 1 } })
    expect(line).toMatchObject({ added: [], removed: [], changed: ['berlin'], limits: true })
    expect((await sendQuery(usersQuery)).json.data.users.sources).toMatchObject([{ status: 'OK' }])
    expect(countTokens(berlin)).toBe(tokens + 1)
  })

  test('applies the settings of the cache, and keeps the accounts open', async () => {
    const cache = { users: 3_600 }
    await begin({ accounts, clients: [ada], cache })
    await sendQuery(usersQuery)
    const tokens = countTokens(berlin)
    expect((await sendQuery(usersQuery)).json.extensions).toMatchObject({ cache: { stale: [] } })
    const off = await reload({ accounts, clients: [ada] })
    expect(off).toMatchObject({ msg: 'configuration reloaded', changed: [], limits: false, cache: true })
    const calls = berlin.ledger.length
    expect((await sendQuery(usersQuery)).json).not.toHaveProperty('extensions')
    expect(berlin.ledger.length).toBe(calls + 1)
    await reload({ accounts, clients: [ada], cache })
    await sendQuery(usersQuery)
    expect((await sendQuery(usersQuery)).json.extensions).toMatchObject({ cache: { stale: [] } })
    expect(countTokens(berlin)).toBe(tokens)
  })

  test('watches the accounts of an open stream that its caller can use since then, and only those', async () => {
    const limits = { eventPoll: 100, eventPollCalls: 60_000, eventLinger: 0 }
    const configure = (...keys: string[]) => ({ accounts: both, limits, clients: [{ ...ada, accounts: keys }] })
    await begin(configure('berlin'))
    const query =
      'subscription { conferenceEvents { event { type account { key } } sources { account { key } status } } }'
    const stream = await openStream(parley, { query, headers: { authorization: 'Bearer key-1' } })
    const readSources = (): unknown[] => {
      const { conferenceEvents } = (stream.events.at(-1)?.data?.data ?? {}) as { conferenceEvents?: any }
      return (conferenceEvents?.sources ?? []).map(({ account, status }: any) => `${account.key} ${status}`)
    }
    await vi.waitFor(() => expect(readSources()).toEqual(['berlin LIVE']))
    await reload(configure('berlin', 'oslo'))
    await vi.waitFor(() => expect(readSources()).toEqual(['berlin LIVE', 'oslo LIVE']))
    await reload(configure('oslo'))
    await vi.waitFor(() => expect(readSources()).toEqual(['oslo LIVE']))
    await vi.waitFor(async () => {
      const count = berlin.ledger.length
      const { length } = oslo.ledger
      await vi.waitFor(() => expect(oslo.ledger.length).toBeGreaterThan(length + 3))
      expect(berlin.ledger.length).toBe(count)
    })
    stream.leave()
  })

  test('logs a circuit breaker that opens again after the account was reopened', async () => {
    const breaker = { breakerCalls: 2, breakerPause: 60_000 }
    await begin({ accounts, clients: [ada], limits: breaker })
    await sendQuery(usersQuery)
    berlin.fault({ match: { path: /\/users/ }, kind: 'status', status: 503 })
    const openBreaker = async (count: number): Promise<void> => {
      for (let count = 0; count < 4; count++) await sendQuery(usersQuery)
      await waitForLine('circuit breaker opened', count)
    }
    await openBreaker(1)
    await reload({ accounts, clients: [ada], limits: { ...breaker, queue: 7 } })
    await openBreaker(2)
    expect(findLines('circuit breaker opened')).toMatchObject([{ account: 'berlin' }, { account: 'berlin' }])
  })

  test('applies limits of requests and callers, and keeps the counts of callers', async () => {
    // The operations of the other tests do not count.
    const eve = client('eve', 'key-1')
    const limited = { ...eve, limits: { operationsPerMinute: 2 } }
    await begin({ accounts, clients: [limited] })
    await sendQuery(keysQuery)
    expect((await sendQuery('{ a: accounts { key } b: accounts { key } }')).status).toBe(200)
    await reload({ accounts, clients: [limited], limits: { aliases: 1 } })
    expect((await sendQuery(keysQuery)).status).toBe(429)
    await reload({ accounts, clients: [{ ...eve, limits: { operationsPerMinute: 100 } }], limits: { aliases: 1 } })
    expect((await sendQuery('{ a: accounts { key } b: accounts { key } }')).json.errors).toMatchObject([
      { extensions: { code: 'MAX_ALIASES_LIMIT' } },
    ])
  })

  test('checks the cost of affordable operations again', async () => {
    await begin({ accounts, clients: [ada], limits: { pageSize: 1 } })
    const twoLists = '{ a: users(first: 1) { nodes { id } } b: users(first: 1) { nodes { id } } }'
    const nested = '{ conferences { nodes { participants { nodes { id } } } } }'
    const findCodes = async (): Promise<unknown[]> =>
      Promise.all([twoLists, nested].map(async (query) => (await sendQuery(query)).json.errors?.[0].extensions.code))
    expect(await findCodes()).toEqual([undefined, undefined])
    await reload({ accounts, clients: [ada], limits: { pageSize: 1, operationCalls: 1 } })
    expect(await findCodes()).toEqual(['OPERATION_TOO_EXPENSIVE', 'OPERATION_TOO_EXPENSIVE'])
    await reload({ accounts, clients: [ada], limits: { pageSize: 100, operationCalls: 100 } })
    expect(await findCodes()).toEqual([undefined, 'OPERATION_TOO_EXPENSIVE'])
  })

  test.each<[string, object | string, RegExp]>([
    [
      'a value that is not valid',
      { accounts, clients: [{ ...ada, scopes: ['admin'] }] },
      /clients\[0\]\.scopes\[0\]: must be one of read/,
    ],
    [
      'an account that a client names and that is gone',
      { accounts: { oslo: oslo.account }, clients: [{ ...ada, accounts: ['berlin'] }] },
      /clients\[0\]\.accounts\[0\]: must be the key of an account\. Accounts: oslo/,
    ],
    [
      'an environment variable that is not set',
      { accounts, clients: [{ ...ada, apiKeySha256: '${NO_SUCH_VARIABLE}' }] },
      /NO_SUCH_VARIABLE is not set or is empty\. Set it\./,
    ],
    ['text that is not YAML', 'accounts: [', /parley\.config\.yaml:\d+: /],
    ['an empty file', '', /accounts: is required|parley\.config\.yaml/],
  ])('changes nothing if the configuration has %s, and reports it', async (_, configuration, problem) => {
    await begin()
    const [applied, rejected] = [await countReloads('applied'), await countReloads('rejected')]
    const line = await reload(configuration, 'configuration rejected')
    expect(line).toMatchObject({ level: 50, trigger: 'SIGHUP' })
    expect(line['problems']).toContainEqual(expect.stringMatching(problem))
    expect((await sendQuery(keysQuery)).keys).toEqual(['berlin'])
    expect(await countReloads('rejected')).toBeGreaterThan(rejected)
    expect(await countReloads('applied')).toBe(applied)
    await reload({ accounts: both, clients: [ada] })
    expect((await sendQuery(keysQuery)).keys).toEqual(['berlin', 'oslo'])
  })

  test('reports settings that need a restart, and applies the others', async () => {
    await begin()
    await reload({ accounts: both, clients: [ada], data: './elsewhere', basePath: '/x', limits: { connections: 5 } })
    expect(await waitForLine('settings need a restart')).toMatchObject({
      level: 40,
      settings: ['data', 'basePath', 'limits.connections'],
    })
    expect((await sendQuery(keysQuery)).keys).toEqual(['berlin', 'oslo'])
  })

  test('begins new download links with a changed public URL', async () => {
    const clients = [{ ...ada, scopes: ['read', 'recordings'] }]
    const recordings =
      '{ recordings(first: 1, filter: { startedFrom: "2020-01-01T00:00:00Z" }) { nodes { downloadUrl } } }'
    const readOrigin = async (): Promise<string> =>
      new URL((await sendQuery(recordings)).json.data.recordings.nodes[0].downloadUrl as string).origin
    await begin({ accounts, clients })
    expect(await readOrigin()).toBe(parley.url)
    await reload({ accounts, clients, publicUrl: 'https://meetings.example.com' })
    expect(await readOrigin()).toBe('https://meetings.example.com')
    expect(findLines('settings need a restart')).toEqual([])
  })

  test('rejects requests of websites as soon as no callers are configured', async () => {
    await begin()
    const sendAsWebsite = (): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const headers = { 'content-type': 'application/json', host: 'evil.example' }
        http
          .request(`${parley.url}/graphql`, { method: 'POST', headers }, (response) =>
            resolve(response.resume().statusCode),
          )
          .on('error', reject)
          .end(JSON.stringify({ query: keysQuery }))
      })
    expect(await sendAsWebsite()).toBe(401)
    await reload({ accounts })
    expect((await sendQuery(keysQuery)).status).toBe(200)
    expect(await sendAsWebsite()).toBe(403)
  })
})

describe('a change of the configuration file', () => {
  test('reloads the configuration', async () => {
    await begin()
    await parley.configure({ accounts: both, clients: [ada] })
    expect(await waitForLine('configuration reloaded')).toMatchObject({
      trigger: 'file',
      added: ['oslo'],
    })
    expect((await sendQuery(keysQuery)).keys).toEqual(['berlin', 'oslo'])
    await parley.configure('accounts: [')
    expect(await waitForLine('configuration rejected')).toMatchObject({ trigger: 'file' })
    await parley.configure({ accounts, clients: [ada] })
    await waitForLine('configuration reloaded', 2)
    expect((await sendQuery(keysQuery)).keys).toEqual(['berlin'])
  })

  test('reloads the configuration when a referenced file is created after it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-secret-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'hash')
    await begin()
    await reload({ accounts, clients: [{ ...ada, apiKeySha256: `file:${file}` }] }, 'configuration rejected')
    writeFileSync(file, toHash('key-2'))
    expect(await waitForLine('configuration reloaded')).toMatchObject({ trigger: 'file', callers: true })
    expect([(await sendQuery(keysQuery)).status, (await sendQuery(keysQuery, 'key-2')).status]).toEqual([401, 200])
  })

  test('reloads the configuration when Kubernetes replaces the folder of a referenced secret', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-secret-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const publish = (version: string, hash: string): void => {
      mkdirSync(join(folder, version))
      writeFileSync(join(folder, version, 'hash'), hash)
      symlinkSync(version, join(folder, '..data.new'))
      renameSync(join(folder, '..data.new'), join(folder, '..data'))
    }
    publish('one', toHash('key-1'))
    symlinkSync('..data/hash', join(folder, 'hash'))
    await begin({ accounts, clients: [{ ...ada, apiKeySha256: `file:${join(folder, 'hash')}` }] })
    expect((await sendQuery(keysQuery)).status).toBe(200)
    publish('two', toHash('key-2'))
    expect(await waitForLine('configuration reloaded')).toMatchObject({ trigger: 'file', callers: true })
    expect([(await sendQuery(keysQuery)).status, (await sendQuery(keysQuery, 'key-2')).status]).toEqual([401, 200])
  })
})

test('stops a server without a configuration file at SIGHUP', async () => {
  const server = await startProcess(null)
  onTestFinished(() => server.dispose())
  server.kill('SIGHUP')
  expect(await server.exited).toBe(0)
})

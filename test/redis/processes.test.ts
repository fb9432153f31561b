import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { start as startTrueConf, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { createRecordingFile } from '../../src/sandboxes/zoom/recording-files.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { startRedis, type RedisServer } from './redis-server.ts'

const password = 'redis-password-51ab0e'
const creating = /\/conferences$/
const patient = { timeout: 40_000, interval: 100 }

let redis: RedisServer
let zoom: ZoomSandbox
let trueconf: TrueConfSandbox
let one: ServerProcess
let other: ServerProcess

const configuration = (more: object = {}) => ({
  accounts: { zoom: zoom.account, trueconf: trueconf.account },
  redis: redis.url,
  ...more,
})

beforeEach(async () => {
  redis = await startRedis(['--requirepass', password])
  zoom = await startZoom({ seed: { active: 60, inactive: 0, pending: 0 } })
  trueconf = await startTrueConf({ users: 20, conferences: 5, running: 1 })
  ;[one, other] = await Promise.all([startProcess(configuration()), startProcess(configuration())])
})
afterEach(async () => {
  await Promise.all([one.stop('SIGKILL'), other.stop('SIGKILL')])
  await Promise.all([zoom.close(), trueconf.close(), redis.stop()])
})

async function sendQuery({ graphqlUrl: url }: ServerProcess, query: string, variables: object = {}): Promise<any> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  return response.json()
}

const readUsers = (server: ServerProcess, account: string): Promise<any> =>
  sendQuery(
    server,
    `{ users(first: 5, filter: { accounts: ["${account}"] }) { nodes { id } sources { status problem { code } } } }`,
  )

async function create(server: ServerProcess, idempotencyKey: string): Promise<any> {
  const query = `mutation ($input: CreateConferenceInput!) { createConference(input: $input) {
    outcome replayed problems { code } operation { id } conference { id title } } }`
  const input = { account: 'trueconf', title: idempotencyKey, owner: { vendorId: 'helen' }, idempotencyKey }
  const { data } = await sendQuery(server, query, { input })
  return data.createConference
}

const fetchOutcome = async (server: ServerProcess, id: string): Promise<string> =>
  (await sendQuery(server, 'query ($id: ID!) { operation(id: $id) { outcome } }', { id })).data.operation.outcome

const tokensOf = ({ ledger }: ZoomSandbox): number => ledger.filter(({ path }) => path === '/oauth/token').length
const countCreated = (title: string): number =>
  trueconf.effects.filter(({ kind, detail }) => kind === 'createConference' && (detail as any).topic === title).length
const countSent = (): number =>
  trueconf.ledger.filter(({ method, path }) => method === 'POST' && creating.test(path)).length

async function fetchText({ graphqlUrl: url }: ServerProcess, path: string): Promise<string> {
  const response = await fetch(new URL(path, url))
  return `${response.status} ${await response.text()}`
}

test('fetches a token once for both processes and once more after it was revoked', async () => {
  const crowd = (): Promise<any[]> =>
    Promise.all([one, other].flatMap((server) => Array.from({ length: 30 }, () => readUsers(server, 'zoom'))))
  const good = { data: { users: { sources: [{ status: 'OK' }] } } }
  for (const result of await crowd()) expect(result).toMatchObject(good)
  expect(tokensOf(zoom)).toBe(1)
  for (let revocation = 1; revocation <= 3; revocation++) {
    zoom.revokeTokens()
    for (const result of await crowd()) {
      expect(result.errors).toBeUndefined()
      expect(result).toMatchObject(good)
    }
    expect(tokensOf(zoom)).toBe(1 + revocation)
  }
})

test('executes a mutation once if both processes receive the same key and returns its result from both', async () => {
  trueconf.fault({ match: { method: 'POST', path: creating }, kind: 'delay', ms: 700, times: 1 })
  const results = await Promise.all([
    create(one, 'both'),
    create(other, 'both'),
    create(one, 'both'),
    create(other, 'both'),
  ])
  expect(countCreated('both')).toBe(1)
  const [{ conference, operation }] = results
  for (const result of results) expect(result).toMatchObject({ outcome: 'SUCCEEDED', conference, operation })
  expect(results.filter(({ replayed }) => !replayed)).toHaveLength(1)
  expect(await fetchOutcome(other, operation.id)).toBe('SUCCEEDED')
})

test('reconciles the operations of a killed process in the other one and does not send them again', async () => {
  // The vendor executes the mutation after the process was killed.
  trueconf.fault({ match: { method: 'POST', path: creating }, kind: 'delay', ms: 1_500, times: 1 })
  const lost = create(one, 'lost').catch(() => null)
  await vi.waitFor(() => expect(countSent()).toBe(1), patient)
  await one.stop('SIGKILL')
  expect(await lost).toBeNull()
  const result = await create(other, 'lost')
  expect(result).toMatchObject({ replayed: true })
  await vi.waitFor(async () => expect(await fetchOutcome(other, result.operation.id)).toBe('SUCCEEDED'), patient)
  expect(await create(other, 'lost')).toMatchObject({
    outcome: 'SUCCEEDED',
    replayed: true,
    conference: { title: 'lost' },
  })
  expect(countCreated('lost')).toBe(1)
  expect(countSent()).toBe(1)
})

test('does not recover operations of the other process at the start', async () => {
  const patient = { limits: { headersTimeout: 24_000, attemptTimeout: 24_000 } }
  const slow = await startProcess(configuration(patient))
  try {
    // Longer than the time after which a new process decides which processes are alive.
    trueconf.fault({ match: { method: 'POST', path: creating }, kind: 'delay', ms: 18_000, times: 1 })
    const running = create(slow, 'running')
    await vi.waitFor(() => expect(countSent()).toBe(1), { timeout: 10_000 })
    await other.restart()
    const waiting = create(other, 'running')
    expect(await running).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
    expect(await waiting).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
    expect(countCreated('running')).toBe(1)
  } finally {
    await slow.stop('SIGKILL')
  }
})

test('applies a rate limit that one process has reached to the other one', async () => {
  await Promise.all([readUsers(one, 'zoom'), readUsers(other, 'zoom')])
  zoom.fault({ match: { path: /\/users/ }, kind: 'status', status: 429, headers: { 'retry-after': '120' }, times: 1 })
  const limited = { data: null, errors: [{ extensions: { code: 'VENDOR_RATE_LIMITED' } }] }
  expect(await readUsers(one, 'zoom')).toMatchObject({ errors: limited.errors })
  const before = zoom.ledger.length
  await vi.waitFor(async () => {
    const { data } = await sendQuery(other, '{ accounts { key health { rateLimitedUntil } } }')
    expect(data.accounts[0].health.rateLimitedUntil).not.toBeNull()
  }, patient)
  expect(await readUsers(other, 'zoom')).toMatchObject({ errors: limited.errors })
  await other.restart()
  await vi.waitFor(
    async () => expect(await fetchText(other, '/metrics')).toMatch(/hold_seconds\{account="zoom"\} 1\d\d/),
    patient,
  )
  expect(await readUsers(other, 'zoom')).toMatchObject({ errors: limited.errors })
  expect(zoom.ledger).toHaveLength(before)
})

test('serves reads and sends no mutation without Redis, and recovers after Redis is back', async () => {
  expect(await create(one, 'before')).toMatchObject({ outcome: 'SUCCEEDED' })
  await redis.kill()
  for (const server of [one, other]) {
    expect(await readUsers(server, 'zoom')).toMatchObject({ data: { users: { sources: [{ status: 'OK' }] } } })
    expect(await create(server, 'meanwhile')).toMatchObject({
      outcome: 'NOT_SENT',
      problems: [{ code: 'STORE_UNAVAILABLE' }],
      operation: null,
    })
    expect(await fetchText(server, '/readyz')).toBe('200 ready\n')
    expect(await fetchText(server, '/metrics')).toMatch(/^parley_redis_up 0$/m)
  }
  expect(countSent()).toBe(1)
  await redis.start()
  for (const server of [one, other])
    await vi.waitFor(async () => expect(await fetchText(server, '/metrics')).toMatch(/^parley_redis_up 1$/m), patient)
  expect(await create(other, 'before')).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
  expect(await create(one, 'meanwhile')).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
  expect(countCreated('meanwhile')).toBe(1)
  const readRedisMessages = (): string[] =>
    one
      .stderr()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line).msg as string)
      .filter((message) => message.startsWith('redis'))
  // The server writes its log in batches.
  await vi.waitFor(() =>
    expect(readRedisMessages()).toEqual([
      'redis connected',
      'redis unavailable: mutations are rejected, and nothing is shared',
      'redis connected',
    ]),
  )
})

test('does not wait long for a Redis that hangs and releases the key of an operation that it stored late', async () => {
  await Promise.all([readUsers(one, 'zoom'), create(one, 'before')])
  redis.freeze()
  expect(await create(one, 'hung')).toMatchObject({ outcome: 'NOT_SENT', problems: [{ code: 'STORE_UNAVAILABLE' }] })
  expect(await readUsers(one, 'zoom')).toMatchObject({ data: { users: { sources: [{ status: 'OK' }] } } })
  redis.thaw()
  await vi.waitFor(async () => {
    expect(await create(one, 'hung')).toMatchObject({ outcome: 'SUCCEEDED', replayed: false })
  }, patient)
  expect(countCreated('hung')).toBe(1)
})

test('accepts cursors of the other process, even after all processes were restarted', async () => {
  const page = (server: ServerProcess, after: string | null) =>
    sendQuery(
      server,
      'query ($after: String) { users(first: 3, after: $after) { nodes { id } pageInfo { endCursor } } }',
      {
        after,
      },
    )
  const { data } = await page(one, null)
  const next = await page(other, data.users.pageInfo.endCursor)
  expect(next.errors).toBeUndefined()
  await Promise.all([one.restart(), other.restart()])
  expect(await page(one, data.users.pageInfo.endCursor)).toEqual(next)
})

test('writes no secret to the log or to Redis', async () => {
  await Promise.all([readUsers(one, 'zoom'), readUsers(other, 'trueconf'), create(one, 'secretive')])
  await redis.kill()
  await create(one, 'refused')
  await redis.start()
  const files = readdirSync(redis.folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(redis.folder, name))
    .filter((name) => statSync(name).isFile())
    .map((name) => readFileSync(name, 'latin1'))
  expect(files.join()).toContain('parley:token:')
  const text = [...files, one.stderr(), other.stderr()].join('\n')
  const secrets = [zoom.clientSecret, trueconf.clientSecret, ...trueconf.data.tokens.keys()]
  expect(secrets.length).toBeGreaterThan(2)
  for (const secret of secrets) expect(text).not.toContain(secret)
  expect(`${one.stderr()}${other.stderr()}`).not.toContain(password)
})

test('downloads a recording with the link of another process, also after it was killed', async () => {
  const [session] = [...zoom.data.meetings.values()].find(({ past }) => past.length > 0)!.past
  const file = createRecordingFile('video', session!, { size: 100_000 })
  session!.recordings.splice(0, Infinity, file)
  const query =
    '{ recordings(first: 100, filter: { accounts: ["zoom"], startedFrom: "2020-01-01T00:00:00Z" }) { nodes { vendorId downloadUrl } } }'
  const { data } = await sendQuery(one, query)
  const { downloadUrl } = data.recordings.nodes.find(({ vendorId }: { vendorId: string }) => vendorId === file.id)
  const { pathname } = new URL(downloadUrl as string)
  const download = async ({ url }: ServerProcess) => (await (await fetch(url + pathname)).arrayBuffer()).byteLength
  expect(await download(other)).toBe(file.size)
  await one.restart()
  expect(await download(one)).toBe(file.size)
})

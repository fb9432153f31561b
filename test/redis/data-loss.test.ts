import { rmSync } from 'node:fs'
import { join as joinPath } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { openSharedState, type SharedState } from '../../src/redis/index.ts'
import type { RedisConnection } from '../../src/redis/connection.ts'
import { start as startTrueConf, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { openInspector, startRedis, type RedisServer } from './redis-server.ts'

const patient = { timeout: 40_000, interval: 50 }
const creating = /\/conferences$/

let redis: RedisServer
let zoom: ZoomSandbox
let trueconf: TrueConfSandbox
let servers: ServerProcess[]

beforeEach(async () => {
  redis = await startRedis()
  zoom = await startZoom({ seed: { active: 20, inactive: 0, pending: 0 } })
  trueconf = await startTrueConf({ users: 20, conferences: 5, running: 1 })
  servers = []
})
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop('SIGKILL')))
  await Promise.all([zoom.close(), trueconf.close(), redis.stop()])
})

async function join(): Promise<ServerProcess> {
  const accounts = { zoom: zoom.account, trueconf: trueconf.account }
  const server = await startProcess({ accounts, redis: redis.url })
  servers.push(server)
  return server
}

async function connect(): Promise<RedisConnection> {
  const connection = await openInspector(redis)
  onTestFinished(() => connection.close())
  return connection
}

/** Ways in which Redis loses its data. */
const losses: Record<string, () => Promise<void>> = {
  FLUSHALL: async () => void (await (await connect()).sendCommand('FLUSHALL')),
  'a restart without its files': async () => {
    await redis.kill()
    rmSync(joinPath(redis.folder, 'appendonlydir'), { recursive: true })
    await redis.start()
  },
  /** The state after a process has started before the others are connected again. */
  'another secret': async () => {
    const script = `redis.call('FLUSHALL') redis.call('SET', 'parley:cursor-secret', ARGV[1])`
    await (await connect()).evalScript(script, [], ['n'.repeat(43)])
  },
}

async function sendQuery({ graphqlUrl: url }: ServerProcess, query: string, variables: object = {}): Promise<any> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  return response.json()
}

const readPage = (server: ServerProcess, after: string | null = null): Promise<any> =>
  sendQuery(
    server,
    `query ($after: String) { users(first: 3, after: $after, filter: { accounts: ["zoom"] }) {
      nodes { id } pageInfo { endCursor } } }`,
    { after },
  )

async function create(server: ServerProcess, idempotencyKey: string): Promise<any> {
  const query = `mutation ($input: CreateConferenceInput!) { createConference(input: $input) {
    outcome replayed problems { code } operation { id } conference { title } } }`
  const input = { account: 'trueconf', title: idempotencyKey, owner: { vendorId: 'helen' }, idempotencyKey }
  return (await sendQuery(server, query, { input })).data.createConference
}

const countTokens = (): number => zoom.ledger.filter(({ path }) => path === '/oauth/token').length
const countCreated = (title: string): number =>
  trueconf.effects.filter(({ kind, detail }) => kind === 'createConference' && (detail as any).topic === title).length

describe.each(Object.entries(losses))('after %s', (_name, lose) => {
  test('shares cursors, idempotency keys, and tokens among all processes, including new ones', async () => {
    const [one, other] = await Promise.all([join(), join()])
    const cursors: string[] = []
    for (const server of [one, other]) cursors.push((await readPage(server)).data.users.pageInfo.endCursor)
    expect(countTokens()).toBe(1)
    await lose()
    const third = await join()
    await vi.waitFor(async () => expect(await create(third, 'probe')).toMatchObject({ outcome: 'SUCCEEDED' }), patient)

    for (const server of [one, other, third]) {
      const title = `of-${servers.indexOf(server)}`
      await vi.waitFor(async () => expect(await create(server, title)).toMatchObject({ outcome: 'SUCCEEDED' }), patient)
      cursors.push((await readPage(server)).data.users.pageInfo.endCursor)
    }
    const { nodes } = (await readPage(one, cursors[0])).data.users
    for (const server of [one, other, third]) {
      // A process accepts the secrets of the others within 2 s.
      for (const cursor of cursors)
        await vi.waitFor(async () => expect((await readPage(server, cursor)).data.users?.nodes).toEqual(nodes), patient)
      for (const title of ['of-0', 'of-1', 'of-2'])
        expect(await create(server, title)).toMatchObject({ outcome: 'SUCCEEDED', replayed: true, problems: [] })
    }
    for (const title of ['of-0', 'of-1', 'of-2']) expect(countCreated(title)).toBe(1)
    // The new process could not get the token of the others.
    expect(countTokens()).toBe(2)
    zoom.revokeTokens()
    const readAll = [one, other, third].flatMap((server) => Array.from({ length: 10 }, () => readPage(server)))
    for (const page of await Promise.all(readAll)) expect(page.errors).toBeUndefined()
    expect(countTokens()).toBe(3)
    for (const server of [one, other])
      await vi.waitFor(() => expect(server.stderr()).toContain('"msg":"redis lost its data"'), patient)
    expect(third.stderr()).not.toContain('redis lost its data')
  })
})

test('records a mutation again that was in progress when Redis lost its data', async () => {
  const [one, other] = await Promise.all([join(), join()])
  trueconf.fault({ match: { method: 'POST', path: creating }, kind: 'delay', ms: 1_000, times: 1 })
  const running = create(one, 'running')
  await vi.waitFor(() => expect(trueconf.ledger.some(({ path }) => creating.test(path))).toBe(true), patient)
  await losses['FLUSHALL']!()
  const { outcome, operation } = await running
  expect(outcome).toBe('SUCCEEDED')
  expect(await create(other, 'running')).toMatchObject({ outcome: 'SUCCEEDED', replayed: true, operation })
  expect(countCreated('running')).toBe(1)
})

test('restores the cooldowns that Redis has lost for new processes', async () => {
  const one = await join()
  await readPage(one)
  zoom.fault({ match: { path: /\/users/ }, kind: 'status', status: 429, headers: { 'retry-after': '120' }, times: 1 })
  const limited = { errors: [{ extensions: { code: 'VENDOR_RATE_LIMITED' } }] }
  expect(await readPage(one)).toMatchObject(limited)
  await losses['FLUSHALL']!()
  const joined = await join()
  await vi.waitFor(async () => {
    const { data } = await sendQuery(joined, '{ accounts { key health { rateLimitedUntil } } }')
    expect(data.accounts[0].health.rateLimitedUntil).not.toBeNull()
  }, patient)
  const before = zoom.ledger.filter(({ path }) => path.includes('/users')).length
  expect(await readPage(joined)).toMatchObject(limited)
  expect(zoom.ledger.filter(({ path }) => path.includes('/users'))).toHaveLength(before)
})

describe('secrets', () => {
  async function open(): Promise<SharedState> {
    const sharing = await openSharedState({ url: redis.url, cursorSecret: null, onChange: () => {} })
    onTestFinished(() => sharing.close())
    return sharing
  }
  const sorted = ({ secrets }: SharedState) => secrets.all.toSorted()

  test('stay the same if Redis loses its data and no process starts', async () => {
    const [one, other] = [await open(), await open()]
    const { current } = one.secrets
    const inspector = await connect()
    for (let loss = 0; loss < 3; loss++) {
      await inspector.sendCommand('FLUSHALL')
      const stored = async () => String(await inspector.sendCommand('GET', 'parley:cursor-secret'))
      await vi.waitFor(async () => expect(await stored()).toBe(current), patient)
    }
    for (const { secrets } of [one, other]) expect(secrets.all).toEqual([current])
  })

  test('are shared by all processes after several losses, each with a new secret', async () => {
    const [one, other] = [await open(), await open()]
    const made = [one.secrets.current]
    const inspector = await connect()
    for (const letter of ['a', 'b', 'c']) {
      const secret = letter.repeat(43)
      made.push(secret)
      await inspector.evalScript(
        `redis.call('FLUSHALL') redis.call('SET', 'parley:cursor-secret', ARGV[1])`,
        [],
        [secret],
      )
      await vi.waitFor(() => {
        for (const sharing of [one, other]) expect(sorted(sharing)).toEqual(made.toSorted())
      }, patient)
      for (const { secrets } of [one, other]) expect(secrets.current).toBe(secret)
    }
    expect(sorted(await open())).toEqual(made.toSorted())
  })

  test('are limited in number', async () => {
    const one = await open()
    const inspector = await connect()
    const earlier = Array.from({ length: 100 }, (_, index) => String(index).padStart(43, 'x')).join(' ')
    await inspector.sendCommand('SET', 'parley:earlier-cursor-secrets', `${earlier} short ${'y'.repeat(44)}`)
    await vi.waitFor(() => expect(one.secrets.all).toHaveLength(16), patient)
    expect((await open()).secrets.all).toHaveLength(16)
  })
})

test('does not treat a process as stopped after Redis has lost its data', async () => {
  const open = () => openSharedState({ url: redis.url, cursorSecret: null, onChange: () => {} })
  const [one, other] = [await open(), await open()]
  onTestFinished(() => [one, other].forEach((sharing) => sharing.close()))
  const ids = new Set([one.processRegistry.id, other.processRegistry.id])
  await vi.waitFor(async () => expect(await one.processRegistry.listAlive()).toEqual(ids), patient)
  await (await connect()).sendCommand('FLUSHALL')
  await vi.waitFor(async () => {
    await expect(one.processRegistry.listAlive()).rejects.toMatchObject({
      cause: { message: 'other processes have not sent a heartbeat yet' },
    })
  }, patient)
  await vi.waitFor(async () => expect(await one.processRegistry.listAlive()).toEqual(ids), patient)
})

import { rmSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { startSandbox, type TrueConfSandbox } from '../../src/sandboxes/index.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { createDataFolder } from './open.ts'

/** `KILL_ROUNDS` sets the number of rounds. Each round then has more mutations. */
const configuredRounds = process.env['KILL_ROUNDS']
const mutationsBeforeKill = configuredRounds === undefined ? 40 : 1_000
/** Number of groups that run at once, each with its own servers and vendor. While the servers of one start, the other one works. */
const groups = 2
const clients = 20

interface Group {
  sandbox: TrueConfSandbox
  /** Data directory of all servers of the group. */
  data: string
}

async function open(): Promise<Group> {
  const data = createDataFolder()
  const sandbox = await startSandbox('trueconf')
  onTestFinished(async () => {
    await sandbox.close()
    rmSync(data, { recursive: true, force: true })
  })
  return { sandbox, data }
}

async function start({ sandbox, data }: Group): Promise<ServerProcess> {
  const server = await startProcess({ accounts: { trueconf: sandbox.account }, data })
  onTestFinished(() => server.dispose())
  return server
}

const query = `mutation ($input: CreateConferenceInput!) {
  createConference(input: $input) { outcome replayed problems { code message } operation { id } }
}`

interface Payload {
  outcome: string
  problems: { code: string }[]
}

async function create(url: string, title: string): Promise<Payload> {
  const input = { account: 'trueconf', title, owner: { vendorId: 'helen' }, idempotencyKey: title }
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ query, variables: { input } })
  const response = await fetch(url, { method: 'POST', headers, body })
  const text = await response.text()
  expect(text).not.toContain('INTERNAL')
  return (JSON.parse(text) as { data: { createConference: Payload } }).data.createConference
}

const countCreated = ({ sandbox }: Group, title: string): number =>
  sandbox.effects.filter(({ kind, detail }) => kind === 'createConference' && (detail as any).topic === title).length

/** Waits until the vendor has received this number of further requests. */
function waitForRequests({ sandbox }: Group, count: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const push = sandbox.ledger.push.bind(sandbox.ledger)
  let left = count
  sandbox.ledger.push = (...entries) => {
    if (--left === 0) resolve()
    return push(...entries)
  }
  return promise
}

/** Calls `work` with each item, for as many items at once as there are clients. */
async function runForEach<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const remaining = items.values()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (const item of remaining) await work(item)
    }),
  )
}

const selectRandom = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)]!

/** Kills some of the servers at a random time, starts as many again, and repeats every mutation. */
async function runRound(group: Group, servers: readonly ServerProcess[], name: string) {
  const sent: string[] = []
  const reported = new Map<string, string>()
  const requestsReceived = waitForRequests(group, 5 + Math.floor(Math.random() * mutationsBeforeKill))
  const killed = new AbortController()
  const work = runForEach(
    Array.from({ length: 5 * mutationsBeforeKill }, (_, number) => `${name}-${number}`),
    async (title) => {
      if (killed.signal.aborted) return
      sent.push(title)
      await create(selectRandom(servers).graphqlUrl, title).then(
        ({ outcome }) => reported.set(title, outcome),
        (error: unknown) => expect(error, title).toBeInstanceOf(TypeError),
      )
    },
  )
  await requestsReceived
  killed.abort()
  const victims = Math.random() < 0.5 ? servers : [selectRandom(servers)]
  await Promise.all(victims.map((server) => server.dispose()))
  await work
  const survivors = servers.filter((server) => !victims.includes(server))
  const next = [...survivors, ...(await Promise.all(victims.map(() => start(group))))]
  await runForEach(sent, async (title) => {
    const { outcome, problems } = await create(selectRandom(next).graphqlUrl, title)
    const count = countCreated(group, title)
    const description = `${title}: ${outcome} ${JSON.stringify(problems)}`
    expect(count, description).toBeLessThanOrEqual(1)
    if (reported.get(title) === 'SUCCEEDED') expect(outcome, description).toBe('SUCCEEDED')
    expect(outcome === 'UNKNOWN' || (outcome === 'SUCCEEDED' && count === 1), description).toBe(true)
  })
  for (const { stderr } of [...servers, ...next]) expect(stderr()).not.toMatch(/"level":(50|60)/)
  return { next, sent: sent.length }
}

test.each([
  ['one server', 1, 20],
  // Fewer rounds, because the other server recovers the operations of a killed one only within 5 s.
  ['two servers with one data directory', 2, 4],
])(
  'executes no mutation twice, loses no reported result, and reports no internal error if killed at any time: %s',
  async (label, count, defaultRounds) => {
    const rounds = Number(configuredRounds ?? defaultRounds)
    let left = rounds
    let mutations = 0
    await Promise.all(
      Array.from({ length: groups }, async (_, number) => {
        const opened = await open()
        // All servers start at once, with an empty folder.
        let servers = await Promise.all(Array.from({ length: count }, () => start(opened)))
        while (left-- > 0) {
          const { next, sent } = await runRound(opened, servers, `${number}-${left}`)
          mutations += sent
          servers = next
        }
        await Promise.all(servers.map((server) => server.dispose()))
      }),
    )
    console.info(`${label}: ${rounds} rounds, ${mutations} mutations`)
  },
  430_000 + Number(configuredRounds ?? 0) * 20_000,
)

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { stringify } from 'yaml'
import { environment } from '../support/environment.ts'
import { dataFolder } from './open.ts'
import { startSandbox, type TrueConfSandbox } from '../../src/sandboxes/index.ts'

/** `KILL_ROUNDS`: so many rounds instead of the usual number, each among more mutations. */
const roundsByHand = process.env['KILL_ROUNDS']
const among = roundsByHand === undefined ? 40 : 1_000
/** Each with servers and a vendor of its own: while one starts, the other works. */
const lanes = 2
const clients = 20

const main = fileURLToPath(new URL('../../bin/parley.js', import.meta.url))

interface Server {
  child: ChildProcess
  url: string
  log(): string
}

interface Lane {
  sandbox: TrueConfSandbox
  folder: string
  configuration: string
}

async function open(): Promise<Lane> {
  const folder = dataFolder()
  const configuration = join(folder, 'parley.config.yaml')
  const sandbox = await startSandbox('trueconf')
  writeFileSync(configuration, stringify({ accounts: { trueconf: sandbox.account }, data: './data' }))
  onTestFinished(async () => {
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { sandbox, folder, configuration }
}

async function start({ configuration }: Lane): Promise<Server> {
  const env = { ...environment, PORT: '0' }
  const child = spawn(process.execPath, [main, 'serve', '--config', configuration], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let log = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (log += text))
  let said = ''
  for await (const text of child.stdout!.setEncoding('utf8')) {
    said += text as string
    const url = /https?:\S+\/graphql/.exec(said)?.[0]
    if (url !== undefined) return { child, url, log: () => log }
  }
  throw new Error(`The server did not start: ${log}`)
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
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

const made = ({ sandbox }: Lane, title: string): number =>
  sandbox.effects.filter(({ kind, detail }) => kind === 'createConference' && (detail as any).topic === title).length

/** Resolves when the vendor has been sent so many requests more. */
function requests({ sandbox }: Lane, count: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const push = sandbox.ledger.push.bind(sandbox.ledger)
  let left = count
  sandbox.ledger.push = (...entries) => {
    if (--left === 0) resolve()
    return push(...entries)
  }
  return promise
}

/** Calls `work` with each of them, as many at once as there are clients. */
async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (const item of left) await work(item)
    }),
  )
}

const pick = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)]!

/** Kills some of the servers somewhere in their work, starts as many again, and lets every client repeat. */
async function round(lane: Lane, servers: readonly Server[], name: string) {
  const sent: string[] = []
  const answers = new Map<string, string>()
  const enough = requests(lane, 5 + Math.floor(Math.random() * among))
  const killed = new AbortController()
  const work = eachOf(
    Array.from({ length: 5 * among }, (_, number) => `${name}-${number}`),
    async (title) => {
      if (killed.signal.aborted) return
      sent.push(title)
      await create(pick(servers).url, title).then(
        ({ outcome }) => answers.set(title, outcome),
        (error: unknown) => expect(error, title).toBeInstanceOf(TypeError),
      )
    },
  )
  await enough
  killed.abort()
  const victims = Math.random() < 0.5 ? servers : [pick(servers)]
  await Promise.all(victims.map(({ child }) => kill(child)))
  await work
  const survivors = servers.filter((server) => !victims.includes(server))
  const next = [...survivors, ...(await Promise.all(victims.map(() => start(lane))))]
  await eachOf(sent, async (title) => {
    const { outcome, problems } = await create(pick(next).url, title)
    const count = made(lane, title)
    const what = `${title}: ${outcome} ${JSON.stringify(problems)}`
    expect(count, what).toBeLessThanOrEqual(1)
    if (answers.get(title) === 'SUCCEEDED') expect(outcome, what).toBe('SUCCEEDED')
    expect(outcome === 'UNKNOWN' || (outcome === 'SUCCEEDED' && count === 1), what).toBe(true)
  })
  for (const { log } of [...servers, ...next]) expect(log()).not.toMatch(/"level":(50|60)/)
  return { next, sent: sent.length }
}

test.each([
  ['one server', 1, 20],
  // Fewer: what a killed one was at is taken up by the other within 5 s.
  ['two servers over one data folder', 2, 4],
])(
  '%s: executes no mutation twice, loses no reported result, and reports no internal error if killed at any time',
  async (what, count, usualRounds) => {
    const rounds = Number(roundsByHand ?? usualRounds)
    let left = rounds
    let mutations = 0
    await Promise.all(
      Array.from({ length: lanes }, async (_, lane) => {
        const opened = await open()
        // At once, over an empty folder.
        let servers = await Promise.all(Array.from({ length: count }, () => start(opened)))
        while (left-- > 0) {
          const { next, sent } = await round(opened, servers, `${lane}-${left}`)
          mutations += sent
          servers = next
        }
        await Promise.all(servers.map(({ child }) => kill(child)))
      }),
    )
    console.info(`${what}: ${rounds} rounds, ${mutations} mutations`)
  },
  430_000 + Number(roundsByHand ?? 0) * 20_000,
)

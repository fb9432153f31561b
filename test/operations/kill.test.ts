import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { stringify } from 'yaml'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { dataFolder } from './open.ts'

/** By the variable as many as are wanted, each among more; a plain run tries twenty, a few hundred mutations in all. */
const byHand = process.env['KILL_ROUNDS']
const rounds = Number(byHand ?? 20)
const among = byHand === undefined ? 40 : 1_000
/** Each with a server and a vendor of its own: while one starts, the other works. */
const lanes = 2
const clients = 20

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

interface Lane {
  sandbox: Awaited<ReturnType<typeof trueconf.sandbox>>
  folder: string
  configuration: string
}

async function open(): Promise<Lane> {
  const folder = dataFolder()
  const configuration = join(folder, 'parley.config.yaml')
  const sandbox = await trueconf.sandbox({})
  writeFileSync(configuration, stringify({ accounts: { trueconf: sandbox.account }, data: './data' }))
  onTestFinished(async () => {
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { sandbox, folder, configuration }
}

async function start({ configuration }: Lane): Promise<{ child: ChildProcess; url: string }> {
  const env = { PATH: process.env['PATH'], PORT: '0' }
  const child = spawn(process.execPath, [main, 'serve', '--config', configuration], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  for await (const text of child.stdout!.setEncoding('utf8')) {
    said += text as string
    const url = /https?:\S+\/graphql/.exec(said)?.[0]
    if (url !== undefined) return { child, url }
  }
  throw new Error('The server did not start.')
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

const query = `mutation ($input: CreateConferenceInput!) {
  createConference(input: $input) { outcome replayed operation { id } }
}`

async function create(url: string, title: string): Promise<{ outcome: string }> {
  const input = { account: 'trueconf', title, owner: { vendorId: 'helen' }, idempotencyKey: title }
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ query, variables: { input } })
  const response = await fetch(url, { method: 'POST', headers, body })
  const { data } = (await response.json()) as { data: { createConference: { outcome: string } } }
  return data.createConference
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

/** Kills a server somewhere in its work, starts it again and lets every client repeat; gives the server that goes on. */
async function round(lane: Lane, { child, url }: Awaited<ReturnType<typeof start>>, name: string) {
  const sent: string[] = []
  const answers = new Map<string, string>()
  const enough = requests(lane, 5 + Math.floor(Math.random() * among))
  const killed = new AbortController()
  const work = eachOf(
    Array.from({ length: 5 * among }, (_, number) => `${name}-${number}`),
    async (title) => {
      if (killed.signal.aborted) return
      sent.push(title)
      await create(url, title).then(
        ({ outcome }) => answers.set(title, outcome),
        () => {},
      )
    },
  )
  await enough
  killed.abort()
  await kill(child)
  await work
  const next = await start(lane)
  await eachOf(sent, async (title) => {
    const { outcome } = await create(next.url, title)
    const count = made(lane, title)
    expect(count, title).toBeLessThanOrEqual(1)
    if (answers.get(title) === 'SUCCEEDED') expect(outcome, title).toBe('SUCCEEDED')
    expect(outcome === 'UNKNOWN' || (outcome === 'SUCCEEDED' && count === 1), `${title}: ${outcome}`).toBe(true)
  })
  return { ...next, sent: sent.length }
}

test(
  `D5 killed at any instant, nothing is done twice and nothing answered is forgotten (${rounds} rounds)`,
  async () => {
    let left = rounds
    let mutations = 0
    await Promise.all(
      Array.from({ length: lanes }, async (_, lane) => {
        const opened = await open()
        let server = await start(opened)
        while (left-- > 0) {
          const next = await round(opened, server, `${lane}-${left}`)
          mutations += next.sent
          server = next
        }
        await kill(server.child)
      }),
    )
    console.info(`${rounds} rounds, ${mutations} mutations`)
  },
  30_000 + rounds * 20_000,
)

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { dataFolder } from './open.ts'

/** More by the variable; each round starts the server twice. */
const rounds = Number(process.env['KILL_ROUNDS'] ?? 2)
const clients = 20

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const folder = dataFolder()
const sandbox = await trueconf.sandbox({})
const file = join(folder, 'parley.config.yaml')
writeFileSync(file, stringify({ accounts: { trueconf: sandbox.account }, data: './data' }))
afterAll(async () => {
  await sandbox.close()
  rmSync(folder, { recursive: true, force: true })
})

async function start(): Promise<{ child: ChildProcess; url: string }> {
  const env = { PATH: process.env['PATH'], PORT: '0' }
  const child = spawn(process.execPath, [main, 'serve', '--config', file], { env, stdio: ['ignore', 'pipe', 'ignore'] })
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

const made = (title: string): number =>
  sandbox.effects.filter(({ kind, detail }) => kind === 'createConference' && (detail as any).topic === title).length

/** Resolves when the vendor has been sent so many requests more. */
function requests(count: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const push = sandbox.ledger.push.bind(sandbox.ledger)
  let left = count
  sandbox.ledger.push = (...entries) => {
    if (--left === 0) resolve()
    return push(...entries)
  }
  return promise
}

test(
  `killed at any instant, nothing is done twice and nothing answered is forgotten (${rounds} rounds)`,
  async () => {
    let next = await start()
    for (let round = 0; round < rounds; round += 1) {
      const { child, url } = next
      const titles: string[] = []
      const answers = new Map<string, string>()
      // Anywhere between the first requests and well into the work.
      const enough = requests(5 + Math.floor(Math.random() * 100))
      const killed = new AbortController()
      const work = Array.from({ length: clients }, async (_, client) => {
        for (let number = 0; !killed.signal.aborted; number += 1) {
          const title = `${round}-${client}-${number}`
          titles.push(title)
          await create(url, title).then(
            ({ outcome }) => answers.set(title, outcome),
            () => {},
          )
        }
      })
      await enough
      killed.abort()
      await kill(child)
      await Promise.all(work)
      next = await start()
      for (const title of titles) {
        const { outcome } = await create(next.url, title)
        expect(made(title), title).toBeLessThanOrEqual(1)
        if (answers.get(title) === 'SUCCEEDED') expect(outcome, title).toBe('SUCCEEDED')
        expect(outcome === 'UNKNOWN' || (outcome === 'SUCCEEDED' && made(title) === 1), `${title}: ${outcome}`).toBe(
          true,
        )
      }
    }
    await kill(next.child)
  },
  30_000 + rounds * 10_000,
)

import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { startCommand } from '../cli/run.ts'
import '../support/patience.ts'
import { openSandboxServer, type SandboxServer } from '../support/sandbox-server.ts'
import { blocksOf } from './blocks.ts'

const page = 'docs/events.md'
const has = (command: string): boolean => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0

let server: SandboxServer
let folder: string

beforeAll(async () => {
  server = await openSandboxServer()
  folder = await mkdtemp(join(tmpdir(), 'parley-events-'))
  mkdirSync(join(folder, 'bin'))
  const command = (name: string, text: string) =>
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\nexec '${process.execPath}' ${text} "$@"\n`, { mode: 0o755 })
  command('parley', `'${resolve('bin/parley.js')}'`)
  // The only use of jq on the page, for machines that do not have it.
  command('jq', `--eval 'console.log(JSON.parse(require("fs").readFileSync(0, "utf8")).event.conference.title)' --`)
})
afterAll(async () => {
  await server?.close()
  await rm(folder, { recursive: true })
})

/** Starts the program of the page, with another URL. Returns its output so far. */
function startBlock(command: string, args: string[], text: string) {
  const env = { PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, PARLEY_URL: server.graphqlUrl }
  const input = text.replaceAll('http://127.0.0.1:4000/graphql', server.graphqlUrl)
  const { child, ended } = startCommand(command, args, { env, input })
  onTestFinished(() => void child.kill('SIGKILL'))
  const printed = { text: '' }
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (part: Buffer) => (printed.text += part.toString()))
  return { printed, ended }
}

async function execute(query: string): Promise<any> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(server.graphqlUrl, { method: 'POST', headers, body: JSON.stringify({ query }) })
  return ((await response.json()) as { data: unknown }).data
}

async function runConference(title: string): Promise<void> {
  const { createConference } = await execute(`mutation { createConference(input: {
    account: "trueconf", title: "${title}", owner: { vendorId: "helen" }, schedule: { permanent: true }
  }) { conference { id } } }`)
  await execute(`mutation { runConference(input: { conferenceId: "${createConference.conference.id}" }) { outcome } }`)
}

describe(page, () => {
  test('has a command that prints the title of the next conference', async () => {
    const [text] = blocksOf(page, 'sh')
    const { printed, ended } = startBlock('bash', ['--norc', '-eo', 'pipefail', '-s'], text!)
    await vi.waitFor(() => expect(printed.text).toContain('trueconf: watched by polling'))
    await runConference('Standup')
    expect(await ended).toMatchObject({ code: 0, stdout: 'Standup\n' })
  })

  test.runIf(has('curl'))('has a request that opens a stream', async () => {
    const [text] = blocksOf(page, 'bash')
    const { printed } = startBlock('bash', ['--norc', '-s'], text!)
    await vi.waitFor(() => expect(printed.text).toContain('event: next\ndata: {"data":{"conferenceEvents":{"cursor":"'))
  })

  test('has a program that prints events', async () => {
    const [text] = blocksOf(page, 'ts')
    const source = text!.replace('@parley-graphql/server/client', resolve('src/client/index.ts'))
    const { printed } = startBlock(process.execPath, ['--input-type=module-typescript', '-'], source)
    await vi.waitFor(async () => {
      await runConference('Review')
      expect(printed.text).toContain('STARTED Review\n')
    })
  })
})

import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { startSandboxes, type Sandboxes } from '../../src/sandboxes/index.ts'
import { linesOf, startCommand } from '../cli/run.ts'
import { buildImage, placed, type Image } from './image.ts'

let base: string
let image: Image
let sandboxes: Sandboxes
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'parley-image-'))
  ;[image, sandboxes] = await Promise.all([buildImage(base), startSandboxes(0)])
}, 300_000)
afterAll(async () => {
  await sandboxes?.close()
  await rm(base, { recursive: true })
})

/** Runs the image as `docker run` does: with its own command, or with other arguments of its entry point. */
function start(env: Record<string, string>, ...args: string[]) {
  const [command, ...own] = image.command.map((word) => placed(image, word))
  expect(command).toBe('node')
  const given = args.length > 0 ? [...own.slice(0, -1), ...args] : own
  return startCommand(process.execPath, given, {
    env: { ...image.env, PORT: '0', PARLEY_SANDBOX_PORT: '0', ...env },
    cwd: join(image.folder, image.workdir),
  })
}

test('does not start on a public address without authentication', async () => {
  const { code, stdout, stderr } = await start({}).ended
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/clients.*jwt/s)
})

test('is healthy, serves its caller, and stops on a signal', async () => {
  const key = 'the-key-of-the-caller'
  const apiKeySha256 = createHash('sha256').update(key).digest('hex')
  const configuration = {
    accounts: sandboxes.accounts,
    clients: [{ name: 'test', apiKeySha256, scopes: ['read'] }],
    data: placed(image, '/data'),
  }
  const file = join(image.folder, 'parley.config.yaml')
  writeFileSync(file, stringify(configuration))
  const checked = await start({ PARLEY_CONFIG: file }, 'check').ended
  expect(checked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^data: ok$/m) })
  expect(checked.stderr).toMatch(/^Sending requests to:\n(  \w+: http.*\n){3}$/)

  const { child, ended } = start({ PARLEY_CONFIG: file })
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout!.on('data', (said) => resolve(/:(\d+)\/graphql/.exec(String(said))![1]!))
    child.once('exit', () => reject(new Error('It ended.')))
  })
  const [, ...health] = image.healthcheck
  expect(await startCommand(process.execPath, health, { env: { PORT: port } }).ended).toMatchObject({ code: 0 })
  const sendQuery = (authorization: string) =>
    fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query: '{ users(first: 3) { nodes { email } sources { status } } }' }),
    })
  expect(await sendQuery('Bearer another')).toMatchObject({ status: 401 })
  const { data } = (await (await sendQuery(`Bearer ${key}`)).json()) as { data: { users: { nodes: object[] } } }
  expect(data.users.nodes).toHaveLength(3)
  child.kill('SIGTERM')
  const { code, stderr } = await ended
  expect(code).toBe(0)
  for (const line of linesOf(stderr)) expect(JSON.parse(line)).toHaveProperty('level')
  expect(await startCommand(process.execPath, health, { env: { PORT: port } }).ended).toMatchObject({ code: 1 })
})

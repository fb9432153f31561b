import { spawnSync } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { startCommand } from '../cli/run.ts'
import { ServerProcess } from '../support/server.ts'
import { blocksOf } from './blocks.ts'

const page = 'docs/trusted-documents.md'
const indent = /^ {3}/gm
const [create = '', ...requests] = blocksOf(page, 'sh').map((text) => text.replaceAll(indent, ''))
const [settings = ''] = blocksOf(page, 'yaml')

let sandbox: ZoomSandbox
let server: ServerProcess

beforeAll(async () => {
  sandbox = await startZoom({ seed: { active: 10, inactive: 0, pending: 0 } })
  server = new ServerProcess(await mkdtemp(join(tmpdir(), 'parley-docs-')), {})
})
afterAll(async () => {
  await server?.dispose()
  await sandbox?.close()
})

const run = async (text: string): Promise<string> => {
  const input = text.replaceAll('http://127.0.0.1:4000', server.url)
  const env = { PATH: process.env['PATH'] ?? '' }
  const { code, stdout, stderr } = await startCommand('bash', ['-euo', 'pipefail', '-s'], {
    cwd: server.folder,
    env,
    input,
  }).ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

test.runIf(spawnSync('curl', ['--version']).status === 0)(
  'docs/trusted-documents.md has commands with the results that it describes',
  async () => {
    await run(create)
    await server.configure({ accounts: { zoom: sandbox.account }, ...(parse(settings) as object) })
    await server.start()
    const [trusted, other] = await Promise.all(requests.slice(0, 2).map(run))
    expect((JSON.parse(trusted!) as { data: any }).data.users.nodes).toHaveLength(3)
    expect(JSON.parse(other!)).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' } }] })
  },
)

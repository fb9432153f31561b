import { composeServices } from '@apollo/composition'
import { parse, type DocumentNode } from 'graphql'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { startCommand } from '../cli/run.ts'
import { isInstalled } from '../federation/gateways/programs.ts'
import { startScript } from '../federation/gateways/start-script.ts'
import { readSdl } from '../federation/read-sdl.ts'
import { findFreePort } from '../support/free-port.ts'
import { blocksOf } from './blocks.ts'

const page = 'docs/federation.md'
const indent = /^ {3}/gm
const blocks = blocksOf(page, 'sh').map((text) => text.replaceAll(indent, ''))
const disposals: (() => unknown)[] = []

afterEach(async () => {
  for (const dispose of disposals.splice(0).toReversed()) await dispose()
})

/** Creates a folder in which the commands of the page run as in a checkout. */
async function createCheckout(): Promise<{ folder: string; env: Record<string, string> }> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-docs-'))
  disposals.push(() => rm(folder, { recursive: true }))
  symlinkSync(resolve('examples'), join(folder, 'examples'))
  const commands = join(folder, 'bin')
  mkdirSync(commands)
  const addCommand = (name: string, text: string): void =>
    writeFileSync(join(commands, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  addCommand('node', `exec '${process.execPath}' "$@"`)
  addCommand('parley', `exec node '${resolve('bin/parley.js')}' "$@"`)
  addCommand('npx', 'exec "$@"')
  // The packages are installed.
  addCommand(
    'npm',
    `case "$*" in 'run -s sandbox') exec parley sandbox ;; 'ci --prefix examples/federation') ;; *) exit 1 ;; esac`,
  )
  return { folder, env: { PATH: `${commands}:${process.env['PATH']}`, PARLEY_SANDBOX_PORT: '0' } }
}

test.skipIf(!isInstalled)('docs/federation.md has commands with the results that it describes', async () => {
  const { folder, env } = await createCheckout()
  const [sandbox, serve, employees, compose, hive, ...others] = blocks
  const ports = new Map<string, string>()
  const replacePorts = (text: string): string =>
    text.replaceAll(/http:\/\/127\.0\.0\.1:(\d+)/g, (url, port: string) => ports.get(port) ?? url)
  const run = async (text: string): Promise<string> => {
    const args = ['--norc', '-eo', 'pipefail', '-c', replacePorts(text)]
    const { code, stdout, stderr } = await startCommand('bash', args, { env, cwd: folder }).ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    return stdout
  }
  /** Starts the server in the last command of a block. @param port Its port on the page. */
  const start = async (text: string, port: string): Promise<void> => {
    const command = replacePorts(text)
      .replace(/^npx (?=[^\n]*\n$)/m, 'exec npx ')
      .replace('PORT=4101 npx', 'exec npx')
    const free = String(await findFreePort())
    const script = await startScript(
      ['bash', '--norc', '-eo', 'pipefail', '-c', command],
      { ...env, PORT: free },
      folder,
    )
    disposals.push(script.stop)
    ports.set(port, script.url)
  }

  const { child, ended } = startCommand('bash', ['--norc', '-c', `exec ${sandbox!}`], { env, cwd: folder })
  disposals.push(() => child.kill('SIGKILL') && ended)
  await vi.waitFor(() => expect(readFileSync(join(folder, 'sandbox.json'), 'utf8')).toMatch(/\n$/))
  await start(serve!, '4000')
  await start(employees!, '4001')
  await run(compose!)
  await start(hive!, '4100')

  const [query, opposite, apollo] = others
  const [response] = blocksOf(page, 'json')
  expect(JSON.parse(await run(query!))).toEqual(JSON.parse(response!))
  const users = { nodes: [{ email: 'ada.0@example.com', employee: { department: 'Board' } }] }
  expect(JSON.parse(await run(opposite!))).toMatchObject({
    data: { users: { ...users, sources: [{ status: 'OK' }, {}, {}] } },
  })

  await start(apollo!, '4101')
  ports.set('4100', ports.get('4101')!)
  const viaApollo = opposite!.replace('4100/graphql', '4100/')
  expect(JSON.parse(await run(viaApollo))).toMatchObject({ data: { users } })
})

test('docs/federation.md has a subgraph that composes with Parley, without a hint', () => {
  const [subgraph] = blocksOf(page, 'gql')
  const toService = (name: string, typeDefs: DocumentNode) => ({ name, typeDefs, url: `http://${name}.test` })
  const { errors, hints } = composeServices([
    toService('parley', parse(readSdl())),
    toService('employees', parse(subgraph!)),
  ])
  expect([...(errors ?? []), ...(hints ?? [])].map(({ message }) => message)).toEqual([])
})

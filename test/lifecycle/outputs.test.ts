import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { stringify } from 'yaml'
import { startSandbox } from '../../src/sandboxes/index.ts'
import { findFreePort } from '../support/free-port.ts'
import { NamedPipe } from '../support/named-pipe.ts'

const main = fileURLToPath(new URL('../../bin/parley.js', import.meta.url))

/**
 * Starts the server with these values of stdout and stderr: a path, or a pipe whose reader is closed at once. SIGUSR2
 * causes an exception in the server.
 */
async function start(stdout: string, stderr: string) {
  const sandbox = await startSandbox('trueconf')
  const folder = mkdtempSync(join(tmpdir(), 'parley-outputs-'))
  const config = join(folder, 'parley.config.yaml')
  writeFileSync(config, stringify({ data: './data', accounts: { berlin: sandbox.account } }))
  const port = await findFreePort()
  const [out, err] = [stdout, stderr].map((path) => (path === 'pipe' ? 'pipe' : openSync(path, 'w')))
  const sabotage = `data:text/javascript,process.on('SIGUSR2', () => { throw new Error('in a listener') })`
  const child = spawn(process.execPath, ['--import', sabotage, main, 'serve', '--config', config], {
    env: { PATH: process.env['PATH'], PORT: String(port), LOG_LEVEL: 'debug' },
    stdio: ['ignore', out!, err!],
  })
  for (const each of [out, err]) if (typeof each === 'number') closeSync(each)
  child.stdout?.destroy()
  child.stderr?.destroy()
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const url = `http://127.0.0.1:${port}`
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), {
    timeout: 25_000,
    interval: 100,
  })
  return { url, exited, kill: (signal: NodeJS.Signals) => child.kill(signal) }
}

function openNamedPipe(): NamedPipe {
  const pipe = new NamedPipe()
  onTestFinished(() => pipe.dispose())
  return pipe
}

async function expectService(url: string): Promise<void> {
  const query = encodeURIComponent('{ users(first: 1) { nodes { id } } }')
  expect(await (await fetch(`${url}/graphql?query=${query}`)).json()).toMatchObject({ data: { users: {} } })
}

test.each([
  ['/dev/full', '/dev/full'],
  ['pipe', 'pipe'],
])('serves and stops normally with a broken stdout (%s) and stderr (%s)', async (out, err) => {
  const { url, exited, kill } = await start(out, err)
  for (let round = 0; round < 3; round++) await expectService(url)
  const metrics = await (await fetch(`${url}/metrics`)).text()
  expect(metrics).toContain('parley_unhandled_errors_total{kind="exception"} 0')
  kill('SIGTERM')
  expect(await exited).toBe(0)
})

test.each([
  ['SIGTERM', 0],
  ['SIGUSR2', 1],
] as const)('serves while the reader of stderr has stopped, and exits after %s with %d', async (signal, code) => {
  const pipe = openNamedPipe()
  pipe.fill()
  const { url, exited, kill } = await start('/dev/null', pipe.path)
  for (let round = 0; round < 3; round++) await expectService(url)
  kill(signal)
  expect(await exited).toBe(code)
})

test('exits with 1 if the first line after the reader of stderr has gone is a fatal error', async () => {
  const pipe = openNamedPipe()
  const { exited, kill } = await start('/dev/null', pipe.path)
  await vi.waitFor(() => expect(pipe.read()).toContain('"serving"'))
  pipe.closeReader()
  kill('SIGUSR2')
  expect(await exited).toBe(1)
})

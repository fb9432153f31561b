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

const main = fileURLToPath(new URL('../../bin/parley.js', import.meta.url))

/** Starts the server with these values of stdout and stderr: a path, or a pipe whose reader is closed at once. */
async function start(stdout: string, stderr: string) {
  const sandbox = await startSandbox('trueconf')
  const folder = mkdtempSync(join(tmpdir(), 'parley-outputs-'))
  const config = join(folder, 'parley.config.yaml')
  writeFileSync(config, stringify({ data: './data', accounts: { berlin: sandbox.account } }))
  const port = await findFreePort()
  const [out, err] = [stdout, stderr].map((path) => (path === 'pipe' ? 'pipe' : openSync(path, 'w')))
  const child = spawn(process.execPath, [main, 'serve', '--config', config], {
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
  return { url, exited, stop: () => child.kill('SIGTERM') }
}

test.each([
  ['/dev/full', '/dev/full'],
  ['pipe', 'pipe'],
])('serves and stops normally with a broken stdout (%s) and stderr (%s)', async (out, err) => {
  const { url, exited, stop } = await start(out, err)
  for (let round = 0; round < 3; round++) {
    const query = encodeURIComponent('{ users(first: 1) { nodes { id } } }')
    expect(await (await fetch(`${url}/graphql?query=${query}`)).json()).toMatchObject({ data: { users: {} } })
  }
  const metrics = await (await fetch(`${url}/metrics`)).text()
  expect(metrics).toContain('parley_unhandled_errors_total{kind="exception"} 0')
  stop()
  expect(await exited).toBe(0)
})

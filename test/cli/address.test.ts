import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { run } from './run.ts'

const taken = net.createServer()
await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
const port = String((taken.address() as net.AddressInfo).port)
const cwd = mkdtempSync(join(tmpdir(), 'parley-address-'))
const apiKeySha256 = createHash('sha256').update('a key').digest('hex')
const configuration = {
  accounts: { berlin: { vendor: 'trueconf', serverUrl: 'http://127.0.0.1:9', secretKey: 'a'.repeat(32) } },
  clients: [{ name: 'one', apiKeySha256, scopes: ['read'] }],
}
writeFileSync(join(cwd, 'parley.config.yaml'), stringify(configuration))
afterAll(() => {
  taken.close()
  rmSync(cwd, { recursive: true })
})

test.each([
  [{ PORT: port }, 'PORT: another process uses this port. Set another port, or 0 for a free port.'],
  [
    { PORT: '0', HOST: '203.0.113.7' },
    'HOST: this machine does not have this address. Set one of its own addresses, or 127.0.0.1.',
  ],
])('reports an address at which serve cannot listen: %j', async (env, problem) => {
  expect(await run(['serve'], { cwd, env })).toEqual({
    code: 1,
    stdout: '',
    stderr: `The configuration has errors:\n  ${problem}\n`,
  })
})

test.each([
  [{ port: Number(port) }, 'metrics.port: another process uses this port. Set another port, or 0 for a free port.'],
  [
    { port: 0, host: '203.0.113.7' },
    'metrics.host: this machine does not have this address. Set one of its own addresses, or 127.0.0.1.',
  ],
])('names the setting of a metrics address at which serve cannot listen: %j', async (metrics, problem) => {
  writeFileSync(join(cwd, 'metrics.yaml'), stringify({ ...configuration, metrics }))
  expect(await run(['serve', '--config', 'metrics.yaml'], { cwd, env: { PORT: '0' } })).toEqual({
    code: 1,
    stdout: '',
    stderr: `The configuration has errors:\n  ${problem}\n`,
  })
})

test.each(['serve', 'sandbox'])('reports a sandbox port that is in use: %s', async (command) => {
  const result = await run([command], { cwd: tmpdir(), env: { PORT: '0', PARLEY_SANDBOX_PORT: port } })
  const problem = 'PARLEY_SANDBOX_PORT: another process uses this port. Set another port, or 0 for a free port.'
  expect(result).toEqual({ code: 1, stdout: '', stderr: `The configuration has errors:\n  ${problem}\n` })
})

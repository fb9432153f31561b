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
  [{ PORT: port }, 'PORT: another process has this port; set another one, 0 takes any that is free'],
  [{ PORT: '0', HOST: '203.0.113.7' }, 'HOST: this machine has no such address; set one of its own, or 127.0.0.1'],
])('an address that cannot be listened at: %j', async (env, words) => {
  expect(await run(['serve'], { cwd, env })).toEqual({
    code: 1,
    stdout: '',
    stderr: `The configuration has errors:\n  ${words}\n`,
  })
})

test.each([
  [{ port: Number(port) }, 'metrics.port: another process has this port; set another one, 0 takes any that is free'],
  [
    { port: 0, host: '203.0.113.7' },
    'metrics.host: this machine has no such address; set one of its own, or 127.0.0.1',
  ],
])('names the setting of an address of the metrics that cannot be listened at: %j', async (metrics, words) => {
  writeFileSync(join(cwd, 'metrics.yaml'), stringify({ ...configuration, metrics }))
  expect(await run(['serve', '--config', 'metrics.yaml'], { cwd, env: { PORT: '0' } })).toEqual({
    code: 1,
    stdout: '',
    stderr: `The configuration has errors:\n  ${words}\n`,
  })
})

test.each(['serve', 'sandbox'])('%s: a port of the sandbox that is taken', async (command) => {
  const answer = await run([command], { cwd: tmpdir(), env: { PORT: '0', PARLEY_SANDBOX_PORT: port } })
  const words = 'PARLEY_SANDBOX_PORT: another process has this port; set another one, 0 takes any that is free'
  expect(answer).toEqual({ code: 1, stdout: '', stderr: `The configuration has errors:\n  ${words}\n` })
})

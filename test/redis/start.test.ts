import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { run } from '../cli/run.ts'
import { certificate } from '../support/certificates.ts'
import { startProcess } from '../support/server.ts'
import { startRedis, type RedisServer } from './redis-server.ts'

const [password, wrong] = ['p@ss/word-77e1', 'wrong-2f90']
let redis: RedisServer
let zoom: ZoomSandbox
let folder: string

beforeAll(async () => {
  redis = await startRedis(['--requirepass', password])
  zoom = await startZoom({ seed: { active: 5, inactive: 0, pending: 0 } })
  folder = mkdtempSync(join(tmpdir(), 'parley-redis-start-'))
})
afterAll(async () => {
  await Promise.all([redis.stop(), zoom.close()])
  rmSync(folder, { recursive: true, force: true })
})

const at = (secret: string, host = redis.url.slice('redis://'.length).split('@').at(-1)!): string =>
  `redis://${secret && `:${encodeURIComponent(secret)}@`}${host}`

async function parley(command: string, settings: object, env: Record<string, string> = {}) {
  const file = join(folder, 'parley.config.yaml')
  writeFileSync(file, stringify({ accounts: { zoom: zoom.account }, data: './data', ...settings }))
  return run([command, '--config', file], { env: { PORT: '0', ...env } })
}

const cursorSecret = 'c'.repeat(32)
const nowhere = '127.0.0.1:1'

test.each([
  [
    'with another password',
    { redis: () => at(wrong), cursorSecret },
    /^ {2}redis: Redis rejects the connection \(WRONGPASS\)\. Correct/m,
  ],
  ['without a password', { redis: () => at('') }, /^ {2}redis: Redis rejects the connection \(NOAUTH\)\. Correct/m],
  [
    'Redis is unavailable and no cursor secret is configured',
    { redis: () => at(wrong, nowhere) },
    /^ {2}redis: Redis cannot be reached \(ECONNREFUSED\)/m,
  ],
])('does not start and prints the reason in one line: %s', async (_, { redis, ...more }, line) => {
  const ran = await parley('serve', { redis: redis(), ...more })
  expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(line) })
  expect(`${ran.stderr}`).not.toMatch(new RegExp(`${wrong}|127\\.0\\.0\\.1`))
})

test('starts and serves reads if Redis is unavailable and the cursor secret is configured', async () => {
  const server = await startProcess({ accounts: { zoom: zoom.account }, redis: at(wrong, nowhere), cursorSecret })
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ query: '{ users(first: 1) { nodes { id } } }' })
  const response = await fetch(server.graphqlUrl, { method: 'POST', headers, body })
  expect(((await response.json()) as any).data.users.nodes).toHaveLength(1)
  expect(server.stderr()).toMatch(/"reason":"ECONNREFUSED"/)
  expect(server.stderr()).not.toContain(wrong)
  expect(await server.stop()).toBe(0)
})

test('checks the connection to Redis', async () => {
  expect(await parley('check', { redis: at(password) })).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^redis: ok$/m),
  })
  const rejected = await parley('check', { redis: at(wrong) })
  expect(rejected).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^redis: Redis rejects the connection \(WRONGPASS\)$/m),
  })
  const away = await parley('check', { redis: at(password, nowhere) })
  expect(away).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^redis: Redis cannot be reached \(ECONNREFUSED\)$/m),
  })
  for (const { stdout, stderr } of [rejected, away])
    expect(stdout + stderr).not.toMatch(new RegExp(`${wrong}|p@ss|p%40ss`))
})

test('reports settings with which Redis loses data', async () => {
  const cache = await startRedis(['--appendonly', 'no', '--maxmemory-policy', 'allkeys-lru'])
  try {
    const { code, stdout } = await parley('check', { redis: cache.url })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^redis: ok; but .*appendonly yes.*; but .*maxmemory-policy/m)
  } finally {
    await cache.stop()
  }
})

test('accepts only a trusted certificate over TLS', async () => {
  const { cert, key } = certificate()
  const [certFile, keyFile] = [join(folder, 'redis.pem'), join(folder, 'redis.key')]
  writeFileSync(certFile, cert)
  writeFileSync(keyFile, key)
  const files = ['--tls-cert-file', certFile, '--tls-key-file', keyFile, '--tls-ca-cert-file', certFile]
  const secure = await startRedis(['--port', '0', ...files, '--tls-auth-clients', 'no'])
  try {
    const settings = { redis: secure.url.replace('redis://', 'rediss://') }
    const unknown = await parley('check', settings)
    expect(unknown).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^redis: Redis rejects .*\(.*SELF_SIGNED.*\)$/m),
    })
    const known = await parley('check', settings, { NODE_EXTRA_CA_CERTS: certFile })
    expect(known).toMatchObject({ code: 0, stdout: expect.stringMatching(/^redis: ok$/m) })
    const plain = await parley('check', { redis: secure.url })
    expect(plain).toMatchObject({ code: 1, stdout: expect.stringMatching(/^redis: Redis cannot be reached/m) })
  } finally {
    await secure.stop()
  }
})

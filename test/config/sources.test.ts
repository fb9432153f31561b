import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { parseConfiguration, loadConfiguration, readProcessSettings } from '../../src/config/configuration.ts'
import { account, createDirectory, load, problems, listProblems, vendors } from './workspace.ts'

const listKeys = (environment: NodeJS.ProcessEnv, directory: string, file?: string) =>
  loadConfiguration({ environment, directory, vendors, ...(file === undefined ? {} : { file }) })?.accounts.map(
    ({ key }) => key,
  )
const withAccount = (key: string) => `accounts: { ${key}: { vendor: cloud, clientId: id, clientSecret: secret } }`

test('reads the named file, or PARLEY_CONFIG, or parley.config.yaml, or the environment, in this order', () => {
  const directory = createDirectory({
    'one.yaml': withAccount('one'),
    'two.yaml': withAccount('two'),
    'parley.config.yaml': withAccount('three'),
  })
  const environment = { PARLEY_CONFIG: 'two.yaml', CLOUD_ID: 'id', CLOUD_SECRET: 'secret' }
  expect(listKeys(environment, directory, 'one.yaml')).toEqual(['one'])
  expect(listKeys(environment, directory)).toEqual(['two'])
  expect(listKeys({ ...environment, PARLEY_CONFIG: '' }, directory)).toEqual(['three'])
  expect(listKeys({ ...environment, PARLEY_CONFIG: '' }, createDirectory({}))).toEqual(['cloud'])
  expect(listKeys({}, createDirectory({}))).toBeUndefined()
})

test('reports a named file that cannot be read, with its name as typed', () => {
  const directory = createDirectory({})
  expect(listProblems(() => listKeys({}, directory, 'missing.yaml'))).toEqual([
    'missing.yaml: cannot be read (ENOENT). Set the path of a file that this process can read.',
  ])
  expect(listProblems(() => listKeys({ PARLEY_CONFIG: 'gone.yaml' }, directory))[0]).toMatch(/^gone\.yaml: /)
})

test('creates an account for each vendor, and one client with every scope, from environment variables', () => {
  const directory = createDirectory({})
  const environment = { CLOUD_ID: 'id', CLOUD_SECRET: '${X}', KEYED_FILE: 'key.json', PARLEY_API_KEY: 'the-key' }
  const configuration = loadConfiguration({ environment, directory, vendors })!
  expect(configuration.accounts.map(({ key, config }) => [key, config])).toEqual([
    ['cloud', { clientId: 'id', clientSecret: '${X}', apiUrl: 'https://cloud.example' }],
    ['keyed', { keyFile: join(directory, 'key.json') }],
  ])
  const apiKeySha256 = createHash('sha256').update('the-key').digest('hex')
  const scopes = ['read', 'write', 'credentials', 'recordings', 'explore', 'operate']
  expect(configuration.clients).toEqual([{ name: 'default', apiKeySha256, scopes, accounts: null }])
  expect(configuration.data).toBe(join(directory, 'parley-data'))
})

test('names the environment variable that an incomplete account requires', () => {
  const start = () => loadConfiguration({ environment: { CLOUD_ID: 'id' }, directory: createDirectory({}), vendors })
  expect(listProblems(start)).toEqual([
    'accounts.cloud.clientSecret: is required. Set the environment variable CLOUD_SECRET.',
  ])
})

test('creates a client from PARLEY_API_KEY for settings in an object, but not for a file', () => {
  const settings = { accounts: { box: { vendor: 'cloud', clientId: 'id', clientSecret: 'secret' } } }
  const environment = { PARLEY_API_KEY: 'the-key' }
  const around = { environment, directory: createDirectory({}), vendors }
  expect(parseConfiguration(settings, around).clients.map(({ name }) => name)).toEqual(['default'])
  expect(load(account, { environment }).clients).toEqual([])
  const spaced = () => parseConfiguration(settings, { ...around, environment: { PARLEY_API_KEY: 'canary key' } })
  expect(listProblems(spaced)).toEqual([expect.stringMatching(/^PARLEY_API_KEY: must be visible ASCII/)])
})

test('reads the settings of the process with their defaults, and names invalid ones', () => {
  expect(readProcessSettings({ PORT: '', HOST: '' })).toEqual({
    host: '127.0.0.1',
    port: 4000,
    sandboxPort: 4010,
    logLevel: 'info',
    tracesUrl: null,
  })
  const environment = {
    HOST: '::1',
    PORT: '65535',
    PARLEY_SANDBOX_PORT: '0',
    LOG_LEVEL: 'debug',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/',
  }
  expect(readProcessSettings(environment)).toEqual({
    host: '::1',
    port: 65535,
    sandboxPort: 0,
    logLevel: 'debug',
    tracesUrl: 'http://collector:4318/v1/traces',
  })
  const wrong = { HOST: 'a b', PORT: '65536', PARLEY_SANDBOX_PORT: '65534', LOG_LEVEL: 'loud' }
  expect(listProblems(() => readProcessSettings(wrong))).toEqual([
    'HOST: must be an IP address or a host name, such as 127.0.0.1.',
    'PORT: must be a whole number from 0 to 65535.',
    'PARLEY_SANDBOX_PORT: must be a whole number from 0 to 65533.',
    'LOG_LEVEL: must be one of trace, debug, info, warn, error, fatal, silent.',
  ])
  for (const PORT of ['-1', '1.5', '0x10', '1e3', ' 1', '99999999'])
    expect(listProblems(() => readProcessSettings({ PORT }))).toHaveLength(1)
})

const client = `clients: [{ name: a, apiKeySha256: ${'a'.repeat(64)}, scopes: [read] }]`
const jwt = 'jwt: { issuer: me, audience: you, jwksUrl: "https://login.example/jwks" }'

test.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost'])('accepts the host %s without authentication', (HOST) => {
  expect(load(account, { environment: { HOST } }).host).toBe(HOST)
})

test.each(['0.0.0.0', '::', '10.0.0.1', 'localhost.example', '128.0.0.1'])(
  'requires clients or jwt for the host %s',
  (HOST) => {
    const environment = { HOST }
    expect(problems(account, { environment })).toEqual([
      expect.stringMatching(/^HOST: .*Configure "clients" or "jwt" .*PARLEY_API_KEY.*or set HOST=127\.0\.0\.1\.$/),
    ])
    expect(load(account + client, { environment }).host).toBe(HOST)
    expect(load(account + jwt, { environment }).host).toBe(HOST)
  },
)

test('reads the address of /metrics: that of the API, its own, or none', () => {
  const clients = `clients: [{ name: one, apiKeySha256: "${'a'.repeat(64)}", scopes: [read] }]\n`
  const start = (metrics: string, environment = {}) => load(account + clients + metrics, { environment }).metrics
  expect(start('')).toBe(true)
  expect(start('metrics: false')).toBe(false)
  expect(start('metrics: { port: 9464 }', { HOST: '0.0.0.0' })).toEqual({ host: '0.0.0.0', port: 9464 })
  expect(start('metrics: { port: 4000, host: 10.0.0.1 }')).toEqual({ host: '10.0.0.1', port: 4000 })
})

test('accepts parley.config.example.yaml, also with every optional setting', () => {
  const settings = z.looseObject({})
  const vendor = (slug: string) => ({ ...vendors[0]!, slug, config: settings })
  const anyVendors = ['zoom', 'trueconf', 'imeetcentral'].map(vendor)
  const text = readFileSync(new URL('../../parley.config.example.yaml', import.meta.url), 'utf8')
  const names = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => [name, 'a'.repeat(64)])
  const environment = Object.fromEntries(names)
  const start = (yaml: string) =>
    loadConfiguration({ environment, directory: createDirectory({ 'parley.config.yaml': yaml }), vendors: anyVendors })
  expect(start(text)?.accounts.map(({ key }) => key)).toEqual(['zoom', 'berlin', 'central'])
  const everything = text
    .replace(
      /^# (?=(jwt|mcp|data|cursorSecret|cors|graphiql|federation|basePath|publicUrl|allowedHosts|metrics|reusePort|trustProxy|proxy|limits):)/gm,
      '',
    )
    .replace(/^# {3}/gm, '  ')
  expect(start(everything)).toMatchObject({
    jwt: [{ audience: 'parley' }],
    mcp: { url: 'https://meetings.example.com/mcp', builtin: true },
    graphiql: false,
    federation: { prefix: 'Meeting' },
    basePath: '/meetings',
    publicUrl: 'https://meetings.example.com',
    allowedHosts: ['host.docker.internal'],
    metrics: { host: '127.0.0.1', port: 9464 },
    reusePort: true,
    trustProxy: ['10.0.0.0/8'],
    limits: { operationDeadline: 25_000, upstream: { inFlight: 64 } },
  })
})

describe('cors', () => {
  const cloudVariables = { CLOUD_ID: 'id', CLOUD_SECRET: 'secret' }
  const start = (environment: Record<string, string>, files: Record<string, string> = {}) =>
    loadConfiguration({ environment, directory: createDirectory(files), vendors })!.cors

  test('allows pages of this machine if neither callers nor a file are configured', () => {
    expect(start(cloudVariables)).toEqual({ origins: [], isLoopbackAllowed: true })
    expect(start({ ...cloudVariables, PARLEY_API_KEY: 'key' })).toBeNull()
  })

  test('allows only the configured origins if there is a file', () => {
    expect(start({}, { 'parley.config.yaml': account })).toBeNull()
    const cors = 'cors: { origins: [https://app.example.com] }\n'
    expect(start({}, { 'parley.config.yaml': account + cors })).toEqual({
      origins: ['https://app.example.com'],
      isLoopbackAllowed: false,
    })
  })
})

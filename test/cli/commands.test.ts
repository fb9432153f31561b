import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { commands } from '../../src/cli/commands.ts'
import { startSandboxes, type Sandboxes } from '../../src/sandbox/index.ts'
import { run, startCommand } from './run.ts'

describe('over a configuration', () => {
  let sandboxes: Sandboxes
  let cwd: string

  beforeAll(async () => {
    sandboxes = await startSandboxes(0)
    cwd = await mkdtemp(join(tmpdir(), 'parley-commands-'))
    writeFileSync(join(cwd, 'parley.config.yaml'), stringify({ accounts: sandboxes.accounts }))
  })
  afterAll(async () => {
    await sandboxes.close()
    await rm(cwd, { recursive: true })
  })

  test('token says when it ends, and shows the token only when told to, alone', async () => {
    const plain = await run(['token', 'zoom'], { cwd })
    expect(plain).toMatchObject({ code: 0, stderr: '' })
    expect(plain.stdout).toMatch(/^zoom: a token until \d{4}-\d\d-\d\dT[\d:.]+Z\n$/)
    const shown = await run(['token', 'zoom', '--show'], { cwd })
    expect(shown).toMatchObject({ code: 0, stderr: expect.stringContaining('zoom: a token until') })
    const headers = { authorization: `Bearer ${shown.stdout.trim()}` }
    const { apiUrl } = sandboxes.accounts['zoom'] as { apiUrl: string }
    expect(await fetch(`${apiUrl}/users`, { headers })).toMatchObject({ status: 200 })
  })

  test('token: another account is usage, a vendor that is away is 4, one that refuses is 1', async () => {
    expect(await run(['token', 'other'], { cwd })).toMatchObject({ code: 2, stdout: '' })
    const change = async (name: string, changes: object) => {
      const zoom = { ...sandboxes.accounts['zoom'], ...changes }
      writeFileSync(join(cwd, name), stringify({ accounts: { zoom } }))
      return run(['token', 'zoom', '--config', name], { cwd })
    }
    expect(await change('away.yaml', { tokenUrl: 'http://127.0.0.1:9/oauth/token' })).toMatchObject({ code: 4 })
    const refused = await change('wrong.yaml', { clientSecret: 'wrong' })
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('VENDOR_AUTH_FAILED') })
    expect(refused.stderr).not.toContain('wrong')
  })

  test('check: one token for each account, 0 or 1', async () => {
    const good = await run(['check'], { cwd })
    expect(good.code).toBe(0)
    for (const key of Object.keys(sandboxes.accounts)) expect(good.stdout).toContain(`${key}: ok, a token`)
    const [zoom, trueconf] = [sandboxes.accounts['zoom'], { ...sandboxes.accounts['trueconf'], clientSecret: 'wrong' }]
    writeFileSync(join(cwd, 'half.yaml'), stringify({ accounts: { zoom, trueconf } }))
    const half = await run(['check', '--config', 'half.yaml'], { cwd })
    expect(half).toMatchObject({ code: 1, stdout: expect.stringMatching(/zoom: ok[^]*trueconf: VENDOR_AUTH_FAILED/) })
  })

  test('a configuration that is not right is told line by line', async () => {
    writeFileSync(join(cwd, 'wrong.yaml'), 'accounts: { zoom: { vendor: zoom } }')
    const ran = await run(['check', '--config', 'wrong.yaml'], { cwd })
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('clientId') })
  })
})

test.each(commands)('$name --help shows its options and an example', async ({ name, options, example }) => {
  const ran = await run([name, '--help'])
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  for (const option of Object.keys(options)) expect(ran.stdout).toContain(`--${option}`)
  expect(ran.stdout).toContain(example.split('\n')[0])
})

test('what is wrong on the command line is told with the help of its command', async () => {
  const input = 'query ($n: Int!) { users(first: $n) { nodes { id } } }'
  const wrong = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(args, { input })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    return stderr
  }
  expect(await wrong('query', '-', '--var', 'n=x')).toBe(
    '--var n: its type Int has no such value. See "parley query --help".\n',
  )
  expect(await wrong('upload')).toBe('FILE is missing. See "parley upload --help".\n')
  expect(await wrong('other')).toBe('There is no command "other". See "parley --help".\n')
})

test('--help names every command', async () => {
  const { code, stdout } = await run(['--help'])
  expect(code).toBe(0)
  for (const { name } of commands) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
})

test('bash completes commands and options', async () => {
  const { stdout } = await run(['completion', 'bash'])
  const complete = async (...words: string[]) => {
    const script = `${stdout}\nCOMP_WORDS=(parley ${words.join(' ')}) COMP_CWORD=${words.length}; _parley; echo "\${COMPREPLY[*]}"`
    return (await startCommand('bash', ['--norc', '-c', script]).ended).stdout.trim()
  }
  expect(await complete('u')).toBe('upload')
  expect(await complete('query', '--v')).toBe('--var --variables')
  expect(await complete('upload', '--con')).toBe('--conference --content-type')
  expect(await complete('query', 'file')).toBe('')
  expect(await complete('completion', '""')).toBe('bash zsh')
  expect(await complete('--h')).toBe('--help')
})

test('zsh: every command and option is in the script; other shells are not known', async () => {
  const { code, stdout } = await run(['completion', 'zsh'])
  expect(code).toBe(0)
  for (const { name, options } of commands) {
    expect(stdout).toContain(`'${name}:`)
    for (const option of Object.keys(options)) expect(stdout).toContain(`--${option}[`)
  }
  expect(await run(['completion', 'fish'])).toMatchObject({ code: 2 })
})

describe('an address that cannot be had ends the command, with the cure', () => {
  let taken: Server
  let port: number
  beforeAll(async () => {
    taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    port = (taken.address() as AddressInfo).port
  })
  afterAll(() => void taken.close())

  test.each([
    ['serve', 'PORT', () => ({ PORT: String(port) })],
    ['serve', 'PARLEY_SANDBOX_PORT', () => ({ PARLEY_SANDBOX_PORT: String(port) })],
    ['sandbox', 'PARLEY_SANDBOX_PORT', () => ({ PARLEY_SANDBOX_PORT: String(port - 1) })],
    ['serve', 'HOST', () => ({ HOST: 'no-such-host.invalid', PARLEY_API_KEY: 'a-key-of-the-test' })],
  ])('%s: %s', async (command, variable, settings) => {
    const ran = await run([command], { env: { PORT: '0', PARLEY_SANDBOX_PORT: '0', ...settings() } })
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr).toMatch(new RegExp(`^The configuration is not right:\n  ${variable}: .*set .*\n$`))
  })
})

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { commands } from '../../src/cli/commands.ts'
import { findCommand } from '../../src/cli/find-command.ts'
import { formatHelp } from '../../src/cli/help.ts'
import { startSandboxes, type Sandboxes } from '../../src/sandboxes/index.ts'
import { environment } from '../support/environment.ts'
import { linesOf, main, run, startCommand } from './run.ts'

const has = (command: string): boolean => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0

describe('with a configuration', () => {
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

  test('prints the expiry of a token, and with --show only the token to stdout', async () => {
    const plain = await run(['token', 'zoom'], { cwd })
    expect(plain).toMatchObject({ code: 0, stderr: '' })
    expect(plain.stdout).toMatch(/^zoom: the token expires at \d{4}-\d\d-\d\dT[\d:.]+Z\n$/)
    const shown = await run(['token', 'zoom', '--show'], { cwd })
    expect(shown).toMatchObject({ code: 0, stderr: expect.stringContaining('zoom: the token expires at') })
    const headers = { authorization: `Bearer ${shown.stdout.trim()}` }
    const { apiUrl } = sandboxes.accounts['zoom'] as { apiUrl: string }
    expect(await fetch(`${apiUrl}/users`, { headers })).toMatchObject({ status: 200 })
  })

  test('exits token with 2 for an unknown account, 4 if the vendor is unavailable, and 1 if it rejects the credentials', async () => {
    expect(await run(['token', 'other'], { cwd })).toMatchObject({ code: 2, stdout: '' })
    const change = async (name: string, changes: object) => {
      const zoom = { ...sandboxes.accounts['zoom'], ...changes }
      writeFileSync(join(cwd, name), stringify({ accounts: { zoom } }))
      return run(['token', 'zoom', '--config', name], { cwd })
    }
    expect(await change('away.yaml', { tokenUrl: 'http://127.0.0.1:9/oauth/token' })).toMatchObject({ code: 4 })
    const rejected = await change('wrong.yaml', { clientSecret: 'wrong' })
    expect(rejected).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('VENDOR_AUTH_FAILED') })
    expect(rejected.stderr).not.toContain('wrong')
  })

  test('reports in check an API version that the server lacks', async () => {
    const checkWith = async (name: string, changes: object) => {
      const trueconf = { ...sandboxes.accounts['trueconf'], ...changes }
      writeFileSync(join(cwd, name), stringify({ accounts: { trueconf } }))
      return run(['check', '--config', name], { cwd })
    }
    const lacking = await checkWith('version.yaml', { apiVersion: 'v3.99' })
    expect(lacking).toMatchObject({ code: 1, stdout: expect.stringMatching(/^trueconf: .*apiVersion/) })
    expect(await checkWith('right.yaml', {})).toMatchObject({ code: 0 })
  })

  test('fetches in check one token for each account, and exits with 0 or 1', async () => {
    const good = await run(['check'], { cwd })
    expect(good.code).toBe(0)
    for (const key of Object.keys(sandboxes.accounts)) expect(good.stdout).toContain(`${key}: ok, the token`)
    const [zoom, trueconf] = [sandboxes.accounts['zoom'], { ...sandboxes.accounts['trueconf'], clientSecret: 'wrong' }]
    writeFileSync(join(cwd, 'half.yaml'), stringify({ accounts: { zoom, trueconf } }))
    const half = await run(['check', '--config', 'half.yaml'], { cwd })
    expect(half).toMatchObject({ code: 1, stdout: expect.stringMatching(/zoom: ok[^]*trueconf: VENDOR_AUTH_FAILED/) })
  })

  test('prints in check every configuration problem on its own line', async () => {
    writeFileSync(join(cwd, 'wrong.yaml'), 'accounts: { zoom: { vendor: zoom } }')
    const ran = await run(['check', '--config', 'wrong.yaml'], { cwd })
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('clientId') })
  })
})

describe('help', () => {
  const names = (record: object, prefix = ''): string[] => Object.keys(record).map((name) => `${prefix}${name}`)

  test.each(commands)('has usage, options, exit codes, and an example of $name', (command) => {
    const { name, summary, options, environment, exitCodes, examples } = command
    expect(summary.length).toBeLessThanOrEqual(60)
    const text = formatHelp(command)
    expect(text.startsWith(`${summary}\n\nUsage: parley ${name} `)).toBe(true)
    for (const word of [...names(options, '--'), ...names(environment), ...names(exitCodes, '  ')])
      expect(text).toContain(word)
    expect(text).toContain(`Examples:\n  ${examples[0]!.split('\n')[0]}`)
    const proseLines = text.split('Examples:')[0]!.split('\n')
    expect(Math.max(...proseLines.map(({ length }) => length))).toBeLessThanOrEqual(80)
  })

  // commands.full.test.ts tests every command.
  test.each(['query', 'conference create'])('is printed by "%s --help" and "help %s"', async (name) => {
    const printed = { code: 0, stdout: formatHelp(findCommand(name.split(' ')).command), stderr: '' }
    expect(await run([...name.split(' '), '--help'])).toEqual(printed)
    expect(await run(['help', ...name.split(' ')])).toEqual(printed)
  })

  test('lists every command', async () => {
    const { code, stdout } = await run(['--help'])
    expect(code).toBe(0)
    for (const { name } of commands) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
    expect(await run(['help'])).toMatchObject({ code: 0, stdout })
    expect(await run([])).toEqual({ code: 2, stdout: '', stderr: stdout })
  })

  test('prints the version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    for (const option of ['--version', '-v'])
      expect(await run([option])).toEqual({ code: 0, stdout: `parley ${version}\n`, stderr: '' })
  })

  test.each([
    [['quarry'], 'There is no command "quarry". Did you mean "query"?'],
    [['help', 'uplaod'], 'There is no command "uplaod". Did you mean "upload"?'],
    [['uplaod', '--help'], 'There is no command "uplaod". Did you mean "upload"?'],
    [['--versoin'], 'There is no option "--versoin" before a command. Did you mean "--version"?'],
    [['query', '-', '--ulr', 'x'], 'There is no option "--ulr". Did you mean "--url"?'],
    [['query', '-', '--constructor'], 'There is no option "--constructor". Run'],
    [['upload', 'x', '--idempotencykey=1'], 'There is no option "--idempotencykey". Did you mean "--idempotency-key"?'],
    [['conference', 'crate'], 'There is no command "conference crate". Did you mean "create"?'],
    [['conference'], '"conference" must be followed by "create", "invite", "run", or "end".'],
    [['completion', 'bahs'], 'The shell must be bash, zsh, or fish. Did you mean "bash"?'],
    [['query', '-', '--var', '--url'], '"--var" requires a value.'],
    [['token', 'zoom', '--show=yes'], '"--show" does not accept a value.'],
    [['query', 'a', 'b'], 'The argument "b" was not expected.'],
    [['users', 'list', '--status', 'FOO'], '"--status" must be one of ACTIVE, INACTIVE, PENDING, UNKNOWN. Run'],
    [['wait', '--state=runing'], 'Did you mean "RUNNING"?'],
  ])('explains %j and exits with 2', async (args, words) => {
    expect(await run(args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(words) })
  })
})

test('prints the help command of the command after a usage error', async () => {
  const input = 'query ($n: Int!) { users(first: $n) { nodes { id } } }'
  const wrong = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(args, { input })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    return stderr
  }
  expect(await wrong('query', '-', '--var', 'n=x')).toBe(
    '"--var n" must be a value of the type Int. Run "parley query --help" for help.\n',
  )
  expect(await wrong('upload')).toBe('"FILE|-" is required. Run "parley upload --help" for help.\n')
  expect(await wrong('other')).toBe('There is no command "other". Run "parley --help" for help.\n')
})

test('exits with 2 after a usage error that cannot be printed', async () => {
  const closed = spawn(process.execPath, [main, 'other'], { stdio: 'pipe', env: environment })
  closed.stderr.destroy()
  expect(await once(closed, 'exit')).toEqual([2, null])
  const full = startCommand('/bin/sh', ['-c', '"$@" 2>/dev/full', 'sh', process.execPath, main, 'other'])
  expect(await full.ended).toEqual({ code: 2, stdout: '', stderr: '' })
})

test('completes commands and options in bash', async () => {
  const { stdout } = await run(['completion', 'bash'])
  const complete = async (...words: string[]) => {
    const script = `${stdout}\nCOMP_WORDS=(parley ${words.join(' ')}) COMP_CWORD=${words.length}; _parley; echo "\${COMPREPLY[*]}"`
    return (await startCommand('bash', ['--norc', '-c', script]).ended).stdout.trim()
  }
  expect(await complete('u')).toBe('users upload')
  expect(await complete('query', '--v')).toBe('--var --variables')
  expect(await complete('conference', '""')).toBe('create invite run end')
  expect(await complete('users', 'list', '--f')).toBe('--first')
  expect(await complete('users', '--f')).toBe('')
  expect(await complete('upload', '--con')).toBe('--conference --content-type')
  expect(await complete('query', 'file')).toBe('')
  expect(await complete('completion', '""')).toBe('bash zsh fish')
  expect(await complete('--h')).toBe('--help')
  expect(await complete('users', 'list', '--status', 'PE')).toBe('PENDING')
  expect(await complete('watch', '--type', 'PART')).toBe('PARTICIPANT_JOINED PARTICIPANT_LEFT')
  expect(await complete('watch', '--type', 'ENDED', '--type', 'ST')).toBe('STARTED')
  expect(await complete('watch', '--count', 'ST')).toBe('')
})

test.each([
  ['zsh', (option: string) => `--${option}[`],
  ['fish', (option: string) => ` -l ${option} `],
])('%s completes every option of every command', async (shell, format) => {
  const { code, stdout } = await run(['completion', shell])
  expect(code).toBe(0)
  for (const { name, options } of commands) {
    expect(stdout).toContain(name)
    for (const [option, { values = [] }] of Object.entries(options)) {
      expect(stdout).toContain(format(option))
      expect(stdout).toContain(values.join(' '))
    }
  }
})

test.runIf(has('fish'))('completes commands and options in fish', async () => {
  const { stdout } = await run(['completion', 'fish'])
  const complete = async (line: string) => {
    const { stdout: found } = await startCommand('fish', ['--no-config', '-c', `${stdout}\ncomplete -C '${line}'`], {
      env: { HOME: tmpdir() },
    }).ended
    return linesOf(found).map((line) => line.split('\t')[0])
  }
  expect(await complete('parley u')).toContain('upload')
  expect(await complete('parley query --v')).toEqual(['--var', '--variables'])
  expect(await complete('parley completion ')).toEqual(['bash', 'fish', 'zsh'])
  expect(await complete('parley serve --p')).toEqual([])
  expect(await complete('parley conference ')).toEqual(['create', 'end', 'invite', 'run'])
  expect(await complete('parley users list --f')).toEqual(['--first'])
  expect(await complete('parley watch --type EN')).toEqual(['ENDED'])
})

describe('a command that cannot listen at its address exits with 1 and a fix', () => {
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
  ])('%s names %s', async (command, variable, settings) => {
    const result = await run([command], { env: { PORT: '0', PARLEY_SANDBOX_PORT: '0', ...settings() } })
    expect(result).toMatchObject({ code: 1, stdout: '' })
    expect(result.stderr).toMatch(new RegExp(`^The configuration has errors:\n  ${variable}: .*Set .*\n$`))
  })
})

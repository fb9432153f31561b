import { expect, test } from 'vitest'
import { loadConfiguration } from '../../src/config/configuration.ts'
import { directoryOf, load, problems, vendors } from './workspace.ts'

const secret = (value: string) => `
accounts:
  main: { vendor: cloud, clientId: id, clientSecret: ${value} }
`
const read = (value: string, ...start: [Parameters<typeof load>[1]?]) =>
  (load(secret(value), ...start).accounts[0]!.config as { clientSecret: string }).clientSecret

test('variables are taken anywhere in a text, once, and keep what they hold', () => {
  const environment = { ONE: 'a: #"b', TWO: '${ONE}', THREE: 'file:none' }
  expect(read('"<${ONE}-${TWO}>"', { environment })).toBe('<a: #"b-${ONE}>')
  expect(read('"${THREE}"', { environment })).toBe('file:none')
})

test('a variable that is not set, is empty or is no name is told once, with its place', () => {
  const environment = { EMPTY: '' }
  const at = 'parley.config.yaml:3: accounts.main.clientSecret: '
  expect(problems(secret('"${NONE}"'))).toEqual([`${at}the environment variable NONE is not set or is empty; set it`])
  for (const name of ['EMPTY', 'constructor', '__proto__'])
    expect(problems(secret(`"\${${name}}"`), { environment })).toHaveLength(1)
  for (const text of ['${', '${}', '${A-B}', '${A:-canary}'])
    expect(problems(secret(`"${text}"`))).toEqual([
      `${at}holds a "\${" that is no \${NAME}; write the name of one environment variable`,
    ])
})

test('file: reads a file beside the configuration, without the line end at its end', () => {
  const files = { 'keys/secret': 'two\nlines\n', windows: 'one\r\n', empty: '\n' }
  expect(read('file:./keys/secret', { files })).toBe('two\nlines')
  expect(read('"file:${DIR}/secret"', { files, environment: { DIR: 'keys' } })).toBe('two\nlines')
  expect(read('file:windows', { files })).toBe('one')
  expect(problems(secret('file:empty'), { files })).toEqual([
    expect.stringMatching(/clientSecret: .* is empty; fill it/),
  ])
  expect(problems(secret('file:none'))).toEqual([
    expect.stringMatching(/^parley\.config\.yaml:3: accounts\.main\.clientSecret: .*\(ENOENT\); give a readable file/),
  ])
  expect(problems(secret('file:.'))).toEqual([expect.stringMatching(/EISDIR/)])
  expect(problems(secret('"file:a\\0b"'))).toEqual([expect.stringMatching(/cannot be read/)])
})

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le')
const marked = [
  ['UTF-8', (text: string) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16, as PowerShell writes it', utf16],
  ['UTF-16 with the high byte first', (text: string) => utf16(text).swap16()],
] as const

test.each(marked)('reads a configuration and files with a byte order mark: %s', (_encoding, encode) => {
  const files = { secret: encode('Größe\r\n'), 'parley.config.yaml': encode(secret('file:secret')) }
  const configuration = loadConfiguration({ environment: {}, directory: directoryOf(files), vendors })!
  expect(configuration.accounts[0]!.config).toMatchObject({ clientSecret: 'Größe' })
})

test('paths are relative to the configuration file, with file: before them or without', () => {
  for (const prefix of ['', 'file:']) {
    const yaml = `
accounts: { main: { vendor: keyed, keyFile: ${prefix}./keys/key.json } }
data: ${prefix}../store`
    const { accounts, data } = load(yaml)
    expect(accounts[0]!.config).toEqual({ keyFile: expect.stringMatching(/^\/.*parley-config-\w+\/keys\/key\.json$/) })
    expect(data).toMatch(/^\/.*\/store$/)
    expect(data).not.toMatch(/parley-config-/)
  }
})

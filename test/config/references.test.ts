import { expect, test } from 'vitest'
import { loadConfiguration } from '../../src/config/configuration.ts'
import { createDirectory, load, problems, vendors } from './workspace.ts'

const withSecret = (value: string) => `
accounts:
  main: { vendor: cloud, clientId: id, clientSecret: ${value} }
`
const read = (value: string, ...start: [Parameters<typeof load>[1]?]) =>
  (load(withSecret(value), ...start).accounts[0]!.config as { clientSecret: string }).clientSecret

test('replaces variables anywhere in a string, and does not resolve references in their values', () => {
  const environment = { ONE: 'a: #"b', TWO: '${ONE}', THREE: 'file:none' }
  expect(read('"<${ONE}-${TWO}>"', { environment })).toBe('<a: #"b-${ONE}>')
  expect(read('"${THREE}"', { environment })).toBe('file:none')
})

test('reports a variable that is not set, is empty, or has an invalid name once, with its setting', () => {
  const environment = { EMPTY: '' }
  const setting = 'parley.config.yaml:3: accounts.main.clientSecret: '
  expect(problems(withSecret('"${NONE}"'))).toEqual([
    `${setting}environment variable NONE is not set or is empty. Set it.`,
  ])
  for (const name of ['EMPTY', 'constructor', '__proto__'])
    expect(problems(withSecret(`"\${${name}}"`), { environment })).toHaveLength(1)
  for (const text of ['${', '${}', '${A-B}', '${A:-canary}'])
    expect(problems(withSecret(`"${text}"`))).toEqual([
      `${setting}has "\${" without the form \${NAME}. Write the name of one environment variable.`,
    ])
})

test('reads the file of a "file:" reference without its last line break', () => {
  const files = { 'keys/secret': 'two\nlines\n', windows: 'one\r\n', empty: '\n' }
  expect(read('file:./keys/secret', { files })).toBe('two\nlines')
  expect(read('"file:${DIR}/secret"', { files, environment: { DIR: 'keys' } })).toBe('two\nlines')
  expect(read('file:windows', { files })).toBe('one')
  expect(problems(withSecret('file:empty'), { files })).toEqual([
    expect.stringMatching(/clientSecret: .* is empty\. Write the value/),
  ])
  expect(problems(withSecret('file:none'))).toEqual([
    expect.stringMatching(
      /^parley\.config\.yaml:3: accounts\.main\.clientSecret: .*\(ENOENT\)\. Set the path of a readable file/,
    ),
  ])
  expect(problems(withSecret('file:.'))).toEqual([expect.stringMatching(/EISDIR/)])
  expect(problems(withSecret('"file:a\\0b"'))).toEqual([expect.stringMatching(/cannot be read/)])
})

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le')
const encodings = [
  ['UTF-8', (text: string) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16, as PowerShell writes it', utf16],
  ['UTF-16 with the high byte first', (text: string) => utf16(text).swap16()],
] as const

test.each(encodings)('reads a configuration and files with a byte order mark: %s', (_encoding, encode) => {
  const files = { secret: encode('Größe\r\n'), 'parley.config.yaml': encode(withSecret('file:secret')) }
  const configuration = loadConfiguration({ environment: {}, directory: createDirectory(files), vendors })!
  expect(configuration.accounts[0]!.config).toMatchObject({ clientSecret: 'Größe' })
})

test('resolves paths relative to the configuration file, with or without "file:"', () => {
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

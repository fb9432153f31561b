import { ConfigurationError } from '../../src/core/configuration-error.ts'
import { inspect } from 'node:util'
import { array, assert, constantFrom, dictionary, jsonValue, letrec, nat, oneof, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseConfiguration } from '../../src/config/configuration.ts'
import { readDocument } from '../../src/config/document.ts'
import { runs } from '../support/property.ts'
import { createDirectory, load, listProblems, vendors } from './workspace.ts'

const canary = 'c4n4ry-5ecr3t'

const everySetting = (value: string) => `
accounts:
  main: { vendor: "${value}", clientId: "${value}", clientSecret: "${value}", apiUrl: "${value}" }
  more: { vendor: cloud, clientId: ["${value}"], clientSecret: { a: "${value}" }, apiUrl: "${value}" }
  last: "${value}"
clients:
  - { name: " ${value}", apiKeySha256: "${value}", scopes: ["${value}"], accounts: ["${value}"] }
  - "${value}"
jwt: { issuer: " ${value}", audience: ["${value}"], jwksUrl: "${value}" }
data: ["${value}"]
cursorSecret: "${value}"
redis: "${value}"
cors: { origins: ["${value}"] }
trustProxy: "${value}"
limits: { depth: "${value}", inFlight: "${value}" }
`

test.each([canary, `${canary} `, `file:${canary}`, '${CANARY}', '${CANARY}${NONE}'])(
  'does not print the value of a setting in a problem: %s',
  (value) => {
    const environment = { CANARY: canary, PORT: canary, HOST: `${canary}/`, LOG_LEVEL: canary }
    const problems = listProblems(() => load(everySetting(value), { environment }))
    expect(problems.length).toBeGreaterThan(15)
    expect(problems.join('\n')).not.toContain(canary)
  },
)

test('does not print the text of a YAML error', () => {
  for (const broken of ['*', '!', '@', '%', '"', "'", '[', '{', '- ', '? ', '|', '&', '`', '"\\', ': ', '\t'])
    for (const yaml of [`a: ${broken}${canary}`, `a:\n  b: 1\n ${broken}${canary}`])
      expect(readDocument(yaml, 'file').issues.problems.join('\n')).not.toContain(canary)
})

test('redacts a configuration and its accounts when they are printed', () => {
  const configuration = load(`
accounts: { main: { vendor: cloud, clientId: id, clientSecret: ${canary} } }
cursorSecret: ${canary.repeat(3)}
`)
  expect(configuration.cursorSecret).toBe(canary.repeat(3))
  for (const holder of [configuration, configuration.accounts[0]])
    for (const text of [inspect(holder, { depth: 9 }), JSON.stringify({ holder }), String(holder)])
      expect(text).not.toContain(canary)
})

const start = (yaml: string, directory: string): void => {
  const { settings, issues } = readDocument(yaml, 'file')
  if (settings === undefined) throw new ConfigurationError(issues.problems)
  parseConfiguration(z.record(z.string(), z.unknown()).catch({}).parse(settings), {
    environment: {},
    directory,
    vendors,
  })
}

const expectConfigurationError = (work: () => unknown): void => {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError)
    expect((error as ConfigurationError).problems).not.toEqual([])
  }
}

const yamlish = array(
  constantFrom(
    ...'accounts clients limits jwt main vendor cloud __proto__ constructor ${A} file: 1 null'.split(' '),
  ).chain((word) =>
    constantFrom(`${word}: `, word, `\n${word}:\n  `, `[${word}`, '}', ']', '{', '- ', '\n', '&a ', '*a'),
  ),
  { maxLength: 400 },
)

test('throws only a ConfigurationError for random text and settings', () => {
  const directory = createDirectory({})
  assert(
    property(
      oneof(
        array(nat(0xffff), { maxLength: 4_000 }).map((codes) => String.fromCharCode(...codes)),
        yamlish.map((parts) => parts.join('')),
      ),
      (yaml) => expectConfigurationError(() => start(yaml, directory)),
    ),
    runs(500, 20_000),
  )
})

test('throws only a ConfigurationError for settings of any shape', () => {
  const names = constantFrom('accounts', 'clients', 'limits', 'jwt', 'cors', 'data', 'vendor', 'keyFile', '__proto__')
  const value = letrec((tie) => ({
    any: oneof({ depthSize: 'small' }, jsonValue(), constantFrom('cloud', 'keyed', '${A}'), tie('block')),
    block: dictionary(oneof(names, string()), tie('any')),
  }))
  assert(
    property(value.block, (settings) => expectConfigurationError(() => load(JSON.stringify(settings)))),
    runs(50, 2_000),
  )
})

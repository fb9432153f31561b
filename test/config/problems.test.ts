import { ConfigurationError } from '../../src/core/configuration-error.ts'
import { expect, test } from 'vitest'
import { account, load, problems } from './workspace.ts'

const places = (yaml: string) => problems(yaml).map((line) => line.replace(/^parley\.config\.yaml:/, ''))

test('everything that is wrong is told at once, each with its line, what it is and how to mend it', () => {
  const yaml = `
accounts:
  main:
    vendor: cloud
    client_id: id
  other: { vendor: clod }
  third:
    vendor: cloud
    clientId: 5
    clientSecret:
  9lives: { vendor: keyed, secretKey: k }
clientz: []
trustProxy: "yes"
limits:
  depth: 0
  tokens: 1.5
  inFligth: 2
`
  expect(places(yaml)).toEqual([
    '3: accounts.main.clientId: missing; set it, or take it from the environment with ${MAIN_CLIENT_ID}',
    '3: accounts.main.clientSecret: missing; set it, or take it from the environment with ${MAIN_CLIENT_SECRET}',
    '5: accounts.main.client_id: unknown; did you mean clientId?',
    '6: accounts.other.vendor: must be one of cloud, keyed',
    '9: accounts.third.clientId: must be text (in quotes, where it looks like something else)',
    '10: accounts.third.clientSecret: empty; give it a value, or take the line out',
    '11: accounts.9lives: must be named with 1 to 40 letters, digits, "-" or "_", a letter first; rename the account',
    '12: clientz: unknown; did you mean clients?',
    '13: trustProxy: must be true, false, or a list of IP addresses and ranges, such as [127.0.0.1, 10.0.0.0/8]',
    '15: limits.depth: must be at least 1',
    '16: limits.tokens: must be a whole number',
    '17: limits.inFligth: unknown; did you mean inFlight?',
  ])
})

test.each([
  ['[]', '4: trustProxy: name at least one proxy; take trustProxy out to trust none'],
  ...['proxy.example', '10.0.0.0/33', 'fd00::/129', '10.0.0.0/', '/8', '10.0.0/8', '10.0.0.1:80', 'fe80::1%eth0'].map(
    (range) => [`["${range}"]`, '4: trustProxy[0]: must be an IP address or a range, such as 10.0.0.0/8 or fd00::/8'],
  ),
])('trustProxy %s is rejected', (value, line) => {
  expect(places(`${account}trustProxy: ${value}\n`)).toEqual([line])
})

test('of several forms of credentials, the closest is spoken of', () => {
  expect(places('accounts: { k: { vendor: keyed, secretKey: x, cs: y } }')).toEqual([
    '1: accounts.k.cs: unknown; did you mean ca?',
  ])
  expect(places('accounts: { k: { vendor: keyed } }')).toEqual([
    '1: accounts.k.keyFile: missing; set it, or take it from the environment with ${K_KEY_FILE}',
  ])
})

test.each([
  ['', '1: accounts: missing; name at least one account'],
  ['# nothing', '1: accounts: missing; name at least one account'],
  ['accounts: {}', '1: accounts: empty; name at least one account'],
  ['accounts: []', '1: accounts: must be a block of settings ("name: value" lines)'],
  ['just text', '1: must be a block of settings ("name: value" lines)'],
  ['accounts: { main: }', '1: accounts.main: empty; give it a value, or take the line out'],
  ['accounts: { main: {} }', '1: accounts.main.vendor: missing; write one of cloud, keyed'],
])('%j is no configuration', (yaml, line) => {
  expect(places(yaml)).toEqual([line])
})

test.each([
  ['trustProxy: true\ntrustProxy: true', '2: this key stands twice in one block; keep one of them'],
  ['a:\n\tb: 1', '2: a tab is used to indent; use spaces'],
  ['a: "canary', '1: a quote, bracket or colon is missing; add it'],
  ['a: @canary', '1: text begins with a character that YAML reserves; put it in quotes'],
  ['a: b: canary', '1: a second ": " stands in one line; put the text in quotes'],
  ['a: !canary b', '1: a "!" begins a tag that means nothing here; put the text in quotes'],
  ['a: 1\n---\nb: 2', '2: a second document begins; take out the "---"'],
  ['['.repeat(50_000), '1: nested too deeply; mend the brackets'],
])('bad YAML is told by its line: %j', (yaml, line) => {
  expect(places(yaml)).toContain(line)
  expect(places(yaml).join()).not.toMatch(/canary/)
})

test('nesting is refused at any depth', () => {
  for (const [open, close] of [
    ['[', ']'],
    ['{a: ', '}'],
    ['- ', ''],
    ['? ', ''],
  ] as const)
    for (const depth of [11, 100, 300, 500, 700, 900, 1100, 1300, 1500, 3000])
      expect(problems(`limits: \n  ${open.repeat(depth)}1${close.repeat(depth)}`)).not.toEqual([])
})

test('aliases are not taken, round or not', () => {
  for (const yaml of ['a: *canary', 'a: &a [1, *a]', 'a: *a\nb: 1'])
    expect(places(yaml)).toEqual(['1: text begins with *, which makes it an alias; put it in quotes'])
})

const hash = 'ab'.repeat(32)
const clients = (...entries: string[]) => `${account}clients:\n${entries.map((entry) => `  - ${entry}\n`).join('')}`

test('clients keep their order; hashes are lower case; no accounts named means all', () => {
  const { clients: read } = load(
    clients(
      `{ name: one, apiKeySha256: ${hash.toUpperCase()}, scopes: [read, explore], accounts: [main] }`,
      `{ name: two, apiKeySha256: "${'1'.repeat(64)}", scopes: [write] }`,
    ),
  )
  expect(read).toEqual([
    { name: 'one', apiKeySha256: hash, scopes: ['read', 'explore'], accounts: ['main'] },
    { name: 'two', apiKeySha256: '1'.repeat(64), scopes: ['write'], accounts: null },
  ])
})

test('accepts two API keys of a client, for the time in which one replaces the other', () => {
  const [one, two] = ['1'.repeat(64), '2'.repeat(64)]
  const configuration = load(clients(`{ name: one, apiKeySha256: ["${one}", "${two}"], scopes: [read] }`))
  expect(configuration.clients[0]!.apiKeySha256).toEqual([one, two])
})

test.each([
  ['[]', 'clients[0].apiKeySha256: name at least one hash'],
  [
    `["${'1'.repeat(64)}", "${'2'.repeat(64)}", "${'3'.repeat(64)}"]`,
    'clients[0].apiKeySha256: must have at most two hashes: one of the key in use, and one of the key that replaces it',
  ],
  [
    `["${'1'.repeat(64)}", "${'1'.repeat(64)}"]`,
    'clients[0].apiKeySha256: holds one hash twice; give each key its own',
  ],
  [`["${'1'.repeat(64)}", short]`, 'clients[0].apiKeySha256[1]: must be 64 hex digits'],
  ['12', 'clients[0].apiKeySha256: must be'],
])('rejects API keys of a client that are wrong: %s', (hashes, line) => {
  const yaml = clients(`{ name: one, apiKeySha256: ${hashes}, scopes: [read] }`)
  expect(places(yaml)).toEqual([expect.stringContaining(line)])
})

test('rejects an API key that two clients have', () => {
  const [one, two] = ['1'.repeat(64), '2'.repeat(64)]
  const yaml = clients(
    `{ name: one, apiKeySha256: ["${one}", "${two}"], scopes: [read] }`,
    `{ name: two, apiKeySha256: "${two}", scopes: [read] }`,
  )
  expect(places(yaml)).toEqual(['6: clients[1].apiKeySha256: the same as that of clients[0]; give each its own'])
})

test('reads the limits of a client and of JWTs', () => {
  const jwt = 'jwt: { issuer: i, audience: a, jwksUrl: "https://x.example/", limits: { vendorCallsPerMinute: 9 } }'
  const limited = `{ name: one, apiKeySha256: ${hash}, scopes: [read], limits: { operationsPerMinute: 60 } }`
  const configuration = load(`${clients(limited)}${jwt}\n`)
  expect(configuration.clients[0]!.limits).toEqual({ operationsPerMinute: 60 })
  expect(configuration.jwt![0]!.limits).toEqual({ vendorCallsPerMinute: 9 })
})

test.each([
  ['{ operationsPerMinute: 0 }', 'clients[0].limits.operationsPerMinute: must be at least 1'],
  ['{ vendorCallsPerMinute: 1.5 }', 'clients[0].limits.vendorCallsPerMinute: must be a whole number'],
  ['{ operationsPerMinut: 5 }', 'clients[0].limits.operationsPerMinut: unknown; did you mean operationsPerMinute?'],
  ['{}', 'clients[0].limits: empty; set operationsPerMinute, vendorCallsPerMinute, or both'],
])('rejects limits of a client that are wrong: %s', (limits, line) => {
  const yaml = clients(`{ name: one, apiKeySha256: ${hash}, scopes: [read], limits: ${limits} }`)
  expect(places(yaml).join()).toContain(line)
})

test('clients that are wrong, or one twice', () => {
  const yaml = clients(
    `{ name: one, apiKeySha256: ${hash}, scopes: [read] }`,
    `{ name: one, apiKeySha256: ${hash.toUpperCase()}, scopes: [read] }`,
    '{ name: "", apiKeySha256: canary, scopes: [admin], accounts: [none] }',
    '{ name: x, scopes: [], accounts: }',
    'e3b0c442',
  )
  expect(places(yaml)).toEqual([
    '6: clients[1].name: the same as that of clients[0]; give each its own',
    '6: clients[1].apiKeySha256: the same as that of clients[0]; give each its own',
    expect.stringMatching(/^7: clients\[2\]\.name: must be 1 to 80/),
    expect.stringMatching(/^7: clients\[2\]\.apiKeySha256: must be 64 hex digits/),
    '7: clients[2].scopes[0]: must be one of read, write, credentials, explore, operate',
    '7: clients[2].accounts[0]: no such account; one of main',
    '8: clients[3].apiKeySha256: missing; set it',
    '8: clients[3].scopes: name at least one of read, write, credentials, explore, operate',
    '8: clients[3].accounts: empty; give it a value, or take the line out',
    '9: clients[4]: must be a block of settings ("name: value" lines)',
  ])
})

test('the digest of an empty key is refused', () => {
  const nothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  expect(places(clients(`{ name: x, apiKeySha256: ${nothing}, scopes: [read] }`))).toEqual([
    '5: clients[0].apiKeySha256: is the SHA-256 of an empty key; hash the key itself',
  ])
})

test.each([
  ['jwt: { issuer: me, audience: you, jwksUrl: "http://login.example/jwks" }', /jwt\.jwksUrl: must be .* https/],
  [
    'jwt: { issuer: me, audience: you, jwksUrl: "https://u:canary@login.example/" }',
    /jwt\.jwksUrl: must not hold a user/,
  ],
  ['jwt: { issuer: me, jwksUrl: "http://[::1]:1/jwks" }', /jwt\.audience: missing/],
  ['jwt:', /jwt: empty/],
  ['metrics: { host: "127.0.0.1" }', /metrics\.port: missing/],
  ['metrics: { port: 65536 }', /metrics\.port: must be at most 65535/],
  ['metrics: { port: 4000 }', /metrics\.port: is the port of the API/],
  ['metrics: { port: 9464, host: "a b" }', /metrics\.host: must be an IP address/],
  ['metrics: { port: 9464, host: 0.0.0.0 }', /metrics\.host: must be 127\.0\.0\.1 while no callers are configured/],
  ['metrics: { port: 9464, hst: "127.0.0.1" }', /metrics\.hst: unknown; did you mean host\?/],
  ['metrics: 9464', /metrics: must be a block/],
  ...['http://parley.test', 'parley.test:4000', '*.test', ''].map((name): [string, RegExp] => [
    `allowedHosts: ["${name}"]`,
    /allowedHosts\[0\]: must be a host name/,
  ]),
  [
    'jwt: { issuer: me, audience: you, jwksUrl: "https://login.example/", maxKeyAgeSeconds: 59 }',
    /jwt\.maxKeyAgeSeconds: must be at least 60/,
  ],
  ['jwt: []', /jwt: name at least one issuer/],
  [
    'jwt: [{ issuer: me, audience: [], jwksUrl: "https://login.example/" }]',
    /jwt\[0\]\.audience: name at least one audience/,
  ],
  [
    `jwt: [${['one', 'two'].map((name) => `{ name: ${name}, issuer: me, audience: you, jwksUrl: "https://login.example/" }`).join(', ')}]`,
    /jwt\[1\]\.issuer: the same as that of jwt\[0\]/,
  ],
  [
    `jwt: [${['me', 'them'].map((issuer) => `{ issuer: ${issuer}, audience: you, jwksUrl: "https://login.example/" }`).join(', ')}]`,
    /jwt\[1\]\.name: the same as that of jwt\[0\]/,
  ],
  ['cursorSecret: canary', /cursorSecret: must have at least 32 characters/],
  ['redis: http://canary', /redis: must be an address such as redis:/],
  ['redis: "redis://:canary@"', /redis: must be an address such as redis:/],
  ['redis: redis://u:canary@host/one', /redis: must end with the number of a database/],
  ['redis: redis://canary@host', /redis: names a user without a password/],
  ['redis: redis://u:canary%@host', /redis: holds a % that begins no %XX/],
  ['basePath: meetings', /basePath: must be a path such as \/meetings/],
  ['basePath: /', /basePath: must be a path/],
  ['basePath: /meetings/', /basePath: must be a path/],
  ['basePath: /a/../b', /basePath: must be a path/],
  ['basePath: "/a b"', /basePath: must be a path/],
  ['basePath: https://example.com/meetings', /basePath: must be a path/],
  ['basePath: /meetings/graphql', /basePath: must not end with \/graphql/],
  ['graphiql: 1', /graphiql/],
  ['cors: { origins: ["*"] }', /cors\.origins\[0\]: must be an origin/],
  ['cors: { origins: ["https://a.example/"] }', /cors\.origins\[0\]: must be an origin/],
  ['cors: { origins: [] }', /cors\.origins: name at least one origin/],
  ['data: ""', /data: must not be empty/],
  ['limits: { pageSize: 101 }', /limits\.pageSize: /],
  ['limits: { operationDeadline: 3000000000 }', /limits\.operationDeadline: must be at most 2147483647/],
  ['limits: { breakerFailures: 2 }', /limits\.breakerFailures: must be at most 1/],
  ['limits: 5', /limits: must be a block/],
])('%s is refused', (yaml, line) => {
  expect(problems(account + yaml)).toEqual([expect.stringMatching(line)])
  expect(problems(account + yaml).join()).not.toMatch(/canary/)
})

test('a loopback jwksUrl may be http', () => {
  for (const host of ['127.0.0.1:9', 'localhost', '[::1]'])
    expect(load(`${account}jwt: { issuer: a, audience: b, jwksUrl: "http://${host}/jwks" }`).jwt?.[0]?.issuer).toBe('a')
})

test('the message of the error holds every line', () => {
  const error = new ConfigurationError(['one', 'two'])
  expect(error.message.split('\n').slice(1)).toEqual(['one', 'two'])
})

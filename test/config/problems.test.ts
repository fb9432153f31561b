import { ConfigurationError } from '../../src/core/configuration-error.ts'
import { expect, test } from 'vitest'
import { account, load, problems } from './workspace.ts'

const listWithoutFile = (yaml: string) => problems(yaml).map((line) => line.replace(/^parley\.config\.yaml:/, ''))

test('reports all problems at once, each with its line and a fix', () => {
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
  expect(listWithoutFile(yaml)).toEqual([
    '3: accounts.main.clientId: is required. Set it, or refer to an environment variable with ${MAIN_CLIENT_ID}.',
    '3: accounts.main.clientSecret: is required. Set it, or refer to an environment variable with ${MAIN_CLIENT_SECRET}.',
    '5: accounts.main.client_id: is not a setting. Did you mean clientId?',
    '6: accounts.other.vendor: must be one of cloud, keyed.',
    '9: accounts.third.clientId: must be a string. Put it in quotes if it looks like a number, a Boolean, or null.',
    '10: accounts.third.clientSecret: is empty. Set a value, or remove the line.',
    '11: accounts.9lives: must be named with 1 to 40 letters, digits, "-", or "_", and begin with a letter. Rename the account.',
    '12: clientz: is not a setting. Did you mean clients?',
    '13: trustProxy: must be true, false, or a list of IP addresses and ranges, such as [127.0.0.1, 10.0.0.0/8].',
    '15: limits.depth: must be at least 1.',
    '16: limits.tokens: must be a whole number.',
    '17: limits.inFligth: is not a setting. Did you mean inFlight?',
  ])
})

test.each([
  ['[]', '4: trustProxy: must have at least one proxy. Remove "trustProxy" to trust none.'],
  ...['proxy.example', '10.0.0.0/33', 'fd00::/129', '10.0.0.0/', '/8', '10.0.0/8', '10.0.0.1:80', 'fe80::1%eth0'].map(
    (range) => [`["${range}"]`, '4: trustProxy[0]: must be an IP address or a range, such as 10.0.0.0/8 or fd00::/8.'],
  ),
])('rejects trustProxy %s', (value, line) => {
  expect(listWithoutFile(`${account}trustProxy: ${value}\n`)).toEqual([line])
})

test('reports the problems of the form of credentials that is closest to the input', () => {
  expect(listWithoutFile('accounts: { k: { vendor: keyed, secretKey: x, cs: y } }')).toEqual([
    '1: accounts.k.cs: is not a setting. Did you mean ca?',
  ])
  expect(listWithoutFile('accounts: { k: { vendor: keyed } }')).toEqual([
    '1: accounts.k.keyFile: is required. Set it, or refer to an environment variable with ${K_KEY_FILE}.',
  ])
})

test.each([
  ['', '1: accounts: is required. Configure at least one account.'],
  ['# nothing', '1: accounts: is required. Configure at least one account.'],
  ['accounts: {}', '1: accounts: must not be empty. Configure at least one account.'],
  ['accounts: []', '1: accounts: must be a block of settings ("name: value" lines).'],
  ['just text', '1: must be a block of settings ("name: value" lines).'],
  ['accounts: { main: }', '1: accounts.main: is empty. Set a value, or remove the line.'],
  ['accounts: { main: {} }', '1: accounts.main.vendor: is required. Set it to one of cloud, keyed.'],
])('rejects %j as a configuration', (yaml, line) => {
  expect(listWithoutFile(yaml)).toEqual([line])
})

test.each([
  ['trustProxy: true\ntrustProxy: true', '2: the block has this key twice. Remove one of them.'],
  ['a:\n\tb: 1', '2: the line is indented with a tab. Use spaces.'],
  ['a: "canary', '1: a quotation mark, bracket, or colon is missing. Add it.'],
  ['a: @canary', '1: the value begins with a character that YAML reserves. Put the value in quotes.'],
  ['a: b: canary', '1: the line has a second ": ". Put the value in quotes.'],
  ['a: !canary b', '1: a value that begins with "!" is a tag, which is not supported. Put the value in quotes.'],
  ['a: 1\n---\nb: 2', '2: the file has a second document. Remove the line "---".'],
])('reports the line of a YAML error without its text: %j', (yaml, line) => {
  expect(listWithoutFile(yaml)).toContain(line)
  expect(listWithoutFile(yaml).join()).not.toMatch(/canary/)
})

test('reports a value that is nested too deeply without its text', () => {
  expect(listWithoutFile('['.repeat(50_000))).toEqual(['1: the value is nested too deeply. Check the brackets.'])
})

test('rejects values that are nested too deeply, at any depth', () => {
  for (const [open, close] of [
    ['[', ']'],
    ['{a: ', '}'],
    ['- ', ''],
    ['? ', ''],
  ] as const)
    for (const depth of [11, 100, 500, 1_000, 3_000])
      expect(problems(`limits: \n  ${open.repeat(depth)}1${close.repeat(depth)}`)).not.toEqual([])
})

test('rejects aliases, cyclic or not', () => {
  for (const yaml of ['a: *canary', 'a: &a [1, *a]', 'a: *a\nb: 1'])
    expect(listWithoutFile(yaml)).toEqual([
      '1: a value that begins with "*" is an alias, which is not supported. Put the value in quotes.',
    ])
})

const hash = 'ab'.repeat(32)
const clients = (...entries: string[]) => `${account}clients:\n${entries.map((entry) => `  - ${entry}\n`).join('')}`

test('reads clients in their order, with hashes in lower case, and allows all accounts by default', () => {
  const configuration = load(
    clients(
      `{ name: one, apiKeySha256: ${hash.toUpperCase()}, scopes: [read, explore], accounts: [main] }`,
      `{ name: two, apiKeySha256: "${'1'.repeat(64)}", scopes: [write] }`,
    ),
  )
  expect(configuration.clients).toEqual([
    { name: 'one', apiKeySha256: hash, scopes: ['read', 'explore'], accounts: ['main'] },
    { name: 'two', apiKeySha256: '1'.repeat(64), scopes: ['write'], accounts: null },
  ])
})

test('accepts two hashes of API keys for a client, so that one key can replace the other', () => {
  const [one, two] = ['1'.repeat(64), '2'.repeat(64)]
  const configuration = load(clients(`{ name: one, apiKeySha256: ["${one}", "${two}"], scopes: [read] }`))
  expect(configuration.clients[0]!.apiKeySha256).toEqual([one, two])
})

test.each([
  ['none', '[]', 'clients[0].apiKeySha256: must have at least one hash.'],
  [
    'three',
    `["${'1'.repeat(64)}", "${'2'.repeat(64)}", "${'3'.repeat(64)}"]`,
    'clients[0].apiKeySha256: must have at most two hashes: one of the current key, and one of the key that replaces it.',
  ],
  [
    'the same twice',
    `["${'1'.repeat(64)}", "${'1'.repeat(64)}"]`,
    'clients[0].apiKeySha256: must not have the same hash twice. Use different keys.',
  ],
  ['a short one', `["${'1'.repeat(64)}", short]`, 'clients[0].apiKeySha256[1]: must be 64 hexadecimal digits'],
  ['a number', '12', 'clients[0].apiKeySha256: must be'],
])('rejects invalid hashes of the API keys of a client: %s', (_, hashes, line) => {
  const yaml = clients(`{ name: one, apiKeySha256: ${hashes}, scopes: [read] }`)
  expect(listWithoutFile(yaml)).toEqual([expect.stringContaining(line)])
})

test('rejects an API key that two clients share', () => {
  const [one, two] = ['1'.repeat(64), '2'.repeat(64)]
  const yaml = clients(
    `{ name: one, apiKeySha256: ["${one}", "${two}"], scopes: [read] }`,
    `{ name: two, apiKeySha256: "${two}", scopes: [read] }`,
  )
  expect(listWithoutFile(yaml)).toEqual([
    '6: clients[1].apiKeySha256: is the same as in clients[0]. Use a different value for each client.',
  ])
})

test('reads the limits of a client and of JWTs', () => {
  const jwt = 'jwt: { issuer: i, audience: a, jwksUrl: "https://x.example/", limits: { vendorCallsPerMinute: 9 } }'
  const limited = `{ name: one, apiKeySha256: ${hash}, scopes: [read], limits: { operationsPerMinute: 60 } }`
  const configuration = load(`${clients(limited)}${jwt}\n`)
  expect(configuration.clients[0]!.limits).toEqual({ operationsPerMinute: 60 })
  expect(configuration.jwt![0]!.limits).toEqual({ vendorCallsPerMinute: 9 })
})

test.each([
  ['{ operationsPerMinute: 0 }', 'clients[0].limits.operationsPerMinute: must be at least 1.'],
  ['{ vendorCallsPerMinute: 1.5 }', 'clients[0].limits.vendorCallsPerMinute: must be a whole number.'],
  [
    '{ operationsPerMinut: 5 }',
    'clients[0].limits.operationsPerMinut: is not a setting. Did you mean operationsPerMinute?',
  ],
  ['{}', 'clients[0].limits: must not be empty. Set operationsPerMinute, vendorCallsPerMinute, or both.'],
])('rejects invalid limits of a client: %s', (limits, line) => {
  const yaml = clients(`{ name: one, apiKeySha256: ${hash}, scopes: [read], limits: ${limits} }`)
  expect(listWithoutFile(yaml).join()).toContain(line)
})

test('rejects clients that are invalid or not unique', () => {
  const yaml = clients(
    `{ name: one, apiKeySha256: ${hash}, scopes: [read] }`,
    `{ name: one, apiKeySha256: ${hash.toUpperCase()}, scopes: [read] }`,
    '{ name: "", apiKeySha256: canary, scopes: [admin], accounts: [none] }',
    '{ name: x, scopes: [], accounts: }',
    'e3b0c442',
  )
  expect(listWithoutFile(yaml)).toEqual([
    '6: clients[1].name: is the same as in clients[0]. Use a different value for each client.',
    '6: clients[1].apiKeySha256: is the same as in clients[0]. Use a different value for each client.',
    expect.stringMatching(/^7: clients\[2\]\.name: must have 1 to 80/),
    expect.stringMatching(/^7: clients\[2\]\.apiKeySha256: must be 64 hexadecimal digits/),
    '7: clients[2].scopes[0]: must be one of read, write, credentials, recordings, explore, operate.',
    '7: clients[2].accounts[0]: must be the key of an account. Accounts: main.',
    '8: clients[3].apiKeySha256: is required. Set it.',
    '8: clients[3].scopes: must have at least one of read, write, credentials, recordings, explore, operate.',
    '8: clients[3].accounts: is empty. Set a value, or remove the line.',
    '9: clients[4]: must be a block of settings ("name: value" lines).',
  ])
})

test('rejects the hash of an empty API key', () => {
  const emptyKeyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  expect(listWithoutFile(clients(`{ name: x, apiKeySha256: ${emptyKeyHash}, scopes: [read] }`))).toEqual([
    '5: clients[0].apiKeySha256: is the SHA-256 of an empty string. Hash the API key.',
  ])
})

test.each([
  ['jwt: { issuer: me, audience: you, jwksUrl: "http://login.example/jwks" }', /jwt\.jwksUrl: must be .*https/],
  [
    'jwt: { issuer: me, audience: you, jwksUrl: "https://u:canary@login.example/" }',
    /jwt\.jwksUrl: must not contain a user/,
  ],
  ['jwt: { issuer: me, jwksUrl: "http://[::1]:1/jwks" }', /jwt\.audience: is required/],
  ['jwt:', /jwt: is empty/],
  ['metrics: { host: "127.0.0.1" }', /metrics\.port: is required/],
  ['metrics: { port: 65536 }', /metrics\.port: must be at most 65535/],
  ['metrics: { port: 4000 }', /metrics\.port: is the port of the API/],
  ['metrics: { port: 9464, host: "a b" }', /metrics\.host: must be an IP address/],
  ['metrics: { port: 9464, host: 0.0.0.0 }', /metrics\.host: must be 127\.0\.0\.1 without authentication/],
  ['metrics: { port: 9464, hst: "127.0.0.1" }', /metrics\.hst: is not a setting\. Did you mean host\?/],
  ['metrics: 9464', /metrics: must be a block/],
  ...['http://parley.test', 'parley.test:4000', '*.test', ''].map((name): [string, RegExp] => [
    `allowedHosts: ["${name}"]`,
    /allowedHosts\[0\]: must be a host name/,
  ]),
  [
    'jwt: { issuer: me, audience: you, jwksUrl: "https://login.example/", maxKeyAgeSeconds: 59 }',
    /jwt\.maxKeyAgeSeconds: must be at least 60/,
  ],
  ['jwt: []', /jwt: must have at least one issuer/],
  [
    'jwt: [{ issuer: me, audience: [], jwksUrl: "https://login.example/" }]',
    /jwt\[0\]\.audience: must have at least one audience/,
  ],
  [
    `jwt: [${['one', 'two'].map((name) => `{ name: ${name}, issuer: me, audience: you, jwksUrl: "https://login.example/" }`).join(', ')}]`,
    /jwt\[1\]\.issuer: is the same as in jwt\[0\]/,
  ],
  [
    `jwt: [${['me', 'them'].map((issuer) => `{ issuer: ${issuer}, audience: you, jwksUrl: "https://login.example/" }`).join(', ')}]`,
    /jwt\[1\]\.name: is the same as in jwt\[0\]/,
  ],
  ['cursorSecret: canary', /cursorSecret: must have at least 32 characters/],
  ['redis: http://canary', /redis: must be a URL such as redis:/],
  ['redis: "redis://:canary@"', /redis: must be a URL such as redis:/],
  ['redis: redis://u:canary@host/one', /redis: must end with the number of a database/],
  ['redis: redis://canary@host', /redis: has a user without a password/],
  ['redis: redis://u:canary%@host', /redis: has an invalid % in the user or password\. Write it as %25/],
  ['basePath: meetings', /basePath: must be a path such as \/meetings/],
  ['basePath: /', /basePath: must be a path/],
  ['basePath: /meetings/', /basePath: must be a path/],
  ['basePath: /a/../b', /basePath: must be a path/],
  ['basePath: "/a b"', /basePath: must be a path/],
  ['basePath: https://example.com/meetings', /basePath: must be a path/],
  ['basePath: /meetings/graphql', /basePath: must not end with \/graphql/],
  ['publicUrl: http://meet.example.com', /publicUrl: must be a URL such as https:/],
  ['publicUrl: https://meet.example.com/', /publicUrl: must be a URL/],
  ['publicUrl: https://meet.example.com/parley', /publicUrl: must be a URL/],
  ['publicUrl: https://meet.example.com?', /publicUrl: must be a URL/],
  ['publicUrl: "https://meet.example.com#a"', /publicUrl: must be a URL/],
  ['publicUrl: https://canary@meet.example.com', /publicUrl: must be a URL/],
  ['publicUrl: ftp://meet.example.com', /publicUrl: must be a URL/],
  ['publicUrl: meet.example.com', /publicUrl: must be a URL/],
  ['graphiql: 1', /graphiql/],
  ['federation: true', /federation: must be a block/],
  ['federation: { name: Meeting }', /federation\.name: is not a setting/],
  ['federation: { prefix: 5 }', /federation\.prefix: must be a string/],
  ['federation: { prefix: meeting }', /federation\.prefix: must have 1 to 40 letters and digits/],
  ['federation: { prefix: Meeting_ }', /federation\.prefix: must have 1 to 40 letters and digits/],
  ['federation: { prefix: 5Meeting }', /federation\.prefix: must have 1 to 40 letters and digits/],
  ['federation: { prefix: Möte }', /federation\.prefix: must have 1 to 40 letters and digits/],
  ['federation: { prefix: "" }', /federation\.prefix: must have 1 to 40 letters and digits/],
  [`federation: { prefix: M${'e'.repeat(40)} }`, /federation\.prefix: must have 1 to 40 letters and digits/],
  ['cors: { origins: ["*"] }', /cors\.origins\[0\]: must be an origin/],
  ['cors: { origins: ["https://a.example/"] }', /cors\.origins\[0\]: must be an origin/],
  ['cors: { origins: [] }', /cors\.origins: must have at least one origin/],
  ['data: ""', /data: must not be empty/],
  ['limits: { pageSize: 101 }', /limits\.pageSize: /],
  ['limits: { operationDeadline: 3000000000 }', /limits\.operationDeadline: must be at most 2147483647/],
  ['limits: { breakerFailures: 2 }', /limits\.breakerFailures: must be at most 1/],
  ['limits: 5', /limits: must be a block/],
])('rejects %s', (yaml, line) => {
  expect(problems(account + yaml)).toEqual([expect.stringMatching(line)])
  expect(problems(account + yaml).join()).not.toMatch(/canary/)
})

test('accepts http in jwksUrl for a loopback host', () => {
  for (const host of ['127.0.0.1:9', 'localhost', '[::1]'])
    expect(load(`${account}jwt: { issuer: a, audience: b, jwksUrl: "http://${host}/jwks" }`).jwt?.[0]?.issuer).toBe('a')
})

test('ConfigurationError has every problem in its message', () => {
  const error = new ConfigurationError(['one', 'two'])
  expect(error.message.split('\n').slice(1)).toEqual(['one', 'two'])
})

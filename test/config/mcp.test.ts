import { describe, expect, test } from 'vitest'
import { account, load, problems as listFileProblems } from './workspace.ts'

const jwt = 'jwt: { issuer: me, audience: you, jwksUrl: "https://login.example/" }\n'

describe('mcp', () => {
  test('opens no endpoint if the key is omitted', () => {
    expect(load(account).mcp).toBeNull()
  })

  test('has the built-in tools and no others by default', () => {
    expect(load(`${account}mcp: {}\n`).mcp).toEqual({ url: null, builtin: true, tools: [] })
  })

  test.each(['mcp', 'federation'])('suggests an empty block for %s without a value', (key) => {
    expect(listFileProblems(`${account}${key}:\n`)).toEqual([
      `parley.config.yaml:4: ${key}: is empty. Write {} for the default settings, or remove the line.`,
    ])
  })

  test('resolves the paths of tools from the folder of the configuration file', () => {
    const { file, mcp } = load(`${account}mcp: { builtin: false, tools: [./tools, ../more.graphql] }\n`)
    expect(file).toBe('parley.config.yaml')
    expect(mcp).toMatchObject({
      builtin: false,
      tools: [
        { name: './tools', path: expect.stringMatching(/^\/.*\/parley-config-[^/]+\/tools$/) },
        { name: '../more.graphql', path: expect.stringMatching(/^\/[^.]*\/more\.graphql$/) },
      ],
    })
  })

  test.each(['https://meetings.example.com/mcp', 'http://127.0.0.1:4000/mcp', 'https://example.com/meetings/mcp'])(
    'accepts the URL %s',
    (url) => {
      expect(load(`${account}${jwt}mcp: { url: "${url}" }\n`).mcp?.url).toBe(url)
    },
  )

  test('requires the URL if JWTs are configured', () => {
    expect(listFileProblems(`${account}${jwt}mcp: {}\n`)).toEqual([
      expect.stringMatching(
        /^parley\.config\.yaml:\d+: mcp\.url: is required, because "jwt" is configured\. Set the URL/,
      ),
    ])
  })

  test.each([
    ['mcp:', /mcp: is empty/],
    ['mcp: true', /mcp: must be a block/],
    ['mcp: { path: /mcp }', /mcp\.path: is not a setting/],
    ['mcp: { builtin: 1 }', /mcp\.builtin: must be true or false/],
    ['mcp: { tools: ./tools }', /mcp\.tools: must be a list/],
    ['mcp: { tools: [""] }', /mcp\.tools\[0\]: must not be empty/],
    ...[
      'http://meet.example.com/mcp',
      'https://meet.example.com/',
      'https://meet.example.com',
      'https://meet.example.com/mcp/',
      'https://meet.example.com/mcp?canary',
      'https://meet.example.com/mcp#canary',
      'https://canary@meet.example.com/mcp',
      'https://MEET.example.com/mcp',
      'meet.example.com/mcp',
      'null',
    ].map((url): [string, RegExp] => [`mcp: { url: "${url}" }`, /mcp\.url: must be a URL such as https:/]),
  ])('rejects %s', (yaml, problem) => {
    const [line, ...others] = listFileProblems(`${account}${yaml}\n`)
    expect(others).toEqual([])
    expect(line).toMatch(problem)
    expect(line).not.toContain('canary')
  })
})

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { stringify } from 'yaml'
import { start as startZoom, type ZoomSandbox } from '../../../src/sandboxes/zoom/index.ts'
import { run } from '../../cli/run.ts'
import { DocumentFolder } from '../documents/stage.ts'

let sandbox: ZoomSandbox
beforeAll(async () => void (sandbox = await startZoom({ seed: { active: 1, inactive: 0, pending: 0 } })))
afterAll(() => sandbox?.close())

function configure(files: Record<string, string>, settings: object): string {
  const folder = new DocumentFolder()
  onTestFinished(() => folder.remove())
  folder.write(files)
  const all = { accounts: { zoom: sandbox.account }, data: './data', ...settings }
  writeFileSync(join(folder.path, 'parley.config.yaml'), stringify(all))
  return folder.path
}

const input = 'input: {idempotencyKey: $k, conferenceId: "x"}'
const createRun = (selection: string): string =>
  `"Starts." mutation start($k: String!) { runConference(${input}) ${selection} }`

describe('invalid tools', () => {
  const files = {
    'tools/key.graphql': '"Ends." mutation end_it { endConference(input: {conferenceId: "x"}) { outcome } }',
    'tools/url.graphql': createRun('{\n  startUrl }'),
    'tools/alias.graphql': createRun('{\n  link: startUrl }'),
    'tools/fragment.graphql': `${createRun('{ ...R }')}\nfragment R on RunConferencePayload { startUrl }`,
    'tools/token.graphql': '"I." mutation issue($i: IssueUserTokenInput!) { issueUserToken(input: $i) { outcome } }',
    'tools/upload.graphql': '"U." mutation upload($i: UploadFileInput!) { uploadFile(input: $i) { outcome } }',
    'tools/silent.graphql': 'query silent { accounts { key } }',
    'tools/unnamed.graphql': '"Lists." query { accounts { key } }',
    'tools/two.graphql': '"A." query one { accounts { key } } "B." query two { accounts { key } }',
    'tools/long.graphql': `"Long." query ${'x'.repeat(65)} { accounts { key } }`,
    'tools/stream.graphql': '"Watches." subscription watch_it { conferenceEvents { cursor } }',
    'tools/root.graphql': '"Lists." query root { ...Q } fragment Q on Query { accounts { key } }',
    'tools/taken.graphql': '"Lists." query list_users { accounts { key } }',
    'tools/schema/wrong.graphql': '"Lists."\nquery wrong { accounts {\n  nope } }',
    'tools/notes.json': '{"not": 1}',
    'named.json': '{}',
  }
  const errors: [file: RegExp, reason: RegExp][] = [
    [/^tools\/key\.graphql:1: key: /, /"endConference" must have idempotencyKey: \$idempotencyKey/],
    [/^tools\/url\.graphql:2: url: /, /"startUrl" returns a credential/],
    [/^tools\/alias\.graphql:2: alias: /, /"startUrl" returns a credential/],
    [/^tools\/fragment\.graphql:2: fragment: /, /"startUrl" returns a credential/],
    [/^tools\/token\.graphql:1: token: /, /"issueUserToken" returns a credential/],
    [/^tools\/upload\.graphql:1: upload: /, /"uploadFile" requires a file/],
    [/^tools\/silent\.graphql:1: silent: /, /must have a description/],
    [/^tools\/unnamed\.graphql:1: unnamed: /, /must have a name/],
    [/^tools\/two\.graphql:1: two: /, /exactly one operation/],
    [/^tools\/long\.graphql:1: long: /, /at most 64 characters/],
    [/^tools\/stream\.graphql:1: stream: /, /subscription cannot be a tool/],
    [/^tools\/root\.graphql:1: root: /, /Fragments cannot be at the root/],
    [/^tools\/taken\.graphql:1: taken: /, /A built-in tool has the name "list_users"/],
    [/^tools\/schema\/wrong\.graphql:3: schema\.wrong: /, /Cannot query field "nope"/],
    [/^\.\/named\.json: /, /must be a folder, or a file whose name ends with \.graphql/],
    [/^\.\/missing: /, /cannot be read \(ENOENT\)/],
  ]
  const mcp = { tools: ['./tools', './named.json', './missing'] }
  const expectErrors = (lines: string[]): void => {
    for (const [file, reason] of errors) {
      const line = lines.find((candidate) => file.test(candidate))
      expect(line, String(file)).toMatch(reason)
    }
    expect(lines).toHaveLength(errors.length)
  }

  test('[M14] are reported all at once with the trusted documents, and the server does not start', async () => {
    const cwd = configure(
      { ...files, 'documents/a.graphql': '{ nope }' },
      { mcp, documents: { from: ['./documents'] } },
    )
    const { code, stdout, stderr } = await run(['serve'], { cwd, env: { PORT: '0' } })
    expect(code).toBe(1)
    expect(stdout).toBe('')
    const [title, document, ...lines] = stderr
      .trimEnd()
      .split('\n')
      .map((line) => line.trimStart())
    expect(title).toBe('The configuration has errors:')
    expect(document).toMatch(/^documents\/a\.graphql:1: a: Cannot query field "nope"/)
    expectErrors(lines)
  })

  test('[M14] are reported by parley check', async () => {
    const { code, stdout } = await run(['check'], { cwd: configure(files, { mcp }) })
    expect(code).toBe(1)
    const lines = stdout.split('\n').filter((line) => line.startsWith('tools: '))
    expectErrors(lines.map((line) => line.slice('tools: '.length)))
  })
})

describe('valid tools', () => {
  test('are counted by parley check, with a warning for each that is too expensive', async () => {
    const nested = 'nodes { conferences { nodes { participants { nodes { displayName } } } } }'
    const cwd = configure(
      {
        'tools/a.graphql': '"Lists." query a { accounts { key } }',
        'tools/b.graphql': `"Lists." query b { users { ${nested} } }`,
      },
      { mcp: { tools: ['./tools'] } },
    )
    const { code, stdout } = await run(['check'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('tools: ok, 15 tools\n')
    expect(stdout).toMatch(/^tools: tools\/b\.graphql:1: b: The operation c.*The limit/m)
  })
})

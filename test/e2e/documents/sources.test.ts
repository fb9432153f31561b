import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { stringify } from 'yaml'
import { start as startZoom, type ZoomSandbox } from '../../../src/sandboxes/zoom/index.ts'
import { run, start } from '../../cli/run.ts'
import { createManifest, DocumentFolder } from './stage.ts'

let sandbox: ZoomSandbox
beforeAll(async () => void (sandbox = await startZoom({ seed: { active: 1, inactive: 0, pending: 0 } })))
afterAll(() => sandbox?.close())

const keys = '{ accounts { key } }'

function createFolder(files: Record<string, string | object>): DocumentFolder {
  const folder = new DocumentFolder()
  onTestFinished(() => folder.remove())
  folder.write(files)
  return folder
}

function configure(folder: DocumentFolder, documents: object, more: object = {}): void {
  const settings = { accounts: { zoom: sandbox.account }, data: './data', documents, ...more }
  writeFileSync(join(folder.path, 'parley.config.yaml'), stringify(settings))
}

describe('invalid trusted documents', () => {
  const errors: [file: RegExp, reason: RegExp][] = [
    [/^\.\/missing: /, /cannot be read \(ENOENT\)/],
    [/^operations\/broken\.json: /, /is not valid JSON \(line 2\)/],
    [/^operations\/version\.json: /, /must have "version": 1/],
    [/^operations\/list\.json: /, /must have one JSON object/],
    [/^operations\/notes\.json: /, /is neither an Apollo manifest nor an object/],
    [/^operations\/ids\.json:2: b c: /, /The ID must be/],
    [/^operations\/two\.json:1: twice: /, /operations\/one\.json has another document with this ID/],
    [/^operations\/latin\.graphql: /, /is not valid UTF-8/],
    [/^operations\/empty\.graphql:1: empty: /, /Syntax Error/],
    [/^operations\/users\/List\.graphql:3: users\.List: /, /Cannot query field "nope" on type "User"/],
    [/^operations\/schema\.graphql:1: schema: /, /not executable/],
    [/^operations\/deep\.json:1: deep: /, /The document is nested too deeply/],
  ]
  const createErrors = (): DocumentFolder => {
    const folder = createFolder({
      'operations/broken.json': '{\n  "a": ',
      'operations/version.json': { format: 'apollo-persisted-query-manifest', version: 2, operations: [] },
      'operations/list.json': [keys],
      'operations/notes.json': { name: 'web', private: true },
      'operations/ids.json': `{\n  "b c": ${JSON.stringify(keys)}\n}`,
      'operations/one.json': { twice: keys },
      'operations/two.json': createManifest({ twice: '{ accounts { label } }' }),
      'operations/empty.graphql': '',
      'operations/users/List.graphql': 'query {\n  users { nodes {\n    nope\n  } }\n}\n',
      'operations/schema.graphql': 'type Query { a: Int }',
      'operations/deep.json': { deep: '{ a '.repeat(50_000) },
    })
    writeFileSync(join(folder.path, 'operations', 'latin.graphql'), Buffer.from([0x23, 0xe9]))
    configure(folder, { mode: 'only', from: ['./missing', './operations'] })
    return folder
  }
  const expectErrors = (lines: string[]): void => {
    for (const [file, reason] of errors) {
      const line = lines.find((candidate) => file.test(candidate))
      expect(line, String(file)).toMatch(reason)
    }
    expect(lines).toHaveLength(errors.length)
  }

  test('[D22] are reported all at once, and the server does not start', async () => {
    const { path } = createErrors()
    const { code, stdout, stderr } = await run(['serve'], { cwd: path, env: { PORT: '0' } })
    expect(code).toBe(1)
    expect(stdout).toBe('')
    const [title, ...lines] = stderr.trimEnd().split('\n')
    expect(title).toBe('The configuration has errors:')
    expectErrors(lines.map((line) => line.trimStart()))
  })

  test('[D22] are reported by parley check', async () => {
    const { path } = createErrors()
    const { code, stdout } = await run(['check'], { cwd: path })
    expect(code).toBe(1)
    const lines = stdout.split('\n').filter((line) => line.startsWith('documents: '))
    expectErrors(lines.map((line) => line.slice('documents: '.length)))
  })

  test('are counted with those of API clients', async () => {
    const folder = createFolder({ 'a.graphql': '{ nope }' })
    const client = { name: 'web', apiKeySha256: 'ab'.repeat(32), scopes: ['read'], documents: { from: ['a.graphql'] } }
    configure(folder, { mode: 'sometimes', from: 'a' }, { clients: [{ ...client, documents: { mode: 1 } }] })
    const { code, stderr } = await run(['check'], { cwd: folder.path })
    expect(code).toBe(1)
    expect(stderr).toMatch(/:\d+: documents\.mode: must be one of off, allow, only\./)
    expect(stderr).toMatch(/:\d+: documents\.from: must be a list/)
    expect(stderr).toMatch(/:\d+: clients\[0\]\.documents\.mode: must be one of off, allow, only\./)
    configure(folder, { mode: 'off' }, { clients: [client] })
    expect((await run(['check'], { cwd: folder.path })).stdout).toMatch(/^documents: a\.graphql:1: a: Cannot query/m)
  })
})

describe('valid trusted documents', () => {
  test('are counted by parley check, with a warning for each that is too expensive', async () => {
    const nested = 'nodes { conferences { nodes { participants { nodes { displayName } } } } }'
    const folder = createFolder({
      'operations/a.graphql': `\ufeff${keys}`,
      'operations/b.gql': `query Costly { users { ${nested} } }`,
      'operations/old/a.json': { a: `\ufeff${keys}` },
      'operations/.git/c.graphql': '{',
      'operations/README.md': '{',
      'named.graphql': keys,
    })
    configure(folder, { mode: 'only', from: ['operations', './named.graphql'] })
    const { code, stdout } = await run(['check'], { cwd: folder.path })
    expect(code).toBe(0)
    expect(stdout).toContain('documents: ok, 3 documents\n')
    expect(stdout).toMatch(/^documents: operations\/b\.gql:1: b: The operation c.*The limit/m)
  })

  test('close GraphiQL in the mode only, so that parley serve prints only the API', async () => {
    const folder = createFolder({ 'a.graphql': keys })
    configure(folder, { mode: 'only', from: ['a.graphql'] })
    const { stdout } = await run(['check'], { cwd: folder.path })
    expect(stdout).toContain('documents: ok, 1 document\n')
    const { child, ended } = start(['serve'], { cwd: folder.path, env: { PORT: '0' } })
    const [greeting] = (await once(child.stdout!, 'data')) as [Buffer]
    child.kill()
    await ended
    expect(String(greeting)).toMatch(/^Parley is ready\. API: http/)
  })
})

import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandboxes, type Sandboxes } from '../../src/sandboxes/index.ts'
import { linesOf, startCommand } from '../cli/run.ts'
import { blocksOf } from '../docs/blocks.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { compilerOf, installPackage, installVersions, nodeOf } from './install.ts'

const consumer = `
import { createReadStream } from 'node:fs'
import {
  createClient, isDone, isUnknown, ParleyError, UsersDocument, type ErrorCode, type UploadPayload, type UserStatus,
} from '@parley-graphql/server/client/node'
import { startSandbox, type ZoomSandbox } from '@parley-graphql/server/sandboxes'

const client = createClient({ url: process.env['PARLEY_URL']! })
const statuses: Record<string, number> = {}
for await (const user of client.paginate(UsersDocument, { first: 100 }, ({ users }) => users)) {
  const status: UserStatus = user.status
  statuses[status] = (statuses[status] ?? 0) + 1
}
const target = { account: 'imeetcentral' }
const uploads: UploadPayload[] = [
  await client.upload('minutes.txt', target),
  await client.upload(createReadStream('minutes.txt'), target, { name: 'streamed.txt' }),
]
export const startZoom = (): Promise<ZoomSandbox> => startSandbox('zoom', { seed: { active: 3 } })
const code = await client.request(UsersDocument, { after: 'x' }).then(
  () => null,
  (error: unknown): ErrorCode | 'NONE' => (error instanceof ParleyError ? error.code : 'NONE'),
)
console.log(JSON.stringify({ statuses, done: uploads.map(isDone), open: uploads.some(isUnknown), code, node: process.version }))
`
/** Each line is an error that the types must catch. */
const mistakes = `
import { createClient, UsersDocument } from '@parley-graphql/server/client'
const client = createClient({ url: '' })
// @ts-expect-error Variables are checked.
await client.request(UsersDocument, { first: 'two' })
// @ts-expect-error So are the fields of a response.
;(await client.request(UsersDocument, {})).conferences
// @ts-expect-error A file goes to one place.
await client.upload('x', { conferenceId: '1', userId: '2' })
`
/** The example of the docs. */
const [recipe] = blocksOf('docs/recipes.md', 'ts')
const resolutions = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
}
const compilerOptions = { target: 'es2022', strict: true, exactOptionalPropertyTypes: true, types: ['node'] }
const minutes = 'Ada: agreed.\n'
/** Folder of a build in progress in the checkout. */
const otherBuild = 'dist/cli-other'

let folder: string
let sandboxes: Sandboxes
let server: ServerProcess
let env: Record<string, string>

beforeAll(async () => {
  mkdirSync(otherBuild, { recursive: true })
  writeFileSync(join(otherBuild, 'run.js'), '')
  ;[folder, sandboxes] = await Promise.all([installPackage(), startSandboxes(0), installVersions()])
  server = await startProcess({ accounts: sandboxes.accounts })
  const PATH = `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`
  env = { PATH, PARLEY_URL: server.graphqlUrl, PORT: '0', PARLEY_SANDBOX_PORT: '0' }
  for (const [name, options] of Object.entries(resolutions)) {
    const project = { compilerOptions: { ...compilerOptions, ...options, outDir: 'built' }, include: ['*.ts'] }
    writeFileSync(join(folder, `tsconfig.${name}.json`), JSON.stringify(project))
  }
  writeFileSync(join(folder, 'consumer.ts'), consumer)
  writeFileSync(join(folder, 'mistakes.ts'), mistakes)
  writeFileSync(join(folder, 'recipe.ts'), recipe!)
  writeFileSync(join(folder, 'minutes.txt'), minutes)
}, 300_000)
afterAll(async () => {
  await server?.stop()
  await sandboxes?.close()
  await rm(folder, { recursive: true })
  await rm(otherBuild, { recursive: true, force: true })
})

const inProject = (command: string, ...args: string[]) => startCommand(command, args, { env, cwd: folder })
const bin = 'node_modules/@parley-graphql/server/bin/parley.js'
const parley = (...args: string[]) => inProject(process.execPath, bin, ...args)

test('runs the sandbox recipe', async () => {
  const [sandboxRecipe] = blocksOf('docs/recipes.md', 'mjs')
  const ran = await inProject(process.execPath, '--input-type=module', '--eval', sandboxRecipe!).ended
  expect(ran).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+ \{\n {2}vendor: 'zoom'/),
  })
})

test('exports the schema for clients without a module of Node', async () => {
  const script = `const { possibleTypes, scalars } = await import('@parley-graphql/server/schema')
    console.log(JSON.stringify([possibleTypes.Schedule.length, scalars.DateTime]))`
  const ran = await inProject(process.execPath, '--input-type=module', '--eval', script).ended
  expect(ran).toMatchObject({ code: 0, stdout: '[3,"string"]\n' })
  const built = join(folder, 'node_modules/@parley-graphql/server/dist/client')
  for (const name of ['schema.js', 'possible-types.js', 'scalars.js'])
    expect(readFileSync(join(built, name), 'utf8')).not.toMatch(/node:/)
})

test('neither packs nor deletes the files of a build in progress', () => {
  expect(readdirSync(otherBuild)).toEqual(['run.js'])
  const dist = readdirSync(join(folder, 'node_modules/@parley-graphql/server/dist'))
  expect(dist.sort()).toEqual(['cli', 'client', 'sandboxes'])
})

test('packs only the files that run and their documentation', () => {
  const installed = join(folder, 'node_modules/@parley-graphql/server')
  expect(readdirSync(installed).sort()).toEqual([
    'LICENSE',
    'README.md',
    'bin',
    'dist',
    'package.json',
    'parley.config.example.yaml',
    'schema.graphql',
  ])
  const dist = readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' })
  expect(dist.filter((name) => /test|\.ts$/.test(name) && !/^(client|sandboxes)\/.*\.d\.ts$/.test(name))).toEqual([])
  expect(readdirSync(join(installed, 'dist/cli/builtin'))).toEqual(readdirSync('src/mcp/builtin'))
})

test('packs the licenses of the packages that the command contains', () => {
  const licenses = readFileSync(join(folder, 'node_modules/@parley-graphql/server/dist/cli/licenses.txt'), 'utf8')
  expect(licenses).toMatch(/^undici \d+\.\d+\.\d+ \(MIT\)\n\nMIT License/m)
  expect(licenses).toMatch(/^@graphql-tools\/utils .*\n\nCopyright .*\n\nPermission is hereby granted/m)
})

describe.each(['typescript-5', 'typescript-6', 'typescript'])('%s', (version) => {
  test.each(Object.keys(resolutions))(
    'has types that pass the check, libraries included: %s',
    async (resolution) => {
      const project = `tsconfig.${resolution}.json`
      const ran = await inProject(process.execPath, compilerOf(version), '--project', project, '--noEmit').ended
      expect(ran).toMatchObject({ code: 0, stdout: '' })
    },
    120_000,
  )
})

describe('client', () => {
  beforeAll(async () => {
    const built = await inProject(process.execPath, compilerOf('typescript-5'), '-p', 'tsconfig.nodenext.json').ended
    expect(built).toMatchObject({ code: 0, stdout: '' })
  }, 120_000)

  test.each([
    ['v20', 'node-20'],
    ['v22', 'node-22'],
    ['v24', 'node'],
  ])('pages, uploads, and reports errors with Node %s', async (node, name) => {
    const { effects } = sandboxes.running['imeetcentral']!
    effects.length = 0
    const ran = await inProject(nodeOf(name), 'built/consumer.js').ended
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    const { statuses, ...rest } = JSON.parse(ran.stdout) as { statuses: Record<string, number> }
    expect(Object.values(statuses).reduce((sum, count) => sum + count)).toBe(2000)
    const code = 'INVALID_CURSOR'
    expect(rest).toEqual({ done: [true, true], open: false, code, node: expect.stringContaining(`${node}.`) })
    const sha256 = createHash('sha256').update(minutes).digest('hex')
    const sent = effects.filter(({ kind }) => kind === 'uploadFile').map(({ detail }) => detail)
    expect(sent).toMatchObject([
      { name: 'minutes.txt', sha256 },
      { name: 'streamed.txt', sha256 },
    ])
    const shown = await inProject(nodeOf(name), 'built/recipe.js').ended
    expect(shown).toMatchObject({ code: 0, stderr: '' })
    expect(shown.stdout).toMatch(/^\d+ users are active\nminutes\.txt: 13 bytes\n$/)
  })
})

describe('command parley', () => {
  test('runs with npx and prints its help', async () => {
    const ran = await inProject('npx', 'parley', '--help').ended
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('\n  query ') })
  })

  test('query prints a list without a document', async () => {
    const ran = await parley('query', '--all', 'users').ended
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(linesOf(ran.stdout)).toHaveLength(2000)
  })

  test('serve starts the sandboxes and GraphiQL, and stops on a signal', async () => {
    const { child, ended } = parley('serve')
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout!.on('data', (said) => resolve(/http:\S+\/graphql/.exec(String(said))![0]))
      child.once('exit', () => reject(new Error('It ended.')))
    })
    const query = await startCommand(process.execPath, [bin, 'query', '-'], {
      env: { PARLEY_URL: url },
      cwd: folder,
      input: '{ accounts { key } }',
    }).ended
    expect(JSON.parse(query.stdout)).toEqual({
      data: { accounts: [{ key: 'zoom' }, { key: 'trueconf' }, { key: 'imeetcentral' }] },
    })
    const page = await (await fetch(url, { headers: { accept: 'text/html' } })).text()
    const files = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, link]) => new URL(link!, url))
    expect(files).toHaveLength(2)
    for (const file of files) expect(await fetch(file)).toMatchObject({ status: 200 })
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 0 })
  })

  test('reports the required version when run with an older Node', async () => {
    const ran = await inProject(nodeOf('node-20'), bin, '--help').ended
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr).toMatch(/^Parley requires Node 24 or later\. This is Node 20\.[\d.]+\n$/)
  })
})

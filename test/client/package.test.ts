import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scriptedServer } from '../cli/scripted-server.ts'

const execute = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const modules = join(root, 'node_modules')
const tsc = join(modules, 'typescript/bin/tsc')

const consumer = `
import { createClient, isUnknown, ParleyError, UsersDocument, type UploadPayload, type UserStatus } from 'parley/client'

const client = createClient({ url: process.env['PARLEY_URL']! })
for await (const user of client.paginate(UsersDocument, { first: 2 }, ({ users }) => users)) {
  const status: UserStatus = user.status
  console.log(user.id, status)
}
export const told = (payload: UploadPayload, error: unknown): boolean =>
  isUnknown(payload) || (error instanceof ParleyError && error.outcomeUnknown)
`
/** Each line is an error that the types must catch. */
const mistakes = `
import { createClient, UsersDocument } from 'parley/client'
const client = createClient({ url: '' })
// @ts-expect-error Variables are checked.
await client.request(UsersDocument, { first: 'two' })
// @ts-expect-error So is what a document answers.
;(await client.request(UsersDocument, {})).conferences
// @ts-expect-error A file goes to one place.
await client.upload('x', { conferenceId: '1', userId: '2' })
`

let folder: string

/** The tarball that `npm pack` makes, unpacked beside what it depends on. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-package-'))
  const [packed, installed] = [join(folder, 'packed'), join(folder, 'node_modules/parley')]
  mkdirSync(packed)
  mkdirSync(installed, { recursive: true })
  for (const name of ['package.json', 'schema.graphql']) copyFileSync(join(root, name), join(packed, name))
  await execute(process.execPath, [tsc, '--project', 'tsconfig.client.json', '--outDir', join(packed, 'dist')], {
    cwd: root,
  })
  const { stdout } = await execute('npm', ['pack', '--ignore-scripts', '--json'], { cwd: packed })
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }]
  await execute('tar', ['-xzf', join(packed, filename), '-C', installed, '--strip-components=1'])
  for (const name of [
    'graphql',
    'graphql-request',
    '@graphql-typed-document-node/core',
    '@types/node',
    'undici-types',
  ]) {
    const place = join(folder, 'node_modules', name)
    mkdirSync(dirname(place), { recursive: true })
    symlinkSync(join(modules, name), place)
  }
  const options = { module: 'nodenext', target: 'es2022', strict: true, exactOptionalPropertyTypes: true, noEmit: true }
  const compilerOptions = { ...options, types: ['node'], skipLibCheck: false }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'consumer.ts'), consumer)
  writeFileSync(join(folder, 'mistakes.ts'), mistakes)
})
afterAll(() => rm(folder, { recursive: true }))

test('the packed types check in a consumer, libraries included', async () => {
  const checked = await execute(process.execPath, [tsc, '--project', folder]).catch((error: unknown) => error)
  expect(checked).toMatchObject({ stdout: '' })
})

test('the packed client runs', async () => {
  const nodes = [{ id: '1', status: 'ACTIVE' }]
  const { url, received } = await scriptedServer({
    data: { users: { nodes, pageInfo: { hasNextPage: false, endCursor: 'c1' }, sources: [] } },
  })
  const env = { ...process.env, PARLEY_URL: url }
  const { stdout } = await execute(process.execPath, ['consumer.ts'], { cwd: folder, env })
  expect(stdout).toBe('1 ACTIVE\n')
  expect(received[0]?.json?.variables).toEqual({ first: 2, after: null })
})
